"""What stands in the log is told as a sentence, in the file of everything that is held about somebody."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import core.features  # noqa: F401  each feature brings its own words
from core.words import catalogue
from tests.features.talking import press, say
from tests.features.test_held import REGISTER, files
from tests.street import YANG, street

ROOT = Path(__file__).parents[2]
SAID_ELSEWHERE = """
join add leave remove decline undo here done on_the_way edit edit_undone called no_answer link_made
link_renewed link_ended knock_refused group_link rank_given rank_taken role_deputy role_visits
role_patrols report_fine report_follow_up report_urgent matter_step matter_given matter_still
matter_again matter_solved matter_well matter_no matter_planned matter_held group_settings
group_confirmed group_kept
"""
"""Verbs that are written with a name and not as they are: `work.log(verb, ...)`."""


def written() -> Iterator[str]:
    """Every verb that stands as it is where something is written into the log."""
    for file in (*ROOT.glob("core/**/*.py"), *ROOT.glob("bot/*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr="log", value=of), args=[verb, *_]) if "work" in ast.unparse(of):
                    yield from constants(verb)
                case ast.Call(func=ast.Attribute(attr="record", value=ast.Name("audit")), args=[_, _, _, verb, *_]):
                    yield from constants(verb)


def constants(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(verb)):
            yield verb
        case ast.IfExp(body=one, orelse=other):
            yield from (*constants(one), *constants(other))


def test_every_verb_of_the_log_has_its_sentence() -> None:
    verbs = {*written(), *SAID_ELSEWHERE.split()}
    assert len(verbs) > 100
    assert [verb for verb in sorted(verbs) if not catalogue().has(f"log.did.{verb}")] == []


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("zh", ("2026-11-23 09:00 您报了名：巡逻 #1", "2026-11-23 09:00 您说有一阵不在", "您退出了：巡逻 #1")),
        ("en", ("2026-11-23 09:00 you signed up: ", "you said they would be away", "you left: ")),
    ],
)
async def test_each_line_of_ones_own_file_is_a_sentence(tmp_path: Path, lang: str, told: tuple[str, ...]) -> None:
    async with street(tmp_path, "陈伯", "李阿姨") as here:
        await say(here, "陈伯", "报名", "我不在 2026-12-01到2026-12-03", "退出", "帮李阿姨报名")
        if lang == "en":
            await say(here, "陈伯", "speak english")
        await say(here, "陈伯", "my data" if lang == "en" else "我的资料")
        page = files(here)[-1][1].data.decode()
        assert [line for line in told if line not in page] == []
        assert "李阿姨" not in page  # another neighbour is named in nobody's file


async def test_who_read_what_of_an_elder_is_a_sentence(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await say(here, YANG, REGISTER)
        await press(here, YANG, "确认")
        await say(here, YANG, "孙奶奶", "孙奶奶的资料")
        page = files(here)[-1][1].data.decode()
        for line in ("杨老师看过资料", "杨老师做了登记", "杨老师问过本人，同意登记"):
            assert f"2026-11-23 09:00 {line}" in page, line
