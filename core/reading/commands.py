"""The short words people type to the bot: what is meant, by whom, for which activity; or that nothing is meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from core.reading.roles import Clause, Word, clause, subject
from core.reading.sayings import Heard, courtesy, heard
from core.reading.typed import label, typed

Context = Literal["group", "private", "reply"]


@dataclass(frozen=True, slots=True)
class Command:
    """One message understood. `intent` is None when nothing is meant for the bot.

    Spoken: join leave swap mine list help here on_the_way done. Typed: post cancel edit close add remove roster name
    quiet chain. Labels of actions: undo accept decline stand_in confirm back publish change discard more skip_week yes
    no. Whether a label was on offer, and who may cancel, is for the caller to know.
    """

    intent: str | None
    who: tuple[str, ...] = ()
    """Others who are spoken for, as typed; empty when people speak for themselves (and those they bring along)."""
    count: int | None = None
    """People meant, the speaker included: 算上我和老伴 is 2, 帮王阿姨报名 is 1."""
    ref: int | None = None
    """The short number of an activity, when said."""
    thing: str | None = None
    """A place or a dish said with it: 3号楼, 红烧肉."""
    portions: int | None = None
    day: str | None = None
    """Words of a day said with it, to tell activities apart: 周五."""
    kind: str | None = None
    """patrol, visit, balcony or potluck, when named."""
    rest: str = ""
    """What stands after the command word, in the writer's own spelling."""
    confidence: float = 1.0


NOTHING = Command(None, confidence=1.0)
LONGEST_SAYING = 120
"""Letters. A longer message that is no typed command is conversation, a notice or a chain."""

_BOT = re.compile(
    r"\s*(?:@?(?:小板凳|板凳机器人|xiaobandeng\w*|\w+bot)(?:[\s:,，]+|(?=[\u4e00-\u9fff]))|@(?:小板凳|"
    r"xiaobandeng\w*|\w+bot)\b)"
)
_MARK = re.compile(r"\s*[/!\\]\s?(?=[^\s/!\\])")
_SUFFIX = re.compile(r"^([a-z_]+)@\w+", re.IGNORECASE)
_EDGES = " \t\r\n\u3000.,!?;:~'\"()[]<>、。…·-—–*_|【】「」『』《》“”‘’"
_STOPS = re.compile(
    r"[!?;~…\n。]+|,(?!\d{3}(?!\d))|(?<!mr)(?<!mrs)(?<!ms)(?<!dr)(?<!no)(?<!nr)\.+(?=\s|$|"
    r"[\u4e00-\u9fff])|:(?!\d)|[\s]-[\s]|—+|\s{2,}"
)
_HARD_STOPS = re.compile(r"[!?;~…\n。,]")
_DOUBT = re.compile(
    r"如果|要是|假如|万一|去年|前年|昨天|前天|当年|那时候|听说|据说|好像|是不是|为什么|难道|以前|"
    r"以后再|上个?(?:月|周|星期|礼拜)|他说|她说|\bif\b|\blast\b|yesterday|\bago\b|used to|"
    r"\bwhen i was\b|remember"
)
_SLASHED = {
    "start": "help", "join": "join", "leave": "leave", "mine": "mine", "list": "list", "help": "help", "here": "here", "done": "done", "swap": "swap",
    "activities": "list", "checkin": "here", "quiet": "quiet", "roster": "roster", "cancel": "cancel", "post": "publish", "undo": "undo",
}  # fmt: skip


def read_command(text: str, *, context: Context, open: Collection[int] = (), lang: str = "zh") -> Command:
    """What `text`, said in `context` while the activities numbered `open` are open, asks of the bot.

    Never raises; looks at no more than 10,000 characters. Both languages are read whatever `lang` says.
    """
    piece, slash = _bare(clause(text[:10_000]))
    if not piece.text:
        return NOTHING
    reply = context == "reply"
    edge = piece.strip(_EDGES)
    if intent := label(edge):
        return Command(intent, confidence=1.0 if intent not in ("yes", "no") else 0.5)
    if order := typed(piece.strip(), slash=slash, reply=reply):
        return Command(
            order.intent, ref=order.ref, rest=order.rest, who=(order.rest,) if order.intent in ("add", "remove") else ()
        )
    if len(edge.text) <= LONGEST_SAYING and (command := _spoken(edge, piece, slash, reply, open)):
        return command
    if slash:
        word, _, rest = edge.said.partition(" ")
        if intent := _SLASHED.get(word.lower()):
            return Command(
                intent,
                count=1 if intent in ("join", "leave", "here", "done", "swap") else None,
                rest=rest.strip(),
                confidence=0.7,
            )
    return _named_for(edge) or NOTHING


