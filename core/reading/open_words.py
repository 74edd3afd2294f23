"""Words that no list can hold: how many, which activity, which day, where, which dish."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.reading import dishes
from core.reading.clauses import Clause
from core.reading.heads import by_age
from core.reading.numerals import NUMBER, number
from core.reading.places import stair
from core.reading.vocabulary import regex

Candidate = tuple[int, str, int | str | None]
"""Where a word that begins here may end, its role, and a value where the role has one."""

MEASURES = regex("open_words", "measures")

PEOPLE = re.compile(regex("open_words", "people", NUMBER=NUMBER))
NAMES_PUT_DOWN = re.compile(regex("open_words", "names_put_down", NUMBER=NUMBER))
PLUS = re.compile(regex("open_words", "plus"))
ACTIVITY = re.compile(regex("open_words", "activity"))
WEEKDAY = regex("open_words", "weekday")
PART = regex("open_words", "part")
CLOCK = regex("open_words", "clock", NUMBER=NUMBER)
DAY = re.compile(regex("open_words", "day", WEEKDAY=WEEKDAY, PART=PART, CLOCK=CLOCK))
DAY_EN = re.compile(
    r"(?:(?:on |for |this |next |the |every |from )*(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|"
    r"sun)(?:day|sday|nesday|rsday|urday)?s?(?:'s)?|today|tonight|tomorrow|tmrw|tmr|"
    r"the day after tomorrow|this week|next week|this weekend|the weekend|next weekend|"
    r"(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?)?(?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|"
    r"dec)(?: \d{1,2}(?:st|nd|rd|th)?)?|(?:the )?\d{1,2}(?:st|nd|rd|th)|at \d{1,2}(?::\d\d)?|"
    r"(?:at )?\d{1,2}(?::\d\d)?\s?(?:am|pm|o'clock)|in the (?:morning|afternoon|evening)|at noon|noon)"
    r"(?: (?:morning|afternoon|evening|night|lunch|noon))?(?:'s)?(?![a-z])"
)
OF_A_MONTH = re.compile(
    r"(?:st|nd|rd|th)? ?(?:of )?(?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?![a-z])"
)
"""Behind a number that is no activity's: 11 December."""
_ONE_DAY = regex("open_words", "day", WEEKDAY=WEEKDAY, PART=PART, CLOCK=CLOCK).replace("?P<th>", "?:")
DAYS_AHEAD = re.compile(
    "|".join(
        (
            regex("several_days", "month_ahead", NUMBER=NUMBER, WEEKDAY=WEEKDAY),
            rf"(?:{_ONE_DAY})(?:(?:、|和|跟|及|还有|以及)(?:{_ONE_DAY}))+",
        )
    )
)
DAYS_AHEAD_EN = re.compile(
    "|".join(
        (
            regex("several_days", "month_ahead_en", NUMBER=NUMBER),
            rf"(?:{DAY_EN.pattern})(?:(?:,? and |, ?)(?:on )?(?:{DAY_EN.pattern}))+",
        )
    )
)
HAN_PLACE = regex("open_words", "han_place")
STAIR = regex("open_words", "stair")
EN_PLACE = (
    r"(?:the )?(?:(?:east|west|south|north|main|front|back)\s?gate|gate(?: \d)?|activity room|meeting point|"
    r"meeting place|community cent(?:re|er)|pavilion|square|committee office|entrance|canteen|lobby|front door|"
    r"guard post|door|downstairs|garden|courtyard)(?![a-z])"
)
PLACE = re.compile(regex("open_words", "place", HAN_PLACE=HAN_PLACE, EN_PLACE=EN_PLACE))
BY_THE_STAIR = re.compile(regex("open_words", "by_the_stair"))
ARRIVED = re.compile(regex("open_words", "arrived", HAN_PLACE=HAN_PLACE, STAIR=STAIR, EN_PLACE=EN_PLACE))
COMING = re.compile(regex("open_words", "coming", HAN_PLACE=HAN_PLACE, NUMBER=NUMBER, STAIR=STAIR))
MY_SHIFT = re.compile(
    r"(?:cover|take over|take|do|fill) (?:my|our) (?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"(?: (?:morning|afternoon|evening|night))?(?: (?:shift|slot|turn|patrol|duty))?(?![a-z])"
)
PORTIONS = re.compile(regex("open_words", "portions", NUMBER=NUMBER, MEASURES=MEASURES))
DISH_CATEGORY = re.compile(r"(?:cold|hot|staple|soup|sweet|dessert|main|salad)(?: dish(?:es)?)?(?![a-z])")
DISH_EN = re.compile(
    r"(?:(?!(?:me|you|us|for|the|an?|my|of|to|in|on|at|and|i|we|it|is|was|do|with|her|his|some|your|"
    r"bring|make)\b)[a-z'-]+ ){0,4}?(?:dumplings?|soup|salad|rice|noodles?|pork|chicken|beef|fish|"
    r"duck|shrimp|prawns?|tofu|cake|cakes|pie|pies|bread|buns?|rolls?|pancakes?|eggs?|ribs?|stew|"
    r"curry|beans|cabbage|cucumbers?|tomatoes|potatoes|lotus|eggplant|aubergine|mushrooms?|wontons?|"
    r"pudding|cookies|biscuits|fruit|fruits|dessert|desserts|tart|sandwiches|pasta|lasagne|meatballs?|"
    r"vegetables|greens|peanuts|melon|jelly|porridge|congee|casserole|toast|brownies|muffins|"
    r"sausages?|lamb|crab|porridge|tea|juice|snacks?|pastry|pastries|kebabs|quiche|pizza|zongzi|"
    r"jiaozi|baozi|tangyuan|mooncakes?)(?![a-z])"
)
ACTS = re.compile(regex("open_words", "acts"))
NOT_DISHES = regex("open_words", "not_dishes")
HAN_DISH = re.compile(r"[\u4e00-\u9fff]{1,10}")


