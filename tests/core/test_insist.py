"""An event is handed over until it is stored, and what stands in the log says nothing of it."""

from __future__ import annotations

import asyncio
import logging

import pytest

from core.messages import Answer, Chat, Event, Person, Said
from core.network import insist

EVENT = Said("e1", Chat("scene", "group"), Person("scene", "chen", "陈伯"), "我来", "m1")


async def test_what_cannot_be_stored_is_tried_again_and_the_last_wait_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    tried: list[Event] = []

    async def receive(event: Event) -> Answer:
        tried.append(event)
        if len(tried) < 5:
            raise OSError("cannot write 陈伯: 我来")
        return Answer("好")

    with caplog.at_level(logging.DEBUG):
        assert await insist(receive, EVENT, waits=(0.0, 0.001)) == Answer("好")
    assert tried == [EVENT] * 5
    assert [vars(record)["seconds"] for record in caplog.records] == [0.0, 0.001, 0.001, 0.001]
    assert {vars(record)["why"] for record in caplog.records} == {"OSError"}
    assert "陈伯" not in caplog.text
    assert "我来" not in caplog.text


async def test_who_is_cancelled_while_waiting_stops() -> None:
    async def receive(event: Event) -> Answer:
        raise OSError

    task = asyncio.create_task(insist(receive, EVENT, waits=(60.0,)))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
