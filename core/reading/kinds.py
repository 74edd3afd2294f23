"""The kinds of activity as reading knows them: what each is called, and what its name makes of the words around it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from core.reading.text import plain
from core.reading.verbs import Spelt
from core.reading.vocabulary import entries, regex

NEVER = re.compile(r"(?!)")
ARTICLE = re.compile(r"(?:the|an?|our|this) ")
NO_HOURS: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of activity. All patterns are looked for in plain text (`core.reading.text`)."""

    name: str
    zh: str  # its plain title in both languages
    en: str
    named: re.Pattern[str]  # says outright that it is this kind
    spoken: re.Pattern[str]  # only speaks of it: counts where nothing else is named
    begins: str  # what may stand right behind 发布, or be said to change the kind: alternatives of a pattern
    at: str = ""  # what stands right behind a place: 南门巡逻
    after: str = ""  # what stands right before one in English: visit to building 3
    night: str = ""  # its names that mean the evening: 夜巡 8点 is no question
    morning: str = ""
    roles: tuple[tuple[str, str], ...] = ()  # its words among those of a chat: a role and an entry
    whom: bool = False  # it goes to somebody at home: names and flats said with it are theirs, and never a title
    dishes: bool = False  # dishes are brought to it
    places: bool = False  # buildings named with it are where it is done, also where nobody says how many at each
    any_title: bool = False  # what is posted and named by no kind is of this one, and its first words are its title
    more_title: bool = False  # a short phrase that nothing else claims is part of its title: 巡逻 夜间
    asks_half: frozenset[int] = NO_HOURS  # bare hours that are as likely in the morning as in the evening

    def speaks_of(self, text: str) -> bool:
        return bool(self.named.search(text) or self.spoken.search(text))


def called(folder: Path) -> Kind:
    """The kind that a folder is named after, as `called.toml` in it writes it down: see `core/features/patrol`."""
    said: dict[str, Any] = tomllib.loads((folder / "called.toml").read_text(encoding="utf-8"))
    patterns = {name: "|".join(parts) for name, parts in said["patterns"].items()}
    roles = [
        (role, entry)
        for lang, words in said.get("words", {}).items()
        for role, text in words.items()
        for entry in entries(lang, text)
    ]
    return Kind(
        name=folder.name,
        zh=said["title"]["zh"],
        en=said["title"]["en"],
        named=re.compile(patterns.pop("named")),
        spoken=re.compile(patterns.pop("spoken")) if "spoken" in patterns else NEVER,
        roles=tuple(roles),
        asks_half=frozenset(said.get("asks_half", ())),
        whom=said.get("whom", False),
        dishes=said.get("dishes", False),
        places=said.get("places", False),
        any_title=said.get("any_title", False),
        more_title=said.get("more_title", False),
        **patterns,
    )


class Kinds:
    """The kinds that one reader knows, in the order in which they are preferred, with what is compiled of all of them.

    Two are equal only if they are the same one: what readers compile of it is kept as long as it is used. `verbs` are
    those that features bring besides the reader's own.
    """

    def __init__(self, kinds: Iterable[Kind], verbs: Iterable[Spelt] = ()) -> None:
        self._all = tuple(kinds)
        self.verbs = tuple(verbs)
        self.whole = self  # of whose names this has all: what is made of these alone is made once
        self._by_name = {kind.name: kind for kind in self._all}
        self.begins = any_of(kind.begins for kind in self._all)
        self.night = any_of(kind.night for kind in self._all)
        self.morning = any_of(kind.morning for kind in self._all)
        self.roles = tuple((kind.name, *row) for kind in self._all for row in kind.roles)
        self._names = {entry: kind for kind, role, entry in self.roles if role == "g"}

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._all)

    @cached_property
    def unverbed(self) -> Kinds:
        """The same kinds without the verbs of features: for words that could be one, and are about an activity here."""
        bare = Kinds(self._all)
        bare.whole = self
        return bare

    def get(self, name: str | None) -> Kind | None:
        return self._by_name.get(name or "")

    def just(self, words: str) -> Kind | None:
        """The kind of which `words` are a name and nothing else: 巡逻, the patrol."""
        bare = ARTICLE.sub("", " ".join(plain(words).text.split()).strip(" ,.!?。~"))
        return self.get(self._names.get(bare))

    def with_dishes(self) -> Kind | None:
        """The kind that dishes are brought to."""
        return next((kind for kind in self._all if kind.dishes), None)

    def for_anything(self) -> Kind | None:
        """The kind that takes any title."""
        return next((kind for kind in self._all if kind.any_title), None)

    def begun(self, words: str) -> Kind | None:
        """The kind of which `words`, found by `begins`, is a name."""
        return next((kind for kind in self._all if kind.begins and re.fullmatch(kind.begins, words)), None)

    def of(self, text: str, *, asked: bool = False) -> Kind | None:
        """The kind that plain `text` names; None when it is none of these. `asked`: it was said to be an activity."""
        found = [(match.start(), place) for place, kind in enumerate(self._all) if (match := kind.named.search(text))]
        notice = not asked and NOTICE.search(text) is not None
        if found and not notice:
            return self._all[min(found)[1]]
        if notice:
            return None
        return next((kind for kind in self._all if kind.spoken.search(text)), None)


def any_of(alternatives: Iterable[str]) -> str:
    """One pattern for these alternatives; one that nothing matches where there are none."""
    return "|".join(part for part in alternatives if part) or NEVER.pattern


NOTICE = re.compile(regex("kinds", "notice"))
"""What notices and other people's events say. Only a kind named outright stands against it, and not a spoken one."""
