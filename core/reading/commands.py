"""The short words people type to the bot: what is meant, by whom, for which activity; or that nothing is meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Literal

from core.reading import brought
from core.reading.bare import HAND_UP, bare, unquoted
from core.reading.breath import EDGES, heard_in
from core.reading.clauses import Clause
from core.reading.duty import days_in, days_of_swap, duty
from core.reading.kinds import Kinds, any_of
from core.reading.leanings import Outcome, lean_of
from core.reading.listening import Part, all_the_same, around, days_beside, meant, settled
from core.reading.names import at_home
from core.reading.numerals import HAN
from core.reading.parties import party
from core.reading.places import names_a_place
from core.reading.roles import Word
from core.reading.sayings import Heard
from core.reading.spoken_for import Another, addressed, put_down, taken_off, to_all, unreadable
from core.reading.spoken_names import subject
from core.reading.surnames import KIN_EN
from core.reading.typed import label, typed
from core.reading.vocabulary import regex

Context = Literal["group", "private", "reply"]


@dataclass(frozen=True, slots=True)
class Command:
    """One message understood. `intent` is None when nothing is meant for the bot.

    Spoken: join leave swap mine list help here on_the_way done. Typed: post cancel edit close add remove roster name
    quiet chain. Labels of actions: undo accept decline stand_in confirm back publish change discard more skip_week yes
    no. Whether a label was on offer, and who may cancel, is for the caller to know. Neither yes nor no: maybe (a
    joining with an excuse or a doubt beside it), regret (a no or an excuse, privately or to a roster) and undecided;
    and `whom`, for somebody whose name could not be read.
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
    """The kind of activity, when named."""
    rest: str = ""
    """What stands after the command word, in the writer's own spelling."""
    lives: str = ""
    """Where the one who is named lives, when that was said to tell them apart: 5号楼赵阿姨."""
    stands_in: Literal["speaker", "who", ""] = ""
    """Of a swap, who comes in the other's place: 我替老李 is the speaker, 换王阿姨去 is `who`;
    empty when both exchange."""
    to: str = ""
    """Whom it was said to, where it may as well speak of them: @杨老师 报名."""
    sure: bool = field(default=True, compare=False)
    """Said to the bot and to nobody else: one of its words, with nothing but courtesy beside it."""
    around: bool = field(default=False, compare=False)
    """More was said than the command: 孙子发烧，去不了了."""
    confidence: float = 1.0


NOTHING = Command(None, confidence=1.0)
LONGEST_SAYING = 120
"""Letters. A longer message that is no typed command is conversation, a notice or a chain."""

_SLASHED = {
    word: intent
    for intent, words in (
        ("join", "join"),
        ("leave", "leave"),
        ("swap", "swap"),
        ("mine", "mine"),
        ("list", "list activities"),
        ("help", "help start"),
        ("here", "here checkin"),
        ("done", "done"),
        ("quiet", "quiet"),
        ("roster", "roster"),
        ("cancel", "cancel"),
        ("publish", "post"),
        ("undo", "undo"),
    )
    for word in words.split()
}
"""Commands with a slash that are meant even with something behind them that nobody understands."""


def read_command(
    text: str,
    *,
    context: Context,
    kinds: Kinds,
    open: Collection[int] = (),
    lang: str = "zh",  # noqa: ARG001 - all readers are called alike
) -> Command:
    """What `text`, said in `context` to a bot that knows `kinds`, asks while the activities numbered `open` are open.

    Never raises; looks at no more than 10,000 characters. Both languages are read whatever `lang` says.
    """
    piece, slash = bare(unquoted(text[:10_000]))
    reply = context == "reply"
    if not piece.text:
        return Command("join", count=1) if reply and HAND_UP.match(text) else NOTHING
    edge = piece.strip(EDGES)
    if intent := label(edge):
        return Command(intent, confidence=1.0 if intent not in ("yes", "no") else 0.5)
    if order := typed(piece.strip(), kinds, slash=slash, reply=reply, alone=context == "private"):
        return Command(
            order.intent,
            ref=order.ref,
            rest=order.rest,
            who=(order.rest,) if order.intent in ("add", "remove") else (),
            day=order.day,
            kind=order.kind,
        )
    if said := duty(edge, kinds, among_others=context == "group"):
        who = (said.who,) if said.who else ()
        sure = said.intent != "leave" or context != "group"
        return Command(said.intent, who, 1, day=said.day or None, kind=said.kind, rest=said.rest, sure=sure)
    if meal := brought.to_a_meal(edge, kinds):
        return Command("join", count=1, thing=meal.dish, portions=meal.portions, kind=meal.kind)
    to, asked = addressed(edge)
    if context == "group" and _VISITED.fullmatch(edge.text):
        return NOTHING
    if len(edge.text) <= LONGEST_SAYING and (command := _spoken(asked, piece, kinds, slash, context, open)):
        if command.intent == "swap":
            command = replace(command, day=days_of_swap(edge.text) or command.day)
        return _of_whom(command, edge, to, kinds)
    if slash and (slashed := _slashed(edge)):
        return slashed
    if another := _for(taken_off(edge) or put_down(edge), kinds):
        return another
    return (_in_answer(edge, kinds) if reply else None) or NOTHING


