"""What a posting is called, and whom it visits, which is never part of the title."""

from __future__ import annotations

import re

from core.reading.kinds import Kind
from core.reading.names import looks_like_a_name
from core.reading.page import Page
from core.reading.vocabulary import regex

_FILLER = re.compile(regex("titles", "filler"))
_SAYS = re.compile(f"{regex('titles', 'filler')}|{regex('titles', 'says')}")
"""What makes a short phrase a note and no part of a title: 新来的跟着老陈走, a photographer comes."""
LABELS = re.compile(regex("titles", "labels"))
"""What stands before a colon, or around a time, and is no part of a title."""
_LEAD = re.compile(regex("titles", "lead"))
_TRAIL = re.compile(regex("titles", "trail"))
_VISITED = re.compile(regex("titles", "visited"))
_AT_HOME = re.compile(regex("titles", "at_home"))
_SOMEBODY = re.compile(regex("titles", "somebody"), re.IGNORECASE)


LONGEST = 60
"""Letters of a title."""


def title(page: Page, kind: Kind | None, titled: str | None, lang: str) -> tuple[str | None, str | None, str]:
    """The title, who is visited (never in the title), and what nobody has understood. Nothing said is lost."""
    whom: list[str] = []
    called = titled
    leftover: list[str] = []
    for start, end in page.phrases(spaces=True):
        said = page.said(start, end).strip(" \t、-—~·:：")
        folded = page.left[start:end].strip(" \t、-—~·:：")
        if not said or LABELS.fullmatch(folded):
            continue
        if kind and called is None and kind.speaks_of(folded):
            called, visited, over = _named(said, folded, kind, lang)
            whom += visited
            leftover += over
        elif re.search(r"[^\W_]", said):
            leftover.append(said)
    if kind and kind.whom:
        leftover = _visited(whom, leftover)
    comma = "，" if lang == "zh" else ", "
    if kind is None:
        return called, None, comma.join(leftover)
    default = kind.zh if lang == "zh" else kind.en
    called = called or default
    if kind.any_title and titled is None:
        called, leftover = _any(called, leftover, kind, default)
    if titled is None and leftover and kind.more_title and called in (kind.zh, kind.en):
        extra = leftover[0]
        if 2 <= len(extra) <= (8 if lang == "zh" else 24) and not _SAYS.search(extra.lower()) and not extra.isdigit():
            called = f"{called} {extra}"
            leftover = leftover[1:]
    if called[LONGEST:].strip():
        leftover.insert(0, called[LONGEST:].strip())
    return called[:LONGEST].strip(), comma.join(dict.fromkeys(whom)) or None, comma.join(leftover)


def _any(called: str, leftover: list[str], kind: Kind, default: str) -> tuple[str, list[str]]:
    """The title of what may be called anything: its first words, without the kind's own name in front."""
    bare = re.sub(rf"^(?:{kind.begins})[\s:：,，]*", "", called, flags=re.IGNORECASE)
    if bare:
        return _capital(bare), leftover
    at = next((at for at, said in enumerate(leftover) if not _FILLER.match(said.lower()) and not said.isdigit()), None)
    if at is None:
        return default, leftover
    return _capital(leftover[at]), leftover[:at] + leftover[at + 1 :]


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:] if said[:1].isascii() else said


def _named(said: str, folded: str, kind: Kind, lang: str) -> tuple[str, list[str], list[str]]:
    """The title in a phrase that names the kind, whom it visits, and what is neither."""
    whom: list[str] = []
    over: list[str] = []
    lead = _LEAD.match(folded)
    cut = lead.end() if lead and lead.end() < len(folded) else 0
    said, folded = said[cut:], folded[cut:]
    trail = _TRAIL.search(folded)
    if trail and trail.start() > 0:
        said, folded = said[: trail.start()], folded[: trail.start()]
    if kind.whom and (found := _VISITED.search(folded)):
        visited, after = said[slice(*found.span("whom"))].strip(), said[found.end("whom") :].strip()
        whom.append(visited)
        if _SOMEBODY.search(visited) or looks_like_a_name(visited):
            said = said[: found.start("whom")].strip()
            over += [after] if after else []
    said = said.strip(" 、,，-—")
    if not said or len(said) > (20 if lang == "zh" else 48):
        over += [said] if said else []
        return (kind.zh if lang == "zh" else kind.en), whom, over
    return _capital(said), whom, over


def _visited(whom: list[str], leftover: list[str]) -> list[str]:
    """Puts who is visited into `whom`, and returns what else is said."""
    kept: list[str] = []
    for phrase in leftover:
        if _AT_HOME.fullmatch(phrase.lower()):
            continue  # the building of a household, of which the rest is told
        found = _VISITED.search(phrase.lower())
        if not found and _SOMEBODY.search(phrase):
            whom.append(phrase)
        elif found and _SOMEBODY.search(found["whom"]):
            whom.append(phrase[slice(*found.span("whom"))].strip())
            around = _LEAD.sub("", phrase[: found.start("verb")]), phrase[found.end("whom") :]
            kept += [words.strip() for words in around if words.strip()]
        else:
            kept.append(phrase)
    return kept
