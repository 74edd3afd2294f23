"""The questions that are put to the real Telegram by hand are answered by the stand-in as we expect of Telegram."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.telegram.by_hand import ask
from tests.telegram.world import World


@pytest.fixture
def world() -> Iterator[World]:
    """One question breaks a rule on purpose, so what is against the rules is not looked at here."""
    return World()


async def test_the_stand_in_answers_as_telegram_should(server, world):
    server.flood.on = False
    stranger = world.person("王伯", opened=False)
    group = world.group("邻里", world.person("陈伯"), bot="administrator")
    found = await ask(server.url, world.token, group.id, stranger.id, breath=0)
    assert [each for each in found if not each.good] == []
    assert len(found) > 15