def _bare(piece: Clause) -> tuple[Clause, bool]:
    """Without pictures, the bot's own name and a mark in front; True with a mark."""
    kept = [at for at, char in enumerate(piece.text) if not _picture(char)]
    if len(kept) < len(piece.text):
        piece = Clause("".join(piece.text[at] for at in kept), "".join(piece.said[at] for at in kept))
    piece = piece.strip()
    if found := _BOT.match(piece.text):
        piece = piece.cut(found.end()).strip()
    mark = _MARK.match(piece.text)
    if mark:
        piece = piece.cut(mark.end())
        if found := _SUFFIX.match(piece.text):
            word = found.end(1)
            piece = Clause(piece.text[:word] + piece.text[found.end() :], piece.said[:word] + piece.said[found.end() :])
    return piece, mark is not None


def _picture(char: str) -> bool:
    code = ord(char)
    return (
        code >= 0x1F000
        or 0x2600 <= code <= 0x27BF
        or 0x2190 <= code <= 0x21FF
        or 0x2B00 <= code <= 0x2BFF
        or code in (0x200D, 0xFE0F, 0x20E3, 0x3030, 0x303D)
        or 0x1F3FB <= code <= 0x1F3FF
    )


# ---------------------------------------------------------------- a whole message


@dataclass(frozen=True, slots=True)
class _Part:
    """A clause of the message with what was heard in it. `asks`: it ends with a question mark."""

    piece: Clause
    heard: Heard | None
    courteous: bool
    asks: bool


def _spoken(edge: Clause, piece: Clause, slash: bool, reply: bool, open: Collection[int]) -> Command | None:
    parts = _parts(edge, piece, reply)
    loud = "!" in piece.text
    understood = [part for part in parts if part.heard]
    if not understood:
        return None
    first = next((p for p in understood if p.heard and p.heard.saying.strength == "strong"), understood[0])
    if not slash and not _meant(first, parts, loud, reply):
        return None
    assert first.heard is not None  # noqa: S101  chosen because something was heard
    intent = first.heard.saying.intent
    same = [p.heard for p in understood if p.heard and p.heard.saying.intent == intent]
    intents = {p.heard.saying.intent for p in understood if p.heard}
    if "swap" in intents and intents <= {"swap", "leave"}:
        intent, same = "swap", [p.heard for p in understood if p.heard]
    elif intent not in ("join", "leave", "here"):
        same = [first.heard]
    command = _with_subject(_command(intent, same, open), first, parts)
    return command if command.intent else None


def _with_subject(command: Command, first: _Part, parts: Sequence[_Part]) -> Command:
    """王阿姨住院了，来不了: the one of whom the clause before speaks is meant; 她 and 你 need one."""
    assert first.heard is not None  # noqa: S101  chosen because something was heard
    roles = {word.role for word in first.heard.words}
    another = "z" in roles
    if command.who or not (
        another
        or (command.intent == "leave" and not {"m", "u", "k"} & roles)
        or (command.intent == "swap" and "t" in roles)
    ):
        return command
    for part in parts[: parts.index(first)]:
        name = subject(part.piece)
        called = name is not None and len(name) == len(part.piece.text)
        if name and called == any(word.text in YOU for word in first.heard.words) and "我" not in part.piece.text:
            return replace(command, who=(name,))
    return NOTHING if another and command.intent in ("join", "leave") else command


YOU = frozenset({"你", "您", "侬", "you"})


def _parts(edge: Clause, piece: Clause, reply: bool) -> list[_Part]:
    """The message in one clause, if that can be understood; else cut at stops, and at spaces where that helps."""
    whole = heard(edge, reply=reply) if not _HARD_STOPS.search(edge.text) else None
    tail = piece.text[len(piece.text.rstrip(_EDGES)) :]
    if whole:
        return [_Part(edge, whole, False, "?" in tail)]
    parts: list[_Part] = []
    at = 0
    stops = [(m.start(), m.end()) for m in _STOPS.finditer(edge.text)] + [(len(edge.text), len(edge.text))]
    for start, end in stops[:12]:
        bit = edge.cut(at, start).strip(_EDGES)
        asks = "?" in edge.text[start:end] or (end == len(edge.text) and "?" in tail)
        at = end
        if bit.text:
            parts += _at_spaces(bit, asks, reply)
    if any(part.heard and part.heard.saying.intent == "join" for part in parts):
        return [part if part.heard else _riding(part, reply) for part in parts]
    return parts


