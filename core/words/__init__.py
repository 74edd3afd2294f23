"""What the bot says: catalogues in Chinese and English, and filling them with facts.

A catalogue is a TOML file `words/<lang>.toml`. `{name}` stands for a fact, `**...**` for words to stand out; a table
`{one = ..., other = ...}` is chosen by the fact `n`. People's words are facts and become spans of their own: they are
never parsed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from string import Formatter

from core.messages import Bold, Confide, Mention, Span, words

Fact = str | int | Bold | Mention | Confide | tuple[Span, ...]
LANGUAGES = ("zh", "en")


class Catalogue:
    """The sentences of some folders, by language and dotted key."""

    def __init__(self, *folders: Path) -> None:
        self._entries: dict[str, dict[str, str | dict[str, str]]] = {lang: {} for lang in LANGUAGES}
        for folder in folders:
            for lang in LANGUAGES:
                for key, value in _flat(tomllib.loads((folder / f"{lang}.toml").read_text(encoding="utf-8"))):
                    if key in self._entries[lang]:
                        raise ValueError(f"{folder}/{lang}.toml: {key} stands in another catalogue too")
                    self._entries[lang][key] = value

    def keys(self, lang: str) -> frozenset[str]:
        return frozenset(self._entries[lang])

    def has(self, key: str) -> bool:
        return key in self._entries["zh"]

    def template(self, lang: str, key: str, n: object = None) -> str:
        """The sentence before its facts are filled in. Raises KeyError for a key no catalogue has."""
        entry = self._entries[lang if lang in self._entries else "zh"][key]
        if isinstance(entry, str):
            return entry
        return entry["one" if n == 1 and "one" in entry else "other"]

    def say(self, lang: str, key: str, **facts: Fact) -> tuple[Span, ...]:
        """A sentence as spans."""
        spans: list[Span] = []
        for bold, part in _pieces(self.template(lang, key, facts.get("n"))):
            for literal, name, _, _ in _parse(part):
                if literal:
                    spans.append(Bold(literal) if bold else literal)
                if name is not None:
                    spans.extend(_spans(facts[name], bold=bold))
        return tuple(spans)

    def text(self, lang: str, key: str, **facts: Fact) -> str:
        """A sentence as bare words, for a toast, a label or a line of the terminal."""
        return "".join(words(span) for span in self.say(lang, key, **facts))


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterable[tuple[str, str | dict[str, str]]]:
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict) and "other" not in value:
            yield from _flat(value, f"{key}.")
        elif isinstance(value, dict):
            yield key, {str(k): str(v) for k, v in value.items()}
        else:
            yield key, str(value)


@cache
def _pieces(template: str) -> tuple[tuple[bool, str], ...]:
    return tuple((n % 2 == 1, part) for n, part in enumerate(template.split("**")) if part)


@cache
def _parse(part: str) -> tuple[tuple[str, str | None, str | None, str | None], ...]:
    return tuple(Formatter().parse(part))


def _spans(fact: Fact, *, bold: bool) -> tuple[Span, ...]:
    match fact:
        case str() | int():
            return (Bold(str(fact)) if bold else str(fact),) if fact != "" else ()
        case tuple():
            return fact
        case _:
            return (fact,)


_core = Path(__file__).parent.parent
_folders = [folder for folder in (_core / "words", _core / "reading" / "words") if (folder / "zh.toml").exists()]


def include(*folders: Path) -> None:
    """From here on these catalogues are said too: each feature's own words."""
    _folders.extend(folder for folder in folders if folder not in _folders)
    catalogue.cache_clear()
    bare.cache_clear()


@cache
def catalogue() -> Catalogue:
    """Everything the core says: what is shared, what reading asks, and what was included."""
    return Catalogue(*_folders)


def say(lang: str, key: str, **facts: Fact) -> tuple[Span, ...]:
    return catalogue().say(lang, key, **facts)


def text(lang: str, key: str, **facts: Fact) -> str:
    return catalogue().text(lang, key, **facts) if facts else bare(lang, key)


@cache
def bare(lang: str, key: str) -> str:
    """A sentence without facts: labels are asked for with every message."""
    return catalogue().text(lang, key)