_VISITED = re.compile(regex("commands", "visited", KIN_EN=any_of(KIN_EN)))
"""My son is coming on Sunday: between neighbours he comes to see his mother."""


def _slashed(edge: Clause) -> Command | None:
    """A command with a slash and something behind it."""
    word, _, rest = edge.said.partition(" ")
    intent = _SLASHED.get(word.lower())
    if intent is None:
        return None
    count = 1 if intent in ("join", "leave", "here", "done", "swap") else None
    return Command(intent, count=count, rest=rest.strip(), confidence=0.7)


def _in_answer(edge: Clause, kinds: Kinds) -> Command | None:
    answer = brought.in_answer(edge, kinds)
    if answer is None:
        return None
    return Command("join", count=1, thing=answer.dish, portions=answer.portions, confidence=0.8)


# ---------------------------------------------------------------- a whole message


def _spoken(
    edge: Clause, piece: Clause, kinds: Kinds, slash: bool, context: Context, open: Collection[int]
) -> Command | None:
    reply = context == "reply"
    parts, came = settled(heard_in(edge, piece, kinds, reply), among_others=context == "group")
    loud = "!" in piece.text
    understood = [part for part in parts if part.heard]
    if not understood:
        return _regret(came, context)
    strong = [part for part in understood if part.heard and part.heard.saying.strength == "strong"]
    acts = (part for part in strong if part.heard and part.heard.saying.intent not in ("mine", "list", "help"))
    first = next(acts, (strong or understood)[0])  # 接龙我不会弄，帮我报名 asks for no help
    if not slash and not meant(first, parts, loud, reply, came):
        return _regret(came, context)
    told = [p.heard for p in understood if p.heard]
    heard = first.heard or told[0]
    if heard.saying.intent == "on_the_way":  # 我晚点到，算我一个
        heard = next((h for h in told if any(word.role == "s" for word in h.words)), heard)
        first = next(p for p in understood if p.heard is heard)
    intent, same = _together(heard, told, understood)
    command = _with_subject(_command(intent, same, open), first, parts)
    beside = command.intent == "leave" and any(days_in(part.piece.text) for part in parts if not part.heard)
    command = replace(command, sure=slash or _sure(first, parts), around=beside or around(parts, kinds))
    if any(part.asks for part in understood):
        command = replace(command, stands_in="")  # can Mary take my place? is asked of people
    if command.intent == "join" and came == "unsure":
        command = replace(command, intent="maybe")
    if command.intent in ("join", "maybe", "swap") and not command.thing:
        command = _with_place(command, parts, open)
    if command.intent in ("join", "leave"):
        command = replace(command, day=days_beside(command.day, first, parts))
    return command if command.intent else None


def _together(heard: Heard, told: list[Heard], understood: Sequence[Part]) -> tuple[str, list[Heard]]:
    """What the clauses come to, and those of them that say it: 王阿姨去不了，我去吧 is a change of places."""
    intent, intents = heard.saying.intent, {h.saying.intent for h in told}
    if ("swap" in intents and intents <= {"swap", "leave"}) or (
        intents == {"leave", "join"} and _stands_in(understood)
    ):
        return "swap", told
    if intent not in ("join", "leave", "here"):
        return intent, [heard]
    return intent, [h for h in told if h.saying.intent == intent]


