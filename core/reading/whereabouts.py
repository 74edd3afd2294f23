"""Where an activity takes place or people meet, in the words of a posting."""

from __future__ import annotations

import re
from functools import lru_cache

from core.reading.kinds import Kind, Kinds, any_of
from core.reading.open_words import HAN_PLACE
from core.reading.page import STRUCK, Page
from core.reading.vocabulary import regex

_END = regex("whereabouts", "end")
_WORD = r"[^¦,。;:!?()\[\]【】\s]"
PLACE_ZH = rf"{_WORD}{{0,14}}?(?:{_END})"
LABELLED = re.compile(regex("whereabouts", "labelled"))
_MEET = regex("whereabouts", "meet")
LABELLED_BARE = re.compile(regex("whereabouts", "labelled_bare"))
"""A line of a notice without its colon."""
MEETING = re.compile(regex("whereabouts", "meeting", _WORD=_WORD, _MEET=_MEET))
MEETING_AT = re.compile(regex("whereabouts", "meeting_at", PLACE_ZH=PLACE_ZH))
AT = re.compile(regex("whereabouts", "at", PLACE_ZH=PLACE_ZH, _MEET=_MEET))
_EN_NOUN = (
    r"gate|room|hall|centre|center|square|garden|entrance|canteen|pavilion|office|lobby|courtyard|"
    r"park|kitchen|playground|clubhouse|post|library|"
    r"yard|corner|path|lawn|bench|benches|church|school|hospital|station|stop|bridge|tree|crossing|"
    r"gym|terrace|field|court|market|door|roof|house|committee|stairs|basement|floor|point|balcony|"
    r"balconies|gatehouse|desk|hut|booth|kiosk|fountain|pond|steps|porch|plaza|street|road|lane|avenue"
)
_EN_NAME = (
    rf"(?:the |our )?(?:[\w'’-]{{1,24}} ){{0,4}}?(?:{_EN_NOUN})(?! (?:{_EN_NOUN})\b)(?: \d+|"
    rf" [a-d]\b)?(?: (?:of|in front of|by|near|at|on|"
    rf"outside) (?:the )?(?:[\w'’-]{{1,24}} ){{0,3}}?(?:{_EN_NOUN}|building \d+|block \d+))?|"
    rf"(?:the )?(?:building|block|stairwell|gate|room|flat) \d+(?: (?:{_EN_NOUN}))?"
)
EN_MEET = r"(?:we )?(?:meet(?:ing)?(?: up)?|gather(?:ing)?|assembl(?:e|ing)|start(?:ing)?|held|starts|muster|meetup)"
EN_AT = re.compile(
    rf"(?:{EN_MEET}[\s¦]*)?\b(?:at|in|by|outside|near|from|in front of|on|point)\b\s(?P<place>{_EN_NAME})(?![a-z])"
)
EN_MEET_PLACE = re.compile(rf"{EN_MEET}[\s¦:]*(?:at |in |by |outside )?(?P<place>{_EN_NAME})(?![a-z])")
EN_WHOLE = re.compile(
    rf"(?:(?:at|in|by|near|outside|on) )?(?P<place>{_EN_NAME})(?: (?:please|meet(?:ing)?|gather(?:ing)?)(?: point)?)?"
)
ASIDE = re.compile(regex("whereabouts", "aside"))
STOPS = f"{STRUCK},.。;:!?()\n "
WHOLE = re.compile(regex("whereabouts", "whole", PLACE_ZH=PLACE_ZH))
NOT_PLACES = re.compile(regex("whereabouts", "not_places"))


@lru_cache(16)
def beside(kinds: Kinds) -> tuple[re.Pattern[str], ...]:
    """A place right before the kind (南门巡逻, 在五号楼后面浇花, south gate patrol), and one right behind it (visit to
    building 3).
    """
    named = any_of(pattern.pattern for kind in kinds for pattern in (kind.named, kind.spoken))
    at, after = any_of(kind.at for kind in kinds), any_of(kind.after for kind in kinds)
    return (
        re.compile(rf"(?:在|到)?(?P<place>{HAN_PLACE})(?=(?:义务|夜间|平安|开展|举行|进行)?(?:{at}))"),
        re.compile(rf"在(?P<place>{PLACE_ZH})(?=(?:一起|一道)?(?:{named}))"),
        re.compile(rf"(?P<place>{_EN_NAME})(?= (?:(?:night|evening|morning|safety) )?(?:{at})\b)"),
        re.compile(
            rf"\b(?:{after}) (?:(?:to|at|in|by) )?"
            r"(?P<place>(?:building|block) \d+(?: \w+)??|(?:[a-z]+ )?gate)(?=\s*(?:[¦,.;:!?\n]|$))"
        ),
    )


def place(page: Page, kinds: Kinds, kind: Kind | None = None) -> str | None:
    """The place, struck out; None when none is named. A phrase that only names the `kind` is none."""
    before, named, en_before, en_after = beside(kinds)
    for pattern in (
        LABELLED,
        LABELLED_BARE,
        MEETING_AT,
        MEETING,
        AT,
        before,
        named,
        EN_MEET_PLACE,
        EN_AT,
        en_before,
        en_after,
    ):
        for found in pattern.finditer(page.left):
            start, end = found.span("place")
            text = found["place"].strip()
            if pattern in (MEETING, AT) and _aside(page.left, found):
                continue
            if pattern is MEETING and kind and kind.named.fullmatch(text):
                continue  # 百家饭开饭啦
            if pattern is LABELLED and " " in text and page.left[end : end + 1] == STRUCK:
                text = text[: text.rfind(" ")]  # 集合点：南门保安室 男同志4名
                end = start + len(text)
            if pattern is MEETING:
                text, start = _after_verb(text, start)
            if not text or (pattern not in (LABELLED, LABELLED_BARE) and NOT_PLACES.search(text)):
                continue
            page.strike(found.start(), found.end())
            return _tidy(page.said(start, end))
    for start, end in page.phrases():
        phrase = page.left[start:end].strip()
        if (kind and kind.speaks_of(phrase)) or ASIDE.match(phrase):
            continue
        first = start + len(page.left[start:end]) - len(page.left[start:end].lstrip())
        for pattern in (WHOLE, EN_WHOLE):
            whole = pattern.fullmatch(phrase)
            if whole and not NOT_PLACES.search(whole["place"]):
                said = page.said(first + whole.start("place"), first + whole.end("place"))
                page.strike(start, end)
                return _tidy(said)
    return None


def _aside(text: str, found: re.Match[str]) -> bool:
    """Where something lies or is fetched: 手电筒在门卫室领, 钥匙在我这里."""
    phrase = text[: found.end()]
    phrase = phrase[max(phrase.rfind(stop, 0, found.start() + 1) for stop in STOPS) + 1 :]
    return ASIDE.match(phrase) is not None


def _after_verb(text: str, start: int) -> tuple[str, int]:
    """大家在东门 is 东门: what stands before the last 在 or 到 is not the place."""
    at = max(text.rfind(word) for word in "在到于")
    return (text[at + 1 :], start + at + 1) if at >= 0 else (text, start)


def _tidy(said: str) -> str:
    said = said.strip(" \t,，、.。:：")
    return re.sub(r"^(?:(?:the|at|in)\s+|[在到于]\s*(?=\S))", "", said, flags=re.IGNORECASE)
