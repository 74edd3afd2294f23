"""Playing scene files: what is printed, how it ends, and what time does in between."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.play import FAILED, NO_SCENE, PLAYED, play

POSTED = """coordinator 杨老师
member 陈伯
at 2026-11-23 09:00
杨老师: 发布 巡逻 本周五 19:00-21:00 东门集合 2人
杨老师 presses 发布
"""


def played(tmp_path: Path, text: str) -> tuple[int, list[str]]:
    path = tmp_path / "a.scene"
    path.write_text(text, encoding="utf-8")
    lines: list[str] = []
    return play([path], lines.append), lines


def test_a_scene_that_holds_ends_well(tmp_path: Path) -> None:
    code, lines = played(tmp_path, POSTED + "see group: 0/2\nposted group: 1\n")
    assert code == PLAYED
    assert lines[-1] == "2 passed, 0 failed"


def test_the_conversation_is_written_out_with_times_and_edits_marked(tmp_path: Path) -> None:
    _, lines = played(tmp_path, POSTED + "at +30m\n陈伯: +1\n")
    said = [line for line in lines if "陈伯: +1" in line]
    assert said == ["09:30  group | 陈伯: +1"]
    assert [line for line in lines if line.startswith("09:00  group | bot: ")]
    assert [line for line in lines if line.startswith("09:30  group | bot (edit): ")]


def test_each_failed_check_is_named_with_file_and_line(tmp_path: Path) -> None:
    code, lines = played(tmp_path, POSTED + "see group: 2/2\nsee group: 0/2\nposted group: 7\n")
    assert code == FAILED
    assert lines[-3].startswith(f"{tmp_path / 'a.scene'}:6: ")
    assert lines[-2].startswith(f"{tmp_path / 'a.scene'}:8: ")
    assert lines[-1] == "1 passed, 2 failed"


@pytest.mark.parametrize(
    "line", ["陈伯 presses 不存在", "陈伯 presses 我来 on 百家饭", "陈伯 replies to 百家饭: +1", "陈伯 edits: +1"]
)
def test_a_line_that_cannot_be_carried_out_has_failed_and_the_scene_goes_on(tmp_path: Path, line: str) -> None:
    code, lines = played(tmp_path, f"{POSTED}{line}\nsee group: 0/2\n")
    assert code == FAILED
    assert lines[-2].startswith(f"{tmp_path / 'a.scene'}:6: ")
    assert lines[-1] == "1 passed, 1 failed"


def test_a_file_that_is_no_scene_is_named_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = played(tmp_path, POSTED + "hello\n")
    assert code == NO_SCENE
    assert lines == []
    assert capsys.readouterr().err.startswith(f"{tmp_path / 'a.scene'}:6: expected ")


def test_a_file_that_is_no_text_is_named_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.scene"
    path.write_bytes(b"member a\nmember \xff\n")
    assert play([path]) == NO_SCENE
    assert capsys.readouterr().err.startswith(f"{path}:2: expected text in UTF-8")


def test_a_file_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert play([tmp_path / "none.scene"]) == NO_SCENE
    assert str(tmp_path / "none.scene") in capsys.readouterr().err


def test_several_files_are_counted_together(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.scene", tmp_path / "bad.scene"
    good.write_text(POSTED + "see group: 0/2\n", encoding="utf-8")
    bad.write_text(POSTED + "see group: 1/2\n", encoding="utf-8")
    lines: list[str] = []
    assert play([good, bad], lines.append) == FAILED
    assert lines[-1] == "1 passed, 1 failed"
    assert lines[-2].startswith(f"{bad}:6: ")


def test_nobody_is_greeted_who_was_there_before(tmp_path: Path) -> None:
    text = "group 东区\ncoordinator 杨老师\nmember 陈伯\nstranger 赵叔\nat 2026-11-23 09:00\nat +3d\n"
    checks = "".join(f"posted {place}: 0\n" for place in ("group", "东区", "杨老师", "陈伯", "赵叔"))
    code, lines = played(tmp_path, text + checks)
    assert code == PLAYED, "\n".join(lines)
    assert lines[-1] == "5 passed, 0 failed"


def test_a_scene_of_nothing_passes(tmp_path: Path) -> None:
    assert played(tmp_path, "# nothing\n") == (PLAYED, ["0 passed, 0 failed"])


def test_what_falls_due_on_the_way_happens_at_its_own_minute_and_in_order(tmp_path: Path) -> None:
    _, lines = played(tmp_path, POSTED + "陈伯: +1\nat 2026-11-28 00:00\n")
    reminders = [
        line for line in lines if line[7:].startswith("陈伯 (private) | bot:") and line[:5] in ("19:00", "18:00")
    ]
    assert [line[:5] for line in reminders] == ["19:00", "18:00"]


def test_chinese_comes_out_whatever_the_terminal_says_it_can_do(tmp_path: Path) -> None:
    path = tmp_path / "a.scene"
    path.write_text(POSTED + "see group: 0/2\n", encoding="utf-8")
    run = [
        sys.executable,
        "-c",
        "import sys, pathlib; from bot.play import play; sys.exit(play([pathlib.Path(sys.argv[1])]))",
    ]
    done = subprocess.run(
        [*run, str(path)],
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": ":".join(sys.path)},
    )
    assert done.returncode == PLAYED, done.stderr.decode()
    assert "东门" in done.stdout.decode()


def test_a_long_scene_plays_in_seconds(tmp_path: Path) -> None:
    people = [f"邻居{n}" for n in range(30)]
    talk = "".join(f"{who}: +1\n{who}: 我的\n{who} presses 退出 on 巡逻\n" for who in people)
    code, lines = played(tmp_path, POSTED + talk + "see group: 0/2\n")
    assert code == PLAYED, "\n".join(lines[-5:])


def test_a_code_is_shown_only_where_nobody_coordinates(tmp_path: Path) -> None:
    text = "coordinator 杨老师\nat 2026-11-23 09:00\ncode\n"
    code, lines = played(tmp_path, text)
    assert code == FAILED
    assert "somebody coordinates" in lines[-2]


def test_what_is_said_before_a_code_was_shown_stays_as_it_is_written(tmp_path: Path) -> None:
    text = "member 陈伯\nat 2026-11-23 09:00\n陈伯: 大家好 {code}\n"
    _, lines = played(tmp_path, text)
    assert any(line.endswith("陈伯: 大家好 {code}") for line in lines)
