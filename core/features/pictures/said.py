"""How a picture is asked for: pure, words in and values out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.reading.parts import Wholly, Written, clause

LONGEST = 60
NUMBER = re.compile(r"(?:活动|第|#|number |no\.? ?)*\s*(\d{1,5})(?:号|个)?(?:活动)?(?:的)?(?:名单|roster)?(?:\s*的)?")
DAY = re.compile(
    r"(?:今|明|后)[天晚]|(?:下个?|这个?|本)*(?:周|星期|礼拜)[一二三四五六日天末]|\d{1,2}月\d{1,2}[日号]|"
    r"(?:this |next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow"
)

BESIDE = re.compile(r"^(?:把|将|那个|the |a )|(?:发|来|出|要|画|做)?一?[张个幅份]$| (?:on|of|for)$")
"""What stands beside the name of what is to be drawn."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A picture, of `what`: in plain words, '' where it was not said. `number`: of the activity with it.

    `loose`: among neighbours it may as well be asked of one of them: 发图.
    """

    what: str = ""
    number: int | None = None
    loose: bool = False

    @property
    def day(self) -> str:
        found = DAY.search(self.what)
        return found[0] if found else ""

    @property
    def besides(self) -> str:
        """What it is of, without the day."""
        return BESIDE.sub("", DAY.sub("", self.what, count=1).strip(" 的'"))


pattern = Written(__file__).pattern


def read(words: str) -> Asked | None:
    """What these words, all of them, ask to be shown as a picture; None if they ask for none."""
    text = " ".join(clause(words[: LONGEST + 1]).text.split()).strip(" .!。~?？,，")
    if not text or len(text) > LONGEST:
        return None
    if found := pattern("zh").fullmatch(text):
        loose = bool(found["say"]) and not found["one"] and not found["what"]
        return asked(found["what"] or "", found["number"], loose=loose)
    if found := pattern("en").fullmatch(text):
        what = (found["en_of"] or found["en_what"] or "").strip()
        return asked(re.sub(r"^(?:it|this|that|one|these|them)$", "", what), found["en_number"], loose=False)
    return None


def asked(what: str, number: str | None, *, loose: bool) -> Asked:
    what = BESIDE.sub("", what.strip(" 的")).strip(" 的")
    if (found := NUMBER.fullmatch(what)) is not None:
        return Asked("", int(found[1]))
    return Asked(what, int(number) if number else None, loose)


SAID = Wholly("picture", reads=lambda: map(pattern, ("zh", "en")), after=r"[\s.!?。~]*")
"""Whatever asks for a picture, as one verb."""
