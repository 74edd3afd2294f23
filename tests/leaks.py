"""What slips into a sentence: a key of the catalogues, a name of the code, a word that nobody translated."""

from __future__ import annotations

import re
from functools import cache

import core.features  # noqa: F401  each feature brings its own words
from core.words import catalogue

WORD = re.compile(r"[A-Za-z]{3,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|\"[^\"]*\"|「[^」]*」|`[^`]*`|（[^）]*）|\([^)]*\)|\[[^\]]*\]")
KEYLIKE = re.compile(r"[A-Za-z]\w*(?:\.\w+)+|[A-Za-z]+_\w+|\{\w*\}", re.ASCII)
KNOWN = frozenset(
    {
        "csv",
        "xlsx",
        "excel",
        "html",
        "telegram",
        "matrix",
        "iphone",
        "https",
        "http",
        "web",
        "rota",
        "ask",
        "help",
        "list",
    }
)
"""Names of things, commands and settings, which are the same everywhere."""


@cache
def keys() -> frozenset[str]:
    return frozenset(key for lang in ("zh", "en") for key in catalogue().keys(lang))


def leaked(said: str, by_people: str, lang: str = "") -> list[str]:
    """What does not belong into this sentence of the bot's. `by_people`: whatever people wrote, which may be repeated.
    `lang`: the language that it should have; '' for the one that most of it has.
    """
    own, bare = by_people.lower(), QUOTED.sub(" ", said)
    coded = [each for each in KEYLIKE.findall(said) if each.lower() not in own]
    found = [each for each in coded if each in keys() or "_" in each or "{" in each]
    chinese, english = CHINESE.findall(bare), WORD.findall(bare)
    if lang == "zh" or (not lang and len("".join(chinese)) >= len("".join(english)) / 3):
        return found + [word for word in english if word.lower() not in own and word.lower() not in KNOWN]
    return found + [words for words in chinese if words not in by_people and "小板凳" not in words]
