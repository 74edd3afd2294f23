"""The scene language: a text becomes a `Scene`, or `Wrong` says at which line and what was expected there.

A name may contain any character, so a line alone does not say where its name ends, nor whether `never mind: hello` is
a check or a neighbour called "never mind". Hence two looks: the first collects the names that are beyond doubt, the
second reads each line with them at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from adapters.scene.moments import LATER, later
from adapters.scene.moments import moment as moment_of
from adapters.scene.sending import SENT, thing
from adapters.scene.steps import (
    GROUP,
    NETWORKS,
    PRIVATE,
    Act,
    AddForeign,
    AddGroup,
    At,
    Become,
    Bring,
    Check,
    Community,
    Introduce,
    KeepList,
    Listen,
    Never,
    New,
    Posted,
    Press,
    Reply,
    Restart,
    Rewrite,
    Say,
    Scene,
    See,
    ShowCode,
    Step,
    Told,
    Wrong,
)

CHECKS = frozenset({"see", "never", "posted", "told", "new"})
KEYWORDS = CHECKS | {"community", "group", "coordinator", "member", "stranger", "as", "at", "list", "restart"}
LATER_WORDS = frozenset({"foreign", "code", "deaf", "hearing"})
"""Words that came later: a line that begins with one of them and could be somebody's words is that, as before."""
LANGUAGES = ("zh", "en")

A_LINE = (
    "somebody who says or does something (`NAME: words`, `NAME (private): words`, `NAME replies to TEXT: words`, "
    "`NAME edits: words`, `NAME presses LABEL`, `NAME sends a picture: words`, "
    "`NAME sends a voice message`, `NAME sends a file NAME.csv`, "
    "`NAME adds the bot to GROUP`, `NAME removes the bot from GROUP`), a "
    "check (`see`, `never`, `posted`, `told`, `new`), or one of `community`, `group`, `foreign`, `coordinator`, "
    "`member`, `stranger`, `list`, `as`, `at`, `code`, `deaf`, `hearing`, `restart`"
)
_COMMUNITY = re.compile(r"community (?P<name>.+) zone (?P<zone>\S+) lang (?P<lang>\S+)")
_MARKS = re.compile(
    rf" sends {SENT}(?: \(|: |:$|$)| \(|: |:$| presses | replies to | edits: | edits:$"
    r"| adds the bot to | removes the bot from "
)


def read(text: str) -> Scene:
    """The scene that `text` is. Raises `Wrong` for the first line that is none."""
    lines = list(_lines(text.removeprefix("\ufeff")))
    names = _names(lines)
    return _Reader(names).scene(lines)


@dataclass(slots=True)
class Line:
    """One line with its continuations, numbered as in the file."""

    number: int
    text: str
    more: list[str] = field(default_factory=list)

    @property
    def keyword(self) -> str:
        """The first word when it is one of the language's and something follows it, else ''."""
        word, _, rest = self.text.partition(" ")
        if word in LATER_WORDS:
            return word if _MARKS.search(self.text) is None and bool(rest) == (word != "code") else ""
        return word if word in KEYWORDS and (rest or word == "restart") else ""

    @property
    def rest(self) -> str:
        return self.text.partition(" ")[2].strip()


def _lines(text: str) -> Iterator[Line]:
    """Lines that say something. Only a line feed ends one: names may contain every other separator."""
    line: Line | None = None
    for number, raw in enumerate(text.split("\n"), start=1):
        bare = raw.removesuffix("\r")
        if bare == "|" or bare.startswith("| "):
            if line is None:
                raise Wrong(number, "a message above the `| ` that continues it")
            line.more.append(bare[2:])
        elif bare.strip() and not bare.startswith("#"):
            if line is not None:
                yield line
            line = Line(number, bare.strip(" \t"))
    if line is not None:
        yield line


# ---------------------------------------------------------------- the first look: who and what has a name


@dataclass(slots=True)
class Names:
    """Names that the file itself makes known, anywhere in it."""

    groups: dict[str, None] = field(default_factory=lambda: {GROUP: None})
    listed: set[str] = field(default_factory=set)  # named in a line that says who is who
    foreign: set[str] = field(default_factory=set)  # groups that are not known to be the community's
    strangers: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)  # these and all who do something

    @property
    def places(self) -> set[str]:
        return self.people.union(self.groups)


def _names(lines: Iterable[Line]) -> Names:
    names = Names()
    spoken: list[Line] = []
    for line in lines:
        match line.keyword:
            case "group":
                names.groups[line.rest] = None
            case "foreign":
                names.groups[line.rest] = None
                names.foreign.add(line.rest)
            case "coordinator" | "member":
                names.listed.update(_listed(line))
            case "stranger":
                names.listed.update(_listed(line))
                names.strangers.update(_listed(line))
            case "":
                spoken.append(line)
    names.people.update(names.listed)
    for line in spoken:  # only now: a group declared further down may tell where a name ends
        if (split := _split(line, names)) is not None:
            names.people.add(split.name)
    return names