def people(piece: Clause, at: int) -> Iterator[Candidate]:
    if heads := by_age(piece.text, at):
        yield heads[1], "n", heads[0]
    if found := PEOPLE.match(piece.text, at):
        for group in ("n", "family", "en", "party", "fors", "alone"):
            if digits := found[group]:
                yield found.end(), "n", number(digits)
        if found["pair"] or found["both"]:
            yield found.end(), "n", 2
        if found["three"]:
            yield found.end(), "n", 3
    if (found := NAMES_PUT_DOWN.match(piece.text, at)) and (count := number(found["n"])):
        yield found.end(), "i", count
    if (found := PLUS.match(piece.text, at)) and (count := number(found["n"])):
        yield found.end(), "i", count


def day(piece: Clause, at: int) -> Iterator[Candidate]:
    if found := DAYS_AHEAD.match(piece.text, at) or DAYS_AHEAD_EN.match(piece.text, at):
        yield found.end(), "d", None
    if found := DAY.match(piece.text, at):
        yield found.end(), "d", int(found["th"]) if found["th"] else None
        if found["th"]:
            yield found.end(), "#", int(found["th"])
    if found := MY_SHIFT.match(piece.text, at):
        yield found.end(), "E", None
    if found := DAY_EN.match(piece.text, at):
        yield found.end(), "d", None


def names_days(piece: Clause) -> bool:
    """Whether a clause is a day, or several, and nothing else."""
    return any(said.fullmatch(piece.text) for said in (DAYS_AHEAD, DAYS_AHEAD_EN, DAY, DAY_EN))


def activity(piece: Clause, at: int) -> Iterator[Candidate]:
    found = ACTIVITY.match(piece.text, at)
    if found and not (at and piece.text[at - 1].isdigit()) and not OF_A_MONTH.match(piece.text, found.end()):
        yield found.end(), "#", number(found["a"] or found["b"] or found["c"])


def place(piece: Clause, at: int) -> Iterator[Candidate]:
    if found := ARRIVED.match(piece.text, at):
        yield found.end(), "h", None
    if end := stair(piece.text, at):
        found = BY_THE_STAIR.match(piece.text, end)
        yield found.end() if found else end, "U", None
    if found := PLACE.match(piece.text, at):
        yield found.end(), "@" if found["at"] else "U", None
    if (found := COMING.match(piece.text, at)) and found.end() > at:
        yield found.end(), "o", None


def portions(piece: Clause, at: int) -> Iterator[Candidate]:
    if found := PORTIONS.match(piece.text, at):
        yield found.end(), "P", number(found["n"] or found["en"] or found["for"])


def dish(piece: Clause, at: int) -> Iterator[Candidate]:
    if found := HAN_DISH.match(piece.text, at):
        for end in range(found.end(), at, -1):
            if (
                not dishes.ENDING.search(piece.text, at, end)
                or piece.text[at] in NOT_DISHES
                or ACTS.search(piece.text, at, end)
            ):
                continue
            if end - at > 1 or (at and piece.text[at - 1] in "个份道碗锅点盘"):
                yield end, "D", None
    if found := DISH_EN.match(piece.text, at) or DISH_CATEGORY.match(piece.text, at):
        yield found.end(), "D", None
