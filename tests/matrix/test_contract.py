"""The contract of all networks, kept in a plain room and in an encrypted one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from adapters.matrix import CAN
from adapters.matrix.login import login
from adapters.matrix.settings import MatrixSettings
from tests.adapters.contract import NetworkContract
from tests.adapters.place import Place
from tests.matrix.place import place as made
from tests.matrix.synapse import Synapse


@pytest.fixture
async def settings(synapse: Synapse, tmp_path: Path) -> MatrixSettings:
    """Of a bot that has just logged in."""
    chosen = MatrixSettings(synapse.url, synapse.register("bot"), tmp_path / "matrix")
    await login(chosen, "password")
    return chosen


class TestAPlainRoom(NetworkContract, can=CAN):
    @pytest.fixture
    async def place(
        self, synapse: Synapse, http: aiohttp.ClientSession, settings: MatrixSettings
    ) -> AsyncIterator[Place]:
        async with made(synapse, http, settings, encrypted=False) as here:
            yield here


class TestAnEncryptedRoom(NetworkContract, can=CAN):
    @pytest.fixture
    async def place(
        self, synapse: Synapse, http: aiohttp.ClientSession, settings: MatrixSettings
    ) -> AsyncIterator[Place]:
        async with made(synapse, http, settings, encrypted=True) as here:
            yield here