def _listed(line: Line) -> list[str]:
    return [name for part in line.rest.split(", ") if (name := part.strip())]


# ---------------------------------------------------------------- where a name ends


@dataclass(frozen=True, slots=True)
class Split:
    """A line cut after its name: `mark` is what followed it, `rest` what came then."""

    name: str
    mark: str
    rest: str


def _split(line: Line, names: Names) -> Split | None:
    """Cut at the first mark that fits, preferring one whose name the file made known; None where nothing fits."""
    fitting = [split for found in _MARKS.finditer(line.text) if (split := _cut(line.text, found, names)) is not None]
    for split in fitting:
        if split.name in names.people:
            return split
    return fitting[0] if fitting else None


def _cut(text: str, found: re.Match[str], names: Names) -> Split | None:
    name, mark, rest = text[: found.start()].strip(), found.group().strip(), text[found.end() :]
    if not name:
        return None
    if mark.endswith("("):
        places = (PRIVATE, *names.groups)
        ends = mark.startswith("sends")  # a picture needs no words
        fits = (p for p in places if _speaks(rest, p) or (ends and rest == f"{p})"))
        return next((Split(name, f"{mark}{p})", rest[len(p) + 2 :].lstrip()) for p in fits), None)
    if mark == "replies to" and not re.match(r".*\S:( |$)", rest):
        return None
    if mark == "presses" and not rest.strip():
        return None
    if "the bot" in mark and rest.strip() not in names.groups:
        return None
    return Split(name, mark, rest)


def _speaks(rest: str, place: str) -> bool:
    return rest.startswith(f"{place}): ") or rest == f"{place}):"


# ---------------------------------------------------------------- the second look: what each line asks for


