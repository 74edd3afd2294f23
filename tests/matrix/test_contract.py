"""The contract of all networks, kept in a plain room and in an encrypted one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from adapters.matrix import CAN
from adapters.matrix.login import login
from adapters.matrix.settings import MatrixSettings
from core.messages import Bold, Message
from tests.adapters.contract import NetworkContract
from tests.adapters.hostile import CORPUS, storable
from tests.adapters.place import Place, seen
from tests.matrix.place import place as made
from tests.matrix.synapse import Synapse


@pytest.fixture
async def settings(synapse: Synapse, tmp_path: Path) -> MatrixSettings:
    """Of a bot that has just logged in."""
    chosen = MatrixSettings(synapse.url, synapse.register("bot"), tmp_path / "matrix")
    await login(chosen, "password")
    return chosen


class MatrixContract(NetworkContract):
    """All of it; what is hostile is said in one room, for a server of its own kind makes rooms slowly."""

    async def test_hostile_text_is_shown_as_text_and_pings_nobody(self, place: Place) -> None:
        chen = await place.person("陈伯")
        for number, (name, text) in enumerate(CORPUS.items()):
            words = (text if storable(text) else text.replace("\x00", "")) + ("" if seen(text) else ".")
            await place.network.send(place.group, Message(("前", words, Bold("粗"), "\n后")), f"k{number}")
            shown = (await place.screen(place.group))[-1].text
            assert shown.startswith("前"), name
            assert shown.endswith("后"), name
            assert not storable(text) or self._same(shown, f"前{words}粗\n后"), name
        assert len(await place.screen(place.group)) == len(CORPUS)
        assert await place.pinged(chen) == 0


class TestAPlainRoom(MatrixContract, can=CAN):
    @pytest.fixture
    async def place(
        self, synapse: Synapse, http: aiohttp.ClientSession, settings: MatrixSettings
    ) -> AsyncIterator[Place]:
        async with made(synapse, http, settings, encrypted=False) as here:
            yield here


class TestAnEncryptedRoom(MatrixContract, can=CAN):
    @pytest.fixture
    async def place(
        self, synapse: Synapse, http: aiohttp.ClientSession, settings: MatrixSettings
    ) -> AsyncIterator[Place]:
        async with made(synapse, http, settings, encrypted=True) as here:
            yield here
