"""Places by number are matched whole: every building of 1 to 120 beside all that look like it, in the spellings people
use.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from core.activities import Occurrence, Slot
from core.claims import Roster
from core.confided import Confided
from core.features import FEATURES
from core.kind import ActivityKind
from core.reading.commands import Context
from core.reading.numerals import WORDS_EN, number
from core.reading.places import near_place, read_place, same_place
from tests.ours import read_command

NUMBERS = range(1, 121)
HAN = "零一二三四五六七八九"
ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def han(n: int) -> str:
    """As it is written out: 十三, 二十, 一百零三, 一百一十二."""
    if n >= 100:
        rest = n % 100
        tens = "零" if 0 < rest < 10 else "一" if 10 <= rest < 20 else ""
        return HAN[n // 100] + "百" + (tens + han(rest) if rest else "")
    if n < 10:
        return HAN[n]
    return ("" if n < 20 else HAN[n // 10]) + "十" + (HAN[n % 10] if n % 10 else "")


def english(n: int) -> str:
    if n >= 100:
        return f"{ONES[n // 100]} hundred" + (f" and {english(n % 100)}" if n % 100 else "")
    return ONES[n] if n < 20 else TENS[n // 10] + (f"-{ONES[n % 10]}" if n % 10 else "")


def wide(n: int) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in str(n))


def spoken(n: int) -> tuple[str, ...]:
    """What is heard as a building wherever it stands in a sentence."""
    return (
        f"{n}号楼", f"{wide(n)}号楼", f"{han(n)}号楼", f"{n}號樓", f"第{n}号楼", f"{n}幢", f"{han(n)}幢", f"{n}栋",
        f"{han(n)}栋", f"{n}#", f"{wide(n)}＃", f"{n}#楼", f"building {n}", f"Building {n}", f"block {n}", f"bldg {n}",
        f"building {english(n)}",
    )  # fmt: skip


def spellings(n: int) -> tuple[str, ...]:
    """All of them: with those that may be an activity or a day too, with words around, with stray spaces."""
    return (
        *spoken(n), f"{n}号", f"{han(n)}号", f"No. {n}", f"no.{n}", f"№{n}", f"#{n}", f"去{n}号楼", f"我到{han(n)}号楼",
        f"{n}号楼的阳台", f"{n}号楼那里", f"{n}号楼楼下", f" {n} 号楼 ",
    )  # fmt: skip


def alike(n: int) -> list[int]:
    """It and the buildings one could take for it: whose figures hold its own or are held by them, and its neighbours."""
    return [
        m
        for m in NUMBERS
        if str(m) in str(n) or str(n) in str(m) or sorted(str(m)) == sorted(str(n)) or abs(m - n) == 1
    ]


def buildings(label: str, numbers: Iterable[int] = NUMBERS) -> Roster:
    """An activity at each of these buildings of the estate."""
    slots = [
        Slot(
            community_id=1,
            id=n,
            occurrence_id=1,
            label=label.format(n=n, han=han(n)),
            confided=Confided(f"{n} 王奶奶"),
            max=2,
        )
        for n in numbers
    ]
    return Roster(Occurrence(community_id=1, id=1, kind="visit", title="", place=""), slots)


VISITS, BALCONY = (f.activity for f in FEATURES if f.activity and f.name in ("visit", "balcony"))


@pytest.mark.parametrize(
    ("kind", "label"),
    [(VISITS, "{n}号楼"), (VISITS, "{han}号楼"), (BALCONY, "Building {n}")],
    ids=["visits", "visits in words", "balcony in English"],
)
def test_every_building_is_found_by_every_spelling_and_no_other_is(kind: ActivityKind, label: str) -> None:
    for n in NUMBERS:
        sheet = buildings(label, alike(n))
        for said in spellings(n):
            assert [slot.id for slot in kind.slots_for(sheet, said)] == [n], said


@pytest.mark.parametrize("kind", [VISITS, BALCONY], ids=["visits", "balcony"])
def test_of_all_other_buildings_none_is_taken_for_the_only_one_there_is(kind: ActivityKind) -> None:
    whole = buildings("{n}号楼")
    for there in (2, 3, 10, 12, 103):
        sheet = Roster(whole.occurrence, [whole.slots[there - 1]])
        for n in NUMBERS:
            if n != there:
                for said in spellings(n):
                    assert kind.slots_for(sheet, said) == (), (there, said)
                    assert kind.slots_near(sheet, said) == (), (there, said)
                    assert kind.minds(sheet, said), (there, said)


@pytest.mark.parametrize("context", ["private", "reply", "group"])
def test_what_is_said_with_a_join_is_taken_in_whole(context: Context) -> None:
    for n in NUMBERS:
        for said in spoken(n):
            for words in (f"报名 {said}", f"我去{said}") if not said.isascii() else (f"join {said}",):
                command = read_command(words, context=context, open=(1,))
                assert command.intent == "join", words
                assert same_place(command.thing or "", f"{n}号楼"), (words, command)


def test_numbers_written_out_are_read_back() -> None:
    for n in range(1, 1000):
        for written in {han(n), han(n).replace("一百", "百") if 100 <= n < 200 else han(n), english(n)}:
            assert number(written) == n, written
    assert [number(w) for w in ("廿三", "卅一", "一〇三", "一零八", "一百十二", "一百二")] == [
        23,
        31,
        103,
        108,
        112,
        120,
    ]
    assert [number(w) for w in ("二三", "一二三", "十十", "百百", "twenty twelve", "three two", "")] == [None] * 7
    assert WORDS_EN


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("东3号楼", "3号楼"), ("二村3号楼", "3号楼"), ("b3栋", "3栋"), ("A栋", "B栋"), ("3号楼", "3号门"), ("3号楼2单元", "3号楼"),
        ("3号楼502", "3号楼"), ("3-502", "3号楼"), ("3楼", "3号楼"), ("3层", "3号楼"), ("3单元", "3号楼"), ("第3户", "3号楼"),
        ("108弄3号", "3号楼"), ("西南门", "南门"), ("东大门", "大门"), ("northeast gate", "east gate"), ("gate 12", "gate 2"),
        ("building 12", "building 2"), ("一百零三号楼", "三号楼"), ("廿三号楼", "三号楼"), ("二三号楼", "三号楼"), ("13", "3号楼"),
        ("3号楼、5号楼", "5号楼"), ("3-5号楼", "5号楼"), ("2013号楼", "13号楼"), ("3a号楼", "3号楼"), ("3", "3号楼"), ("三", "3号楼"),
        ("小东门", "东门"), ("3号楼孙奶奶", "3号楼"),
    ],
)  # fmt: skip
def test_what_only_ends_or_begins_like_a_place_is_another(said: str, label: str) -> None:
    assert not same_place(said, label)
    assert not same_place(label, said)


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("3号门", "3号门"), ("三号门", "3号门"), ("3号", "3号门"), ("3#", "3号门"), ("东门", "东大门"), ("east gate", "东门"),
        ("3单元", "三单元"), ("household 2", "第2户"), ("第二户", "第2户"), ("a栋", "A栋"), ("Building A", "A栋"),
        ("3号楼2单元", "三号楼 二单元"), ("3号楼502室", "3-502"), ("3号楼那户", "3号楼"), ("㊂号楼", "3号楼"), ("３號樓", "3幢"),
    ],
)  # fmt: skip
def test_one_place_is_one_however_it_is_called(said: str, label: str) -> None:
    assert same_place(said, label)


@pytest.mark.parametrize(
    ("said", "label", "near"),
    [
        ("3楼", "3号楼", True), ("3", "3号楼", True), ("东3号楼", "3号楼", True), ("3号楼401", "3号楼", True),
        ("3号门", "3号楼", True), ("活动室那里", "活动室", True), ("13", "3号楼", False), ("13楼", "3号楼", False),
        ("23号楼", "3号楼", False), ("5号楼303", "3号楼", False), ("红烧肉", "3号楼", False), ("", "3号楼", False), ("3", "", False),
    ],
)  # fmt: skip
def test_what_is_only_like_a_place_may_be_asked_about(said: str, label: str, near: bool) -> None:
    assert near_place(said, label) is near


@pytest.mark.parametrize(
    "words", ["", "号楼", "楼", "第", "#", "-", "3" * 500, "一" * 500, "3号楼" * 200, "\x00", "𝟛号楼", "٣号楼"]
)
def test_no_words_make_it_raise(words: str) -> None:
    assert read_place(words) is None or words
    assert near_place(words, words) in (True, False)