class _Reader:
    """Reads line after line; remembers what time it is and what zone holds."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.community = Community()
        self.start: datetime | None = None
        self.now: datetime | None = None

    def scene(self, lines: list[Line]) -> Scene:
        steps: list[Step] = []
        for place, line in enumerate(lines):
            if line.keyword == "community" and place == 0:
                self.community = self._community(line)
            else:
                steps.append(self._step(line))
        groups, strangers = tuple(self.names.groups), frozenset(self.names.strangers)
        return Scene(self.community, groups, strangers, tuple(steps), self.start, frozenset(self.names.foreign))

    def _step(self, line: Line) -> Step:
        step = self._read(line)
        if line.more:
            if not isinstance(step, Say | Reply | Rewrite):
                raise Wrong(line.number + 1, "a message above the `| ` that continues it")
            if isinstance(step, Say) and step.sent is not None and step.sent.what == "file":
                step = replace(step, sent=replace(step.sent, words="\n".join(line.more)))
            else:
                step = replace(step, words="\n".join([step.words, *line.more] if step.words else line.more))
        if isinstance(step, Say | Reply | Rewrite) and not step.words and not getattr(step, "sent", None):
            raise Wrong(line.number, "words after the colon")
        if isinstance(step, Act) and self.now is None:
            raise Wrong(line.number, "an `at YYYY-MM-DD HH:MM` before the first thing said")
        return step

    def _read(self, line: Line) -> Step:
        """A line that begins with a word of the language is that, unless somebody listed has a name that does."""
        split = _split(line, self.names)
        if not line.keyword or (split is not None and split.name in self.names.listed and self._is_free(line)):
            return self._act(line)
        return self._directive(line)

    def _is_free(self, line: Line) -> bool:
        """Whether nothing is lost when a line that begins with a word of the language is read as a person's."""
        return line.keyword not in CHECKS or self._placed(line.rest) is None

    def _directive(self, line: Line) -> Step:
        number = line.number
        match line.keyword:
            case "community":
                raise Wrong(number, "`community` on the first line only")
            case "group":
                return AddGroup(number, line.rest) if line.rest != PRIVATE else self._wrong(line, "another name")
            case "foreign":
                return AddForeign(number, line.rest) if line.rest != PRIVATE else self._wrong(line, "another name")
            case "coordinator" | "member" | "stranger" as kind:
                return self._people(line, kind)
            case "as":
                known = line.rest in NETWORKS
                return Become(number, line.rest) if known else self._wrong(line, f"`as {'|'.join(NETWORKS)}`")
            case "list":
                return self._list(line)
            case "at":
                return self._at(line)
            case "code":
                return ShowCode(number)
            case "deaf" | "hearing" as how:
                known = line.rest in self.names.groups
                return Listen(number, line.rest, how == "hearing") if known else self._wrong(line, f"`{how} GROUP`")
            case "restart":
                return Restart(number) if not line.rest else self._wrong(line, "`restart` alone")
            case _:
                return self._check(line)

    @staticmethod
    def _wrong(line: Line, expected: str) -> Step:
        raise Wrong(line.number, expected)

    def _community(self, line: Line) -> Community:
        found = _COMMUNITY.fullmatch(line.text)
        if found is None:
            raise Wrong(line.number, "`community NAME zone ZONE lang LANG`")
        try:
            ZoneInfo(found["zone"])
        except (KeyError, ValueError, OSError):
            raise Wrong(line.number, f"a time zone such as Asia/Shanghai, not {found['zone']}") from None
        if found["lang"] not in LANGUAGES:
            raise Wrong(line.number, f"a language, {' or '.join(LANGUAGES)}, not {found['lang']}")
        return Community(found["name"], found["zone"], found["lang"])

    def _people(self, line: Line, kind: str) -> Step:
        names = [part.strip() for part in line.rest.split(", ")]
        if not all(names) or names[-1].endswith(","):
            raise Wrong(line.number, f"`{kind} NAME, NAME`")
        return Introduce(line.number, tuple(names) if kind != "stranger" else (), coordinators=kind == "coordinator")

    def _list(self, line: Line) -> KeepList:
        name, colon, rest = line.rest.partition(": ")
        names = tuple(part.strip() for part in rest.split(", "))
        if not colon or not name.strip() or not all(names):
            raise Wrong(line.number, "`list NAME: NAME, NAME`")
        return KeepList(line.number, name.strip(), names)

    def _at(self, line: Line) -> At:
        zone = ZoneInfo(self.community.zone)
        if (gap := LATER.fullmatch(line.rest)) is not None:
            if self.now is None:
                raise Wrong(line.number, "a first `at` with a date: `at YYYY-MM-DD HH:MM`")
            moment = later(self.now, int(gap["count"]), gap["unit"], zone)
        else:
            moment = moment_of(line.number, line.rest, zone)
        if self.now is not None and moment < self.now:
            raise Wrong(line.number, f"a moment not before {self.now.astimezone(zone):%Y-%m-%d %H:%M}")
        self.start = self.start or moment
        self.now = moment
        return At(line.number, moment)

    # ------------------------------------------------------------ checks

    def _check(self, line: Line) -> Check:
        number, word = line.number, line.keyword
        absent = word in ("see", "new") and line.rest.startswith("not ")
        found = self._placed(line.rest.removeprefix("not ")) if absent else None
        if found is None:
            absent, found = False, self._placed(line.rest)
        if found is None:
            form = {"posted": "posted PLACE: N", "told": "told NAME: TEXT"}.get(word, f"{word} PLACE: TEXT")
            raise Wrong(number, f"`{form}` with a group or a person of this scene")
        place, text = found
        match word:
            case "see":
                return See(number, place, text, absent)
            case "new":
                return New(number, place, text, absent)
            case "never":
                return Never(number, place, text)
            case "told" if place in self.names.people:
                return Told(number, place, text)
            case "posted" if text.isascii() and text.isdecimal():
                return Posted(number, place, int(text))
            case "told":
                raise Wrong(number, "a person after `told`")
            case _:
                raise Wrong(number, "a number: `posted PLACE: N`")

    def _placed(self, rest: str) -> tuple[str, str] | None:
        """The place and the text that `rest` names, at the first `: ` that leaves a place of this scene before it."""
        for found in re.finditer(": ", rest):
            place, text = rest[: found.start()].strip(), rest[found.end() :].strip()
            if place in self.names.places and text:
                return place, text
        return None

    # ------------------------------------------------------------ what people do

    def _act(self, line: Line) -> Act:
        number = line.number
        split = _split(line, self.names)
        if split is None:
            raise Wrong(number, A_LINE)
        who, rest = split.name, split.rest
        match split.mark:
            case ":":
                self._no_lost_group(line, who)
                return Say(number, who, rest)
            case mark if (sent := re.match(rf"sends ({SENT})", mark)) is not None:
                place = mark[sent.end() :].strip(" :()") or GROUP
                return Say(number, who, rest, None if place == PRIVATE else place, thing(sent[1]))
            case "edits:":
                return Rewrite(number, who, rest)
            case "presses":
                label, _, on = rest.partition(" on ")
                return Press(number, who, label.strip(), on.strip())
            case "adds the bot to" | "removes the bot from" as how:
                return Bring(number, who, rest.strip(), out=how.startswith("removes"))
            case "replies to":
                to, _, words = (rest if ": " in rest else rest + " ").partition(": ")
                return Reply(number, who, to.strip(), words)
            case place:
                name = place[1:-1]
                return Say(number, who, rest, None if name == PRIVATE else name)

    def _no_lost_group(self, line: Line, who: str) -> None:
        """`陈伯 (东区): hello` with no such group is a slip of the pen, not somebody new called `陈伯 (东区)`."""
        base, bracket, place = who.rpartition(" (")
        if bracket and place.endswith(")") and base in self.names.people and who not in self.names.listed:
            raise Wrong(line.number, f"a group of this scene in the brackets: `group {place[:-1]}` would add it")