def _riding(part: _Part, reply: bool) -> _Part:
    """A clause beside one that joins: 报名，两个人."""
    told = heard(part.piece, reply=reply, rider=True)
    if told is None or told.saying.intent != "join" or part.asks or all(word.role in "pfFa" for word in told.words):
        return part
    return replace(part, heard=told)


def _at_spaces(bit: Clause, asks: bool, reply: bool) -> list[_Part]:
    understood = heard(bit, reply=reply)
    if understood or " " not in bit.text or bit.text.isascii():
        return [_Part(bit, understood, not understood and courtesy(bit), asks)]
    parts: list[_Part] = []
    at = 0
    words = bit.text.split(" ")
    for index, word in enumerate(words[:8]):
        piece = bit.cut(at, at + len(word))
        at += len(word) + 1
        if piece.text:
            told = heard(piece, reply=reply)
            parts.append(_Part(piece, told, not told and courtesy(piece), asks and index == len(words) - 1))
    return parts


AUXILIARIES = frozenset(
    ["will", "can", "could", "would", "is", "are", "does", "do", "did", "has", "have", "shall", "may", "should"]
)
"""With somebody behind them they ask: will Mary come."""
QUESTIONS_WELCOME = frozenset({"swap", "mine", "list", "help"})


def _meant(part: _Part, parts: Sequence[_Part], loud: bool, reply: bool) -> bool:
    """Is what was heard in `part` said to the bot, given everything around it?"""
    assert part.heard is not None  # noqa: S101  asked only of a part in which something was heard
    saying, words = part.heard.saying, part.heard.words
    roles = "".join(word.role for word in words)
    if part.asks and saying.intent not in QUESTIONS_WELCOME and "Q" not in roles:
        return False
    asking = len(words) > 1 and words[0].text in AUXILIARIES and words[1].role in "pkmuz"
    if asking and saying.intent not in QUESTIONS_WELCOME:
        return False
    others = [p for p in parts if p is not part and not p.heard and not p.courteous]
    if saying.intent in ("mine", "list", "help"):
        return not others and not any(word.role == "F" and word.text[0] in "谢感多辛t" for word in words)
    if saying.intent == "leave" and "L" in roles and "m" not in roles and any("假" in word.text for word in words):
        return "p" in roles  # 请假了 tells of somebody
    if saying.intent == "leave" and words[-1].text == "吧" and not {"m", "u", "p", "k", "q"} & set(roles):
        return False
    if saying.strength != "strong":
        exclaimed = loud and words[-1].text == "去" and not reply
        return not others and not exclaimed and not any(p.asks and not p.courteous for p in parts if p is not part)
    if any(_DOUBT.search(p.piece.text) for p in others) and "s" not in roles:
        return False
    at = parts.index(part)
    before = [p for p in parts[:at] if p in others]
    if saying.intent == "join":
        sure = bool({"s", "m", "u", "i"} & set(roles)) or "p" in roles or "k" in roles
        return sure or (
            not before
            and not any(p.asks for p in others)
            and len(others) <= 1
            and sum(len(p.piece.text) for p in others) <= 16
        )
    if saying.intent in ("here", "done", "on_the_way"):
        return not before or bool({"m", "u"} & set(roles))
    return sum(len(p.piece.text) for p in others) <= 60


# ---------------------------------------------------------------- what is said with it


def _command(intent: str, sayings: Iterable[Heard], open: Collection[int]) -> Command:
    command = Command(intent)
    speaker, others, total = False, 0, 0
    who: list[str] = []
    for told in sayings:
        party = _party(told.words, intent)
        speaker |= party.speaker
        others += party.others
        total = max(total, party.total)
        who += [name for name in party.who if name not in who]
        command = _details(command, told.words, open)
    count: int | None = None
    if intent == "swap":
        total, others, speaker = 0, 0, True
    if intent in ("join", "leave", "here", "swap", "done", "on_the_way"):
        count = total or max(1, others + speaker)
    return replace(command, who=tuple(who), count=count)


@dataclass(frozen=True, slots=True)
class _Party:
    speaker: bool
    others: int
    total: int
    who: tuple[str, ...]