def _of_whom(command: Command, edge: Clause, to: str, kinds: Kinds) -> Command:
    """Words that speak for somebody else never come to mean the speaker, whatever the name looks like."""
    if command.who or command.intent not in ("join", "leave", "here", "maybe") or (command.count or 1) > 1:
        return command
    if named := _for(taken_off(edge) or put_down(edge), kinds):
        return named
    if to_all(to):
        return NOTHING
    return Command("whom") if unreadable(edge) else replace(command, to=to)


def _sure(first: Part, parts: Sequence[Part]) -> bool:
    """Whether nothing else was said, and in a word of the bot's own: people say 去不了 to one another as well."""
    assert first.heard is not None  # noqa: S101  chosen because something was heard
    if any(not part.heard and not part.courteous for part in parts):
        return False
    taken_back = [word.text for word in first.heard.words if word.role in "qY"]
    return first.heard.saying.intent != "leave" or any(_TAKING_BACK.search(text) for text in taken_back)


_TAKING_BACK = re.compile(regex("commands", "taking_back"))


def _regret(came: Outcome, context: Context) -> Command | None:
    """What words come to in which nothing was asked of the bot: a no or an excuse may be about a promise."""
    if context != "group" and came in ("no", "excuse"):
        return Command("regret", count=1, around=True)
    return Command("undecided", count=1, around=True) if context == "private" and came == "doubt" else None


def _with_place(command: Command, parts: Sequence[Part], open: Collection[int]) -> Command:
    """With a place or number that stands in words not understood: 报名 1号楼、2号楼 must not be taken for 报名 alone,
    and 我也要报名，1 not for another activity.
    """
    over = [part.piece for part in parts if not part.heard and not part.courteous]
    place = next((piece.said for piece in over if names_a_place(piece.said)), None)
    day = next((piece.said for piece in over if _HAN_NUMBER.fullmatch(piece.text)), None)
    numbers = [int(found["ref"]) for piece in over if (found := _ALONE.fullmatch(piece.text))]
    counted = command.count or 1
    alone = len(numbers) == 1 and numbers[0] in open and (counted == 1 or numbers[0] != counted)
    ref = numbers[0] if command.ref is None and alone else command.ref
    return replace(command, thing=place, day=command.day or day, ref=ref)


_ALONE = re.compile(regex("commands", "number_alone"))
_HAN_NUMBER = re.compile(rf"[{HAN}]{{1,4}}号")  # 三号: the third, or the building


def _stands_in(understood: Sequence[Part]) -> bool:
    """Somebody else cannot come, and the speaker comes; or the other way round."""
    if any(all_the_same(part.heard) for part in understood if part.heard):
        return False  # 我姐姐去不成了，我还是来的
    absent, coming = (["".join(word.role for word in part.heard.words) for part in understood if part.heard] + [""])[:2]
    if re.search("[pk]", absent):
        return not re.search("[mu]", absent) and bool(re.fullmatch("[af]*ma*v+[afL]*", coming))
    return bool(re.search("l", absent)) and bool(re.fullmatch("[af]*pa*v+[afL]*", coming))


def _with_subject(command: Command, first: Part, parts: Sequence[Part]) -> Command:
    """王阿姨住院了，来不了: the one of whom the clause before speaks is meant; 她 and 你 need one."""
    assert first.heard is not None  # noqa: S101  chosen because something was heard
    roles = {word.role for word in first.heard.words}
    another = "z" in roles
    own = any(word.role == "q" and "我" in word.text for word in first.heard.words)
    if command.who or not (
        another
        or (command.intent == "leave" and not {"m", "u", "k"} & roles)
        or (command.intent == "swap" and "t" in roles)
    ):
        return command
    for part in parts[: parts.index(first)]:
        name = subject(part.piece)
        called = name is not None and len(name) == len(part.piece.text)
        if own and not called and not lean_of(part.piece.text, own=False):
            continue  # 老张都报了，帮我划掉
        if not called and _GREETED.search(part.piece.text):
            continue  # 杨老师好，帮我取消报名
        if name and called == any(word.text in YOU for word in first.heard.words) and "我" not in part.piece.text:
            return replace(command, who=(name,))
    return NOTHING if another and command.intent in ("join", "leave") else command


_GREETED = re.compile(regex("commands", "greeted"))
YOU = frozenset({"你", "您", "侬", "you"})


# ---------------------------------------------------------------- what is said with it


