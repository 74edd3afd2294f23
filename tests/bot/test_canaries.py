"""What is confided: a day of visits, every confided word a canary, and every place looked at where none may be."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.scene.network import CAN, person, private
from core.audit import AuditLine
from core.messages import Said
from core.network import Can
from tests.bot.logged import logged as everything
from tests.core.canaries import database, in_clear
from tests.street import GROUP, YANG, Street, street

CANARIES = ("欧阳金丝雀", "13917775501", "501号", "7弄88号909室", "百日咳", "钥匙在花盆底下")
VISIT = (
    "发布 慰问 2026-11-28 09:00-11:00 2户 每户1人\n"
    "1号楼 7弄88号909室 欧阳金丝雀 13917775501\n3号楼 303室 孙奶奶\n"
    "备注：百日咳，钥匙在花盆底下"
)
BUTTONLESS = replace(CAN, buttons=False)
TYPED = replace(CAN, buttons=False, reactions=False, toasts=False, edits=False)


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that is logged at DEBUG, as it leaves the process."""
    with everything() as stream:
        yield stream


async def a_day_of_visits(here: Street) -> None:
    """Posted, claimed, full, waited for, asked about, edited, left, reminded, done, cancelled."""
    await here.say(YANG, VISIT, None)
    await here.deliver()
    await here.say(YANG, "发布", None)
    await here.deliver()
    for name in ("陈伯", "李阿姨", "王伯", "生人"):
        await here.say(name, "报名")
        await here.deliver()
    for name, words in (
        ("陈伯", "名单 1"), ("王伯", "我的"), ("王伯", "活动"), ("陈伯", "退出"), ("李阿姨", "帮助"),
        (YANG, "名单 1"), (YANG, "改 1 10:00-12:00"), (YANG, "加 赵叔 1"), ("李阿姨", "帮周奶奶报名 1"),
        ("王伯", "报名 欧阳金丝雀"), ("李阿姨", "结束"),
    ):  # fmt: skip
        await here.say(name, words)
        await here.deliver()
    for name in ("陈伯", "李阿姨", "王伯", YANG):
        for words in ("名单 1", "我的", "活动", "报名 1"):
            await here.say(name, words, None)
            await here.deliver()
    here.network.closed.add("李阿姨")
    here.network.closed.add("王伯")
    await here.at(datetime(2026, 11, 27, 12, tzinfo=UTC))
    await here.at(datetime(2026, 11, 28, 2, 30, tzinfo=UTC))
    for name in ("李阿姨", "王伯"):
        await here.say(name, "到了")
        await here.say(name, "平安结束")
    await here.say(YANG, "取消 1", None)
    await here.deliver()
    await here.say(YANG, "确认", None)
    await here.deliver()


def group_saw(here: Street) -> str:
    """Every version of everything that ever stood in the group, buttons and their data, and every toast."""
    parts = [repr(version) for shown in here.network.screens.put_on(GROUP) for version in shown.versions]
    parts += [repr(call) for call in here.network.calls if not call.chat.private]
    parts += [moment.text for moment in here.network.screens.log if moment.kind == "toast" and not moment.chat.private]
    return "\n".join(parts)


def pressed_data(here: Street) -> str:
    """What buttons carry, in every chat."""
    return "\n".join(a.id for c in here.network.calls if c.message is not None for a in c.message.actions)


@pytest.mark.parametrize("can", [CAN, BUTTONLESS, TYPED], ids=["buttons", "reactions", "words"])
async def test_nothing_confided_is_seen_in_a_group_or_in_the_log(tmp_path: Path, logged: io.StringIO, can: Can) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", "王伯", "赵叔", posted="", can=can) as here:
        here.network.closed.add("生人")
        await a_day_of_visits(here)
        told = "\n".join(text for name in ("陈伯", "李阿姨", "王伯") for text in here.texts(name))
        assert "欧阳金丝雀" in told, "those who promised are told"
        seen = group_saw(here)
        assert "慰问" in seen
        spoken = {"欧阳金丝雀"} if "报名 欧阳金丝雀" in repr(here.network.screens.log) else set()
        for canary in CANARIES:
            if canary not in spoken:
                assert canary not in seen, canary
            assert canary not in logged.getvalue(), canary
            assert canary not in pressed_data(here), canary
            assert canary not in repr(here.rows(AuditLine)), canary
        assert in_clear(CANARIES, database(tmp_path / "street.db")) == set()
        for name in ("陈伯", "李阿姨", "王伯", "赵叔", YANG):
            assert name not in logged.getvalue()


async def test_who_waits_or_only_asks_is_told_nothing_confided(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", "王伯", "赵叔", posted="") as here:
        await here.say(YANG, VISIT, None)
        await here.deliver()
        await here.press(YANG, "发布")
        for name in ("陈伯", "李阿姨", "王伯"):
            await here.say(name, "报名")
            await here.deliver()
        for name in ("王伯", "赵叔"):
            for words in ("名单 1", "我的", "活动"):
                await here.say(name, words, None)
                await here.deliver()
            for canary in CANARIES:
                assert canary not in "\n".join(here.texts(name)), (name, canary)
        told = "\n".join(here.texts("陈伯"))
        assert "百日咳" in told


async def test_an_error_at_every_step_lets_nothing_confided_into_the_log(
    tmp_path: Path, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(turn: object, said: Said) -> None:
        raise ValueError(f"cannot read {said.text} of {said.person.name}")

    async with street(tmp_path, "陈伯", posted="") as here:
        monkeypatch.setattr("core.take_in.hear", broken)
        await here.say(YANG, VISIT, None)
        await here.deliver()
        monkeypatch.undo()
        await here.say(YANG, VISIT, None)
        await here.deliver()
        monkeypatch.setattr("core.deeds.claiming.put_down", lambda *a, **k: (_ for _ in ()).throw(KeyError(str(a))))
        await here.press(YANG, "发布")
        await here.deliver()
        await here.say("陈伯", "报名")
        await here.deliver()
        assert "event failed" in logged.getvalue()
        for secret in (*CANARIES, "陈伯", YANG):
            assert secret not in logged.getvalue(), secret


async def test_a_private_message_that_cannot_be_delivered_is_never_said_in_the_group(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted="") as here:
        await here.say(YANG, VISIT, None)
        await here.deliver()
        await here.press(YANG, "发布")
        await here.deliver()
        here.network.closed.update(("陈伯", "李阿姨"))
        await here.say("陈伯", "报名")
        await here.press("李阿姨", "我来")
        await here.deliver()
        await here.at(datetime(2026, 11, 28, 1, tzinfo=UTC))
        for canary in CANARIES:
            assert canary not in group_saw(here), canary
        assert private(person("陈伯")).id not in {s.chat.id for s in here.network.screens.put_on(GROUP)}