def _party(words: Sequence[Word], intent: str) -> _Party:
    """Who is spoken for: the speaker, how many besides, a total if one was said, and the names."""
    roles = "".join(word.role for word in words)
    spoken_for = re.search(r"[btBr][F]?[pkz]", roles) is not None and not re.search(r"m[aF]*c[pk]|[pk]cm", roles)
    brings = re.search(r"[cw]a*n?[pk]|[cw]n|[pk]c[mu]", roles) is not None and re.search(r"[musiw]", roles) is not None
    speaker = not spoken_for and (bool(re.search(r"[musw]", roles)) or not re.search(r"[pk]", roles))
    if intent == "swap":
        brings = False
    if re.search(r"[jqlsi][^mu]*b[pk]", roles) or re.search(r"i[pk]", roles):
        speaker = False
    others, total = 0, 0
    who: list[str] = []
    if re.search(r"^[fFa]*c[pk]", roles):
        brings = speaker = True
    for at, word in enumerate(words):
        before, after = roles[at - 1] if at else "", roles[at + 1] if at + 1 < len(roles) else ""
        if word.role in "pk":
            size = _size(words, at)
            others += size
            if word.role == "p" or not (brings and speaker):
                who.append(_own_name(word))
        elif word.role == "n" and isinstance(word.value, int):
            if before in "cw" and before:
                others += 0 if after in "pk" and after else word.value
            elif "D" in roles:
                continue
            elif before not in ("p", "k") or (re.search("[mu]", roles) and not _FAMILY.search(word.text)):
                total = 0 if after in ("p", "k") else word.value
        elif word.role == "i" and isinstance(word.value, int):
            if before in ("p", "k"):
                others += word.value
            elif word.value > 1:
                total = word.value
    if total and who and not speaker:
        total = max(total, len(who))
    return _Party(speaker, others, total, tuple(who))


_FAMILY = re.compile(r"[夫妇妻母父祖婆姐姊兄爷]|口|一对")


def _size(words: Sequence[Word], at: int) -> int:
    """How many a person stands for: 王阿姨夫妻俩 is two, 两个朋友 too."""
    for beside in (at + 1, at - 1):
        if 0 <= beside < len(words) and words[beside].role == "n":
            value = words[beside].value
            if beside == at - 1 and words[at].role != "k":
                continue
            if beside == at + 1 and not _FAMILY.search(words[beside].text):
                continue
            if isinstance(value, int):
                return value
    return 1


def _own_name(word: Word) -> str:
    said = re.sub(r"['’]s$", "", word.said.strip())
    if word.role == "k":
        for mine in ("我们家", "我家", "我们的", "我的", "我", "俺", "阿拉"):
            if said.startswith(mine) and len(said) - len(mine) > 1:
                return said[len(mine) :]
    return said


def _details(command: Command, words: Sequence[Word], open: Collection[int]) -> Command:
    """With the activity, the day, the kind, the place or dish that these words name."""
    ref, days, kind, thing, portions = command.ref, [], command.kind, command.thing, command.portions
    for word in words:
        if word.role == "#" and ref is None and isinstance(word.value, int):
            if any(w.role == "D" for w in words) and word.value not in open:
                portions = word.value
            else:
                ref = word.value
        elif word.role == "n" and any(w.role == "D" for w in words) and isinstance(word.value, int):
            portions = word.value
        elif word.role == "d":
            if isinstance(word.value, int) and word.value in open and ref is None:
                ref = word.value
            else:
                days.append(word.said.strip().removesuffix("的"))
        elif word.role == "g" and isinstance(word.value, str):
            kind = word.value
        elif word.role == "P" and isinstance(word.value, int):
            portions = word.value
        elif word.role == "U" or word.role == "D":
            thing = thing or _place(word.said)
    day = command.day or "".join(days) or None
    return replace(command, ref=ref, day=day, kind=kind, thing=thing, portions=portions)


def _place(said: str) -> str:
    return re.sub(r"^(?:到|往|去)|(?:的|那里|这里|这边|集合)$", "", said.strip())


_FOR = re.compile(
    r"(?:麻烦|请|我)?(?:帮|代|替|给)(?:忙)?(?P<name>[^,，。!?\s我]{1,12}?)\s?(?:也)?(?:报名|报个名|"
    r"报一个|登记)(?P<leave>取消)?\s*(?:#?(?P<ref>\d{1,4}))?|(?:join|"
    r"sign up) for (?P<en>[^,.!?\d]{2,30}?)(?: #?(?P<en_ref>\d{1,4}))?"
)


def _named_for(edge: Clause) -> Command | None:
    """A name that looks like none, where only a name can stand: 帮静待花开报名."""
    found = _FOR.fullmatch(edge.text)
    if not found:
        return None
    group = "name" if found["name"] else "en"
    name = edge.said[found.start(group) : found.end(group)].strip()
    if found[group] in (
        "大家",
        "忙",
        "我们",
        "你",
        "你们",
        "他",
        "她",
        "他们",
        "她们",
        "谁",
        "me",
        "us",
        "you",
        "everyone",
        "free",
    ):
        return None
    ref = found["ref"] or found["en_ref"]
    return Command("join", who=(name,), count=1, ref=int(ref) if ref else None, confidence=0.8)
