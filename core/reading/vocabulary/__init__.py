"""The short words of a chat, each under its role in a sentence. `roles` cuts sentences with them, `sayings` reads them.

A role is one letter, so that a sentence becomes a short string and the grammar a table of patterns:

    m  I                  u  we                 z  he, she             y  who, anybody
    p  a person's name    k  kin, a friend      c  and, with           w  bring along
    b  for, help          t  instead of         r  stand in for        n  so many people
    j  sign up            s  count me in        i  +1                  v  come, go
    V  I can (weak)       B  put (a name)       Z  (a name) down       N  not, before v
    l  cannot come        q  cancel mine        Y  cancel (a name's)   S  can't (do it)
    h  here               H  "came": weak       o  on the way          x  finished
    e  swap               K  change: weak       E  a stand-in for me   M  my promises
    A  what is on         W  how does it work   #  activity number     d  a day, a time
    g  kind of activity   G  "activity", "it"   U  a place             D  a dish
    P  so many portions   C  cook, bring a dish a  adverbs             f  particles
    >  take (English)
    ~  says that          %  in my place comes   !  let (somebody)
    3  he, she, behind their name        1  there is (a name)
    =  show me, look up   :  be there (behind an hour)
    <  rather not: a no where it answers a roster
    L  the particle 了     F  politeness         Q  "all right?"        O  question particles
    I  count (a name) in  @  at a place        J  everybody, addressed
    R  a usual reason     T  a usual question   X  glue, dropped       i  one more

An entry may spell variants: "报(个|一下)?名" stands for 报名, 报个名 and 报一下名.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

LANGUAGES = ("zh", "en")


@cache
def roles() -> tuple[tuple[str, str], ...]:
    """Every role with each of its entries, in both languages, as they are written in the files."""
    return tuple(
        (role, entry) for lang in LANGUAGES for role, words in _table(lang, "roles") for entry in entries(lang, words)
    )


@cache
def leanings() -> dict[str, list[str]]:
    """Each list of `leanings.toml` with its entries in both languages, as regular expressions."""
    table = tomllib.loads((Path(__file__).parent / "leanings.toml").read_text(encoding="utf-8"))
    parts = table.pop("parts")

    def written(entry: str) -> str:
        for name, words in parts.items():
            entry = entry.replace(f"<{name}>", words)
        return entry.replace("…", ".{0,6}?")

    return {
        name: [written(entry) for lang in LANGUAGES for entry in re.split(r" {2,}|\n", lists[lang]) if entry]
        for name, lists in table.items()
    }


def slips(section: str) -> dict[str, str]:
    """What is typed for what was meant by it, out of `slips.toml`."""
    table = tomllib.loads((Path(__file__).parent / "slips.toml").read_text(encoding="utf-8"))[section]
    return {wrong: right for right, wrongs in table.items() for wrong in wrongs.split()}


@cache
def _patterns() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for file in sorted((Path(__file__).parent / "patterns").glob("*.toml")):
        found |= tomllib.loads(file.read_text(encoding="utf-8"))
    return found


def words(module: str, name: str) -> str:
    """A list of `patterns/`, its words apart by spaces and lines."""
    return _patterns()[module][name]


def one_of(listed: str) -> str:
    """Any of these words, the longest first. An underscore stands for a space within a word."""
    ordered = sorted(listed.split(), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word.replace("_", " ")) for word in ordered) + ")"


def any_word(module: str, name: str) -> str:
    """Any word of a list of `patterns/`."""
    return one_of(words(module, name))


def regex(module: str, name: str, **parts: str) -> str:
    """A regular expression of `patterns/`: its lines put together, `parts` in the places of «their names»."""
    written = _patterns()[module][name].replace("\n", "")
    for part, words in parts.items():
        written = written.replace(f"«{part}»", words)
    return written


def regexes(module: str) -> dict[str, str]:
    """All of a section of `patterns/`, by name."""
    return {name: regex(module, name) for name in _patterns()[module]}


@cache
def answers(name: str) -> re.Pattern[str]:
    """A pattern of `answers.toml`."""
    return re.compile(tomllib.loads((Path(__file__).parent / "answers.toml").read_text(encoding="utf-8"))[name])


def entries(lang: str, words: str) -> list[str]:
    """The entries of a text: Chinese ones stand apart by spaces, English ones by bars and lines."""
    if lang == "zh":
        return words.split()
    return [entry for entry in (" ".join(entry.split()) for entry in re.split(r"[|\n]", words)) if entry]


def _table(lang: str, name: str) -> list[tuple[str, str]]:
    text = (Path(__file__).parent / f"{lang}.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(text)[name].items())