def _command(intent: str, sayings: Iterable[Heard], open: Collection[int]) -> Command:
    command = Command(intent)
    speaker, others, total = False, 0, 0
    who: list[str] = []
    roles: list[str] = []
    for told in sayings:
        roles.append("".join("e" if _EXCHANGE.search(word.text) else word.role for word in told.words))
        unsaid = all(word.role not in "mu" for word in told.words)
        bare = unsaid and all(word.role not in "pkzsin" for word in told.words)
        if who and (bare or (unsaid and told.saying.strength == "reply")):
            continue  # 陈伯来不了，下次吧 is still about him; 我爸想参加，麻烦登记一下
        group = party(told.words, intent)
        speaker |= group.speaker
        others += group.others
        total = max(total, group.total)
        who += [name for name in group.who if name not in who]
        command = _details(command, told.words, open)
    count: int | None = None
    if intent == "swap":
        total, others, speaker = 0, 0, True
        command = replace(command, stands_in=_in_whose_place(roles) if len(who) < 2 else "")
    if intent in ("join", "leave", "here", "swap", "done", "on_the_way"):
        count = max(1, others + speaker) if not total or (speaker and total == 1) else total
    return replace(command, who=tuple(who), count=count)


_EXCHANGE = re.compile(r"\b(?:swap|swop|trad|switch|change|exchange)")
"""Swapping with Mary is no standing in for her."""


def _in_whose_place(clauses: Sequence[str]) -> Literal["speaker", "who", ""]:
    """Which of the two comes, by the roles of the clauses; empty when they exchange (我跟王阿姨换班), or one asks."""
    roles = "|".join(clauses)
    if "Q" in roles:
        return ""
    if re.search(r"%|[pk]a*(?:[tr]m|E)", roles) or re.search(r"(?:^|\|)[^pk|]*l[^|]*\|[af]*pa*v", roles):
        return "who"
    if re.search(r"[eKEy]", roles):
        return ""
    return "speaker" if re.search(r"[tr][fa]*[pkz]|m[^|]*[wC>]a*pG|[pk].*m[^|]*[trv]", roles) else ""


def _details(command: Command, words: Sequence[Word], open: Collection[int]) -> Command:
    """With the activity, the day, the kind, the place or dish that these words name."""
    dishes = any(word.role == "D" for word in words)
    for word, after in zip_longest(words, words[1:]):
        value = word.value if isinstance(word.value, int) else None
        match word.role:
            case "#":
                command = _numbered(command, word.said, value, is_portion=dishes and value not in open)
            case "n" | "P" if value is not None and (dishes or word.role == "P"):
                command = replace(command, portions=value)
            case "d" if value is not None and value in open and command.ref is None:
                command = replace(command, ref=value)
            case "d":
                command = replace(command, day=(command.day or "") + word.said.strip().removesuffix("的"))
            case "g" if isinstance(word.value, str):
                command = replace(command, kind=word.value)
            case "U" if after is not None and after.role == "p" and at_home(word.said + after.said)[0]:
                command = replace(command, lives=_place(word.said))
            case "U" if command.thing and names_a_place(word.said):
                command = replace(command, thing=f"{command.thing}、{_place(word.said)}")  # two are not one of them
            case "U" | "D":
                command = replace(command, thing=command.thing or _place(word.said))
    return command


def _numbered(command: Command, said: str, value: int | None, *, is_portion: bool) -> Command:
    """A number with no word beside it: the activity, or how many portions, or (报名 1 13) the second is no activity."""
    if command.ref is not None:
        return replace(command, thing=said.strip()) if command.intent == "join" and not command.thing else command
    if value is None:
        return command
    return replace(command, portions=value) if is_portion else replace(command, ref=value)


def _place(said: str) -> str:
    return re.sub(r"^(?:到|往|去)|(?:的|那里|这里|这边|集合)$", "", said.strip())


def _for(another: Another | None, kinds: Kinds) -> Command | None:
    """What is asked for somebody whose name looks like none; sign up for the patrol is for oneself."""
    if another is None:
        return None
    if kind := kinds.just(another.name):
        return Command(another.intent, count=1, ref=another.ref, kind=kind.name)
    lives, name = at_home(another.name)
    return Command(another.intent, who=(name,), lives=lives, count=1, ref=another.ref, confidence=0.8)
