"""One line of a chain: who, how many, what, where, for whom."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from core.reading.chains.facts import Fact, Filler, Flat, Standing, fact
from core.reading.chains.headcount import Heads
from core.reading.chains.people import full_name, goods, person
from core.reading.chains.pieces import ORNAMENTS, Piece, pieces, plain_name
from core.reading.chains.private import telephone_at
from core.reading.chains.proxies import Proxy
from core.reading.chains.split import split_head
from core.reading.chains.standing import CROSSES
from core.reading.chains.values import Entry, Status
from core.reading.surnames import COMPOUND, TITLES
from core.reading.text import Plain, plain

_STICKER = re.compile(
    r"\[(?:微笑|撇嘴|色|发呆|得意|流泪|害羞|闭嘴|睡|大哭|尴尬|发怒|调皮|呲牙|惊讶|难过|囧|抓狂|吐|偷笑|愉快|白眼|傲慢|困|惊恐|憨笑|悠闲|疑问|嘘|晕|衰|再见|擦汗|鼓掌"
    r"|坏笑|委屈|可怜|笑脸|生病|脸红|破涕为笑|嘿哈|捂脸|奸笑|机智|皱眉|耶|吃瓜|加油|加油加油|汗|旺柴|好的|打脸|哇|666|叹气|爱心|心碎|拥抱|强|弱|握手|胜利|抱拳|勾引|拳头"
    r"|OK|合十|啤酒|咖啡|蛋糕|玫瑰|凋谢|月亮|太阳|庆祝|礼物|红包|發|福|烟花|爆竹|跳跳|转圈|鲜花|赞|花|心|Rose|ThumbsUp|Smile|Heart|Clap)\]"
)
_STRUCK = re.compile(r"~~(.+?)~~|～～(.+?)～～|<(?:s|del|strike)>(.+?)</(?:s|del|strike)>", re.DOTALL)
_STROKE = re.compile("[\u0335-\u0338]")
_NOBODY = re.compile(r"(?:空缺?|缺|无|待补|待报|虚位以待|none|empty|open|tba|free)")
_BRACKETS = dict(zip("(（[【「", ")）]】」", strict=True))
_WINDOW = 6  # pieces that may make one fact together: "with my wife and two kids"
_LEADING_PLUS = re.compile(r"\+\s*1\s+(?=\S)")


@dataclass(slots=True)
class _Draft:
    """What has been understood of an entry so far."""

    words: str  # as written
    text: Plain
    name: str = ""
    unit: str | None = None
    by: str | None = None
    status: Status | None = None
    heads: Heads = field(default_factory=Heads)
    notes: list[Piece] = field(default_factory=list)
    unnamed: str = ""  # the first words that were taken for something else than a name

    def written(self, start: int, end: int) -> str:
        start, end = self.text.span(start, end)
        return self.words[start:end]

    def take(self, said: Fact, start: int, end: int) -> None:
        """Keep what `text[start:end]` was found to say."""
        match said:
            case Heads():
                self.heads += said
                self.unnamed = self.unnamed or self.written(start, end)
            case Flat((left, right)):
                self.unit = self.unit or self.written(start + left, start + right)
            case Standing(status):
                self.status = self.status or status
            case Proxy(role, (left, right)):
                self._take_proxy(role, start + left, start + right)
            case Filler():
                pass

    def _take_proxy(self, role: str, start: int, end: int) -> None:
        if role == "for":
            self.by, self.name = self.name or self.by, ""
            self.take_head(start, end)
        else:
            self.by = self.by or name_of(self.written(start, end))

    def take_head(self, start: int, end: int) -> None:
        """Take the words that begin with a name, whatever is written right behind it."""
        head = split_head(self.text.text[start:end])
        left, right = head.name
        self.name = self.name or name_of(self.written(start + left, start + right))
        self.heads += Heads(along=head.others)
        for said, left, right in head.facts:
            self.take(said, start + left, start + right)
        if head.rest:
            self.notes.append(Piece(start + head.rest, end, 0, ""))


def read_entry(n: int, words: str, status: Status | None = None) -> Entry | None:
    """The entry with these words after its number; None when nobody stands there. `status` is what its section says."""
    entry = _entry(words)
    if entry is None:
        return None
    status = entry.status or status
    return replace(entry, n=n, status=status, count=0 if status == "cancelled" else entry.count)


@lru_cache(maxsize=1024)  # a chain is judged by its entries before they are read, and comes back with one line more
def _entry(words: str) -> Entry | None:
    words, struck = _unstruck(_STICKER.sub(" ", words))
    crossed = bool(CROSSES & set(words))
    draft = _Draft(words, plain(words))
    _read(draft, pieces(draft.text.text))
    name = draft.name or draft.unit or draft.unnamed or draft.by or _ornament(words)
    if not name and draft.notes:
        name = name_of(draft.written(draft.notes[0].start, draft.notes.pop(0).end))
    if not name or _NOBODY.fullmatch(name.lower()):
        return None
    status = "cancelled" if struck or crossed else draft.status
    unit, by = (None if said == name else said for said in (draft.unit, draft.by))
    return Entry(0, name, draft.heads.count(), _note(draft), unit, by or None, status)


def _read(draft: _Draft, parts: list[Piece]) -> None:
    """Left to right: a fact where the words make one, else the name, else the note."""
    at = 0
    text = draft.text.text
    if plus := _LEADING_PLUS.match(text):  # "1. +1 张三": me too
        parts = [part for part in parts if part.start >= plus.end()]
    if named := ORNAMENTS.match(text):  # 🐱：红烧肉
        draft.name = draft.written(*named.span(1))
    while at < len(parts):
        if draft.name and (end := telephone_at(text, parts[at].start)):
            draft.notes.append(replace(parts[at], end=end))
            at = next((later for later in range(at, len(parts)) if parts[later].start >= end), len(parts))
            continue
        said, after = _fact_from(text, parts, at)
        if said is not None and not _counts_goods(draft, parts[at]):
            draft.take(said, parts[at].start, parts[after - 1].end)
        elif draft.name or _not_a_name(draft, parts, at):
            draft.notes.append(parts[at])
        else:
            after = _name_to(draft, parts, at)
        at = after


_TIMES = re.compile(
    r"(?:\d{1,2}[月./])?\d{1,2}[日号]?|(?:本|下|每)?(?:周|星期|礼拜)[一二三四五六日天末]?[、一二三四五六日]*|(?:今|明|后)[天晚早]"
    r"|(?:上午|下午|早上?|中午|晚上?|傍晚)班?|[早中晚夜]班|\d{1,2}[::]\d{2}(?:-\d{1,2}[::]\d{2})?|\d{1,2}点半?(?:-\d{1,2}点半?)?"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
)
_OFFICES = re.compile(
    r".*(?:支部|居委会?|街道|中队|大队|公司|单位|物业|社区|小区|派出所|银行|学校|[一二三四五六七八九十\d]组)"
)


def _not_a_name(draft: _Draft, parts: list[Piece], at: int) -> bool:
    """Whether the name comes later: 周一 张三, 第一支部 王书记, 红烧肉 王阿姨, (物业)小李."""
    later = [part for part in parts[at + 1 :] if not part.aside]
    words = draft.text.text[parts[at].start : parts[at].end]
    if not later:
        return bool(draft.unit) and goods(words) and not person(words)  # 3号楼 红烧肉
    if parts[at].aside or (_TIMES.fullmatch(words) and not words.isdigit()):
        return True
    following = draft.text.text[later[0].start : later[0].end]
    labelled = later[0].gap.strip() == ":"  # 党员：王阿姨
    return person(following) and not person(words) and (labelled or bool(_OFFICES.fullmatch(words)) or goods(words))


def _counts_goods(draft: _Draft, part: Piece) -> bool:
    """Whether a number right behind a dish counts the dish: 红烧肉 x2."""
    if not draft.notes or not _TIMES_N.fullmatch(draft.text.text[part.start : part.end]):
        return False
    return draft.text.text[draft.notes[-1].end : part.start].isspace()


_TIMES_N = re.compile(r"[x*×]\s*\d{1,2}|\d")


def _fact_from(text: str, parts: list[Piece], at: int) -> tuple[Fact | None, int]:
    """The fact that the longest run of pieces from `at` makes, with where the next piece is."""
    first = parts[at]
    for after in range(min(len(parts), at + _WINDOW), at, -1):
        last = parts[after - 1]
        if last.aside != first.aside or last.end - first.start > 40:
            continue
        if said := fact(text[first.start : last.end]):
            return said, after
    return None, at + 1


def _name_to(draft: _Draft, parts: list[Piece], at: int) -> int:
    """Take the name that begins at piece `at`; says where the next piece is."""
    last = _end_of_name(draft, parts, at)
    if last == at:
        draft.take_head(parts[at].start, parts[at].end)
        return at + 1
    others = _others(draft, parts[at : last + 1])
    if others:
        draft.name = name_of(draft.written(parts[at].start, parts[last].end))
        draft.heads += Heads(along=others)
    else:
        draft.take_head(parts[at].start, parts[last].end)
    return last + 1


def _end_of_name(draft: _Draft, parts: list[Piece], at: int) -> int:
    """The last piece of a name of several: Mary Ann Smith, 张 三, 王 阿姨, 张三、李四, Tom & Mary."""
    last = _end_of_latin(draft, parts, at)
    while last + 1 < len(parts) and last - at < 4:
        here, there = parts[last], parts[last + 1]
        if there.aside != here.aside or _fact_from(draft.text.text, parts, last + 1)[0] is not None:
            break
        one, two = draft.written(here.start, here.end), draft.written(there.start, there.end)
        one_name = there.gap.isspace() and _one_name(draft.text.text[here.start : here.end], one, two)
        if one_name or (there.gap.strip() in ("、", "/", "&") and person(one) and person(two)):
            last += 1
        elif two.lower() in _AND and last + 2 < len(parts) and _both(one, _written(draft, parts[last + 2])):
            last += 2
        else:
            break
    return last


def _end_of_latin(draft: _Draft, parts: list[Piece], at: int) -> int:
    """The last piece before the colon of 'grandma wang: dumplings': small letters do not tell where a name ends."""
    colon = draft.text.text.find(":", parts[at].start)
    last = at
    while last + 1 < len(parts) and parts[last + 1].end <= colon and last - at < 4 and parts[last + 1].gap.isspace():
        last += 1
    before = draft.text.text[parts[at].start : colon]
    ends = colon > 0 and before.isascii() and not draft.text.text[parts[last].end : colon].strip()
    return last if ends and not any(c.isdigit() for c in before) else at


_AND = frozenset({"and", "&", "+", "和", "与", "跟", "及"})


def _written(draft: _Draft, part: Piece) -> str:
    return draft.written(part.start, part.end)


def _both(one: str, two: str) -> bool:
    return person(two) and (person(one) or one[0].isupper())


_CAPITALISED = re.compile(r"[A-Z][A-Za-z.'’-]*(?:\+\d)?")


def _one_name(plain_one: str, one: str, two: str) -> bool:
    """Whether two words with a space between are one name."""
    if one.isascii() and one[0].isalpha():
        return bool(_CAPITALISED.fullmatch(two)) or two in TITLES
    if len(one) == 1:
        return len(two) == 1 or two in TITLES or full_name(plain_one + two)
    return one in COMPOUND and len(two) <= 2 and full_name(one + two)


def _others(draft: _Draft, parts: list[Piece]) -> int:
    """How many more people a name of several pieces holds than one."""
    others = 0
    for part in parts[1:]:
        others += part.gap.strip() in ("、", "/", "&") or _written(draft, part).lower() in _AND
    return others


def name_of(words: str) -> str:
    """A name as it is shown: full-width letters made narrow, no emoji around it."""
    return plain_name(_narrow(words)).strip(" ~@_.'\"“”‘’^`=<>…·•,，:：、-")


def _narrow(words: str) -> str:
    return "".join(
        chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else " " if c in "\u3000\xa0\u2005\n\t" else c for c in words
    )


def _unstruck(words: str) -> tuple[str, bool]:
    """The words without ~~what was crossed out~~; all of them, and True, when nobody else is named instead."""
    if _STROKE.search(words):
        return _STROKE.sub("", words), True
    if not _STRUCK.search(words):
        return words, False
    left = _STRUCK.sub(" ", words)
    if any(person(left[part.start : part.end]) for part in pieces(plain(left).text)[:1] if not part.aside):
        return left, False
    return _STRUCK.sub(lambda m: next(filter(None, m.groups())), words), True


def _ornament(words: str) -> str:
    """What is left for a name when somebody is called 🌸🌸."""
    return words.strip() if not any(c.isalnum() for c in words) and any(ord(c) > 0x2600 for c in words) else ""


def _note(draft: _Draft) -> str | None:
    """What nobody read, in the words and with the marks in which it was written."""
    runs: list[list[Piece]] = []
    for part in draft.notes:
        between = draft.text.text[runs[-1][-1].end : part.start] if runs else ""
        if runs and not any(c.isalnum() for c in between):
            runs[-1].append(part)
        else:
            runs.append([part])
    said = [_balanced(draft, run) for run in runs]
    note = " ".join(" ".join(said).split())
    if draft.heads.total and note in ("全家", "一家", "一家人"):
        return None  # 全家 4人
    return note if any(c.isalnum() for c in note) else None


def _balanced(draft: _Draft, run: list[Piece]) -> str:
    """The words of these pieces, with both brackets where one lies among them."""
    start, end = draft.text.span(run[0].start, run[-1].end)
    words = draft.words[start:end]
    if run[0].aside and any(c in ")）]】」" for c in words) and draft.words[start - 1 : start] in _BRACKETS:
        words = draft.words[start - 1 : end]
    left = [_BRACKETS[c] for c in words if c in _BRACKETS]
    return words + "".join(left[sum(c in ")）]】」" for c in words) :])
