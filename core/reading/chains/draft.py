"""What has been understood of an entry so far."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from core.reading.chains.facts import Fact, Filler, Flat, Standing
from core.reading.chains.people import person, titled
from core.reading.chains.pieces import Piece, plain_name
from core.reading.chains.proxies import ALSO, Proxy
from core.reading.chains.split import split_head
from core.reading.chains.values import Status
from core.reading.heads import COUNTED, Heads
from core.reading.numerals import counted
from core.reading.text import Plain

_BRACKETS = dict(zip("(（[【「『《〈", ")）]】」』》〉", strict=True))


@dataclass(slots=True)
class Draft:
    """`words` as written, `text` the same made plain. Pieces are places in `text`."""

    words: str
    text: Plain
    name: str = ""
    unit: str | None = None
    by: str | None = None
    status: Status | None = None
    heads: Heads = field(default_factory=Heads)
    notes: list[Piece] = field(default_factory=list)
    unnamed: str = ""  # the first words that were taken for something else than a name

    def written(self, start: int, end: int) -> str:
        """The words that `text[start:end]` was."""
        start, end = self.text.span(start, end)
        return self.words[start:end]

    def words_of(self, part: Piece) -> str:
        """A piece as written."""
        return self.written(part.start, part.end)

    def plain_of(self, part: Piece) -> str:
        """A piece in plain text."""
        return self.text.text[part.start : part.end]

    def somebody(self, part: Piece) -> bool:
        """Whether this piece is most likely a person, in either script or with capital letters."""
        return person(self.plain_of(part)) or person(self.words_of(part))

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
            if self.text.text[start:end] not in ("我", "本人"):  # 老伴替我报的 王阿姨
                self.take_head(start, end, spoken_for=True)
        else:
            self.by = self.by or name_of(self.written(start, end))

    def take_head(self, start: int, end: int, *, spoken_for: bool = False) -> None:
        """Take the words that begin with a name, whatever is written right behind it."""
        head = split_head(self.text.text[start:end], spoken_for=spoken_for)
        left, right = head.name
        self.name = self.name or name_of(self.written(start + left, start + right))
        self.heads += Heads(along=head.others)
        for said, left, right in head.facts:
            self.take(said, start + left, start + right)
        if head.rest:
            left, right = head.rest
            self.remark(Piece(start + left, start + right, 0, ""))

    def remark(self, part: Piece) -> None:
        """Keep a piece for the note; how many they are may stand before the dish: 2人红烧肉."""
        words = self.plain_of(part)
        if found := COUNTED.match(words):
            self.heads += Heads(total=counted(found[1]))
            part = replace(part, start=part.start + found.end())
        elif ALSO.fullmatch(words) or (words[0] in "带和跟与携同" and titled(words[1:])):
            self.heads += Heads(along=1)  # 和侯伯伯: one more, whose name must not be lost
        self.notes.append(part)

    def note(self) -> str | None:
        """What nobody read, in the words and with the marks in which it was written."""
        runs: list[list[Piece]] = []
        for part in self.notes:
            between = self.text.text[runs[-1][-1].end : part.start] if runs else ""
            if runs and not any(c.isalnum() for c in between):
                runs[-1].append(part)
            else:
                runs.append([part])
        note = " ".join(" ".join(map(self._balanced, runs)).split())
        if self.heads.total and note in ("全家", "一家", "一家人"):
            return None  # 全家 4人
        return note if any(c.isalnum() for c in note) else None

    def _balanced(self, run: list[Piece]) -> str:
        """The words of these pieces, with both brackets where one lies among them."""
        start, end = self.text.span(run[0].start, run[-1].end)
        words = self.words[start:end]
        if run[0].aside and any(c in _BRACKETS.values() for c in words) and self.words[start - 1 : start] in _BRACKETS:
            words = self.words[start - 1 : end]
        still_open: list[str] = []
        for c in words:
            if c in _BRACKETS:
                still_open.append(_BRACKETS[c])
            elif c in still_open:
                still_open.remove(c)
        return words + "".join(reversed(still_open))


def name_of(words: str) -> str:
    """A name as it is shown: full-width letters made narrow, no emoji around it."""
    return plain_name(_narrow(words)).strip(" *~@_.'\"“”‘’^`=<>…·•,，:：、-")


def _narrow(words: str) -> str:
    return "".join(
        chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else " " if c in "\u3000\xa0\u2005\n\t" else c for c in words
    )
