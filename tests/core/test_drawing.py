"""Drawing in large type: lines that fit, letters that every font has, a height that can be read."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.drawing import fonts
from core.drawing.drawn import EDGE, HIGHEST, SIZES, WIDE, drawn
from core.drawing.letters import Letters, seen
from core.drawing.values import Drawing, Row, Sheet, Tile

FONT = fonts.found()
HERE = pytest.mark.skipif(FONT is None, reason="no font here can write Chinese")
MOMENT = "周二 14:05 的名单"


def picture(sheet: Sheet) -> Image.Image:
    assert FONT is not None
    opened = Image.open(BytesIO(drawn(Drawing(sheet, MOMENT, FONT, "还有{n}行"))))
    opened.load()
    return opened


def letters(size: int = SIZES[0]) -> Letters:
    assert FONT is not None
    return Letters(FONT, size)


@HERE
@given(st.text(st.characters(codec="utf-8"), max_size=120), st.sampled_from(SIZES))
@settings(max_examples=60, deadline=None)
def test_lines_hold_all_that_is_seen_and_none_is_too_wide(words: str, size: int) -> None:
    type_ = letters(size)
    lines = type_.lines(words, WIDE - 2 * EDGE, 40)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", seen(words))
    assert [line for line in lines if type_.width(line) > WIDE - 2 * EDGE and len(line) > 1] == []


@HERE
def test_a_name_and_a_number_are_not_torn_apart() -> None:
    names = [f"欧阳{n}阿姨" for n in "一二三四五六七八九十"]
    lines = letters().lines("3号楼 12/20：" + "、".join(names), WIDE - 2 * EDGE)
    assert [name for name in names if not any(name in line for line in lines)] == []
    assert all(line[0] not in "、，。：）" for line in lines)


def test_a_dish_stands_on_one_line_with_who_brings_it() -> None:
    dishes = ["凉拌黄瓜 8份（李阿姨）", "凉拌海蜇 8份（欧阳阿姨）", "酱鸭 6份（孙伯伯）"]
    lines = letters().lines("凉菜 3/4：" + "、".join(dishes), WIDE - 2 * EDGE)
    assert [dish for dish in dishes if not any(dish in line for line in lines)] == []


@HERE
def test_what_a_font_lacks_is_drawn_with_another_or_stands_as_a_dot() -> None:
    type_ = letters()
    runs = type_.runs("李阿姨👩‍👧‍👦😊Ἀθῆναι\U0001f1e8\U0001f1f3\U0002ffff")
    assert "".join(run.words for run in runs).startswith("李阿姨")
    nothing = {fonts.nothing(run.type_) for run in runs}
    for run in runs:
        for letter in run.words:
            assert letter.isspace() or bytes(run.type_.getmask(letter)) not in nothing, (run.words, letter)


@HERE
@pytest.mark.parametrize("n", [0, 1, 12, 40, 300])
def test_a_picture_is_never_higher_than_can_be_read(n: int) -> None:
    rows = tuple(Row(f"{k}号楼 {k % 3}/2：陈伯、李阿姨、王师傅、赵老师、欧阳阿姨") for k in range(n))
    shown = picture(Sheet("一米阳台 #1", rows))
    assert (shown.width, shown.height <= HIGHEST) == (WIDE, True)
    assert shown.convert("L").getpixel((5, 5)) == pytest.approx(55, abs=20), "the title stands on a dark ground"


@HERE
@pytest.mark.parametrize("n", [1, 2, 3, 10, 17, 60])
def test_a_map_fits_as_well(n: int) -> None:
    tiles = tuple(Tile(f"{k}号楼", "已种", ("月季", "欧阳老师照看"), "good") for k in range(n))
    assert picture(Sheet("阳台", tiles=tiles)).height <= HIGHEST


@HERE
def test_the_same_has_the_same_name_and_another_moment_another() -> None:
    assert FONT is not None
    one = Drawing(Sheet("巡逻", (Row("报名 1/2"),)), MOMENT, FONT)
    assert one.name == Drawing(Sheet("巡逻", (Row("报名 1/2"),)), MOMENT, FONT).name
    assert len({one.name, Drawing(one.sheet, "周二 14:06 的名单", FONT).name}) == 2
    Drawing(Sheet("\udcff", ()), MOMENT, FONT).name.encode("ascii")


def test_a_font_that_is_none_is_not_taken(tmp_path: Path) -> None:
    file = tmp_path / "a.ttf"
    file.write_text("no font")
    assert not fonts.writes((str(file), 0))
    assert not fonts.writes((str(tmp_path / "gone.ttf"), 0))
    latin = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
    assert not fonts.writes((latin, 0)), "it has no Chinese"
    assert fonts.found("none") is None
    assert fonts.found(str(file)) == fonts.found(), "another is found"
