"""Whose records were within reach of an account that was lost: for the operator, who must tell them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.backup import NotDone
from bot.breach import Reached, breach, lines
from bot.config import Config, load
from core.audit import AuditLine
from core.seals import keep_keys
from tests.keys import KEYS
from tests.street import YANG, Street, street


def settings(here: Street, folder: Path) -> Config:
    """The settings of the street's own database."""
    text = f'[community]\nname = "邻里"\n[database]\nurl = "{here.url}"\n'
    (folder / "config.toml").write_text(text, encoding="utf-8")
    keep_keys(replace(KEYS, file=folder / "xiaobandeng.key"))
    return load(folder / "config.toml", {})


async def test_a_visitor_reached_those_whom_they_were_shown_and_a_coordinator_all(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "王伯", posted="") as here:
        for words in ("登记 孙奶奶 3号楼502 13900001111", "登记 李爷爷 5号楼301 13900002222"):
            await here.say(YANG, words, None)
            await here.deliver()
            await here.press(YANG, "确认")
            await here.deliver()
        await here.post("发布 慰问 2026-11-24 09:00-11:00 孙奶奶 1人")
        await here.say("陈伯", "报名")
        await here.say("王伯", "帮周奶奶报名")
        await here.later(days=1)
        now, config = here.clock.now(), settings(here, tmp_path)
        await here.die()
        seen = {(each.how, each.name) for each in breach(config, "scene:陈伯", now)}
        assert seen == {("own", "陈伯"), ("shown", "孙奶奶 3号楼"), ("messages", "")}
        all_ = {(each.how, each.name) for each in breach(config, f"scene:{YANG}", now)}
        assert {("shown", "孙奶奶 3号楼"), ("could", "李爷爷 5号楼"), ("everybody", "")} <= all_
        assert ("ward", "周奶奶") in {(each.how, each.name) for each in breach(config, "scene:王伯", now)}
        with pytest.raises(NotDone, match="没有人用"):
            breach(config, "telegram:1", now)
        shown = CliRunner().invoke(app, ["breach", "scene:陈伯", "--config", str(tmp_path / "config.toml")])
        assert (shown.exit_code, "孙奶奶 3号楼" in shown.output) == (0, True)
        await here.start()
        assert [line.verb for line in here.rows(AuditLine)].count("breach_asked") == 4
        assert lines(config, [Reached("own", "陈伯")], config.community.zone) == ["本人：陈伯"]
