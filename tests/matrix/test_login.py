"""Logging in without a password, what is said before the first run, and an identity that outlives its folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from adapters.matrix import oauth
from adapters.matrix.check import check
from adapters.matrix.login import Proof, login
from adapters.matrix.network import Matrix
from adapters.matrix.recovery import WrongKeyError, locked, read, unlocked, written
from adapters.matrix.settings import MatrixSettings
from adapters.matrix.store import Login, Store
from core.messages import Entered, Said
from core.network import UnusableError
from tests.matrix.conftest import Bot, NewPerson
from tests.matrix.person import Person
from tests.matrix.synapse import Synapse


@pytest.fixture
def settings(synapse: Synapse, tmp_path: Path) -> MatrixSettings:
    return MatrixSettings(synapse.url, synapse.register("bot"), tmp_path / "matrix", patience=0.5)


async def test_what_is_said_between_logging_in_and_the_first_run_is_read(
    settings: MatrixSettings, person: NewPerson, synapse: Synapse, http: aiohttp.ClientSession
):
    her = await person("李阿姨")
    before = await her.create(settings.user)
    await (await Person.log_in(synapse.url, settings.user, http)).join(before)
    await her.say(before, "登录以前说的")
    await login(settings, "password")
    await her.say(before, "报名")
    after = await her.create(settings.user)
    bot = Bot(settings, settings.user, Matrix(settings))
    await bot.start()
    try:
        assert (await bot.hears(Said)).text == "报名"
        await her.say(before, "我来")
        assert (await bot.hears(Said, 2)).text == "我来"
        assert {event.chat.id for event in bot.all_of(Entered)} >= {before}
        await bot.settle()
        assert Store(settings.store).place.begun
        assert after in (await bot.network._ready()).stream.rooms
    finally:
        await bot.stop()


async def test_a_token_logs_in_and_no_token_of_somebody_else(
    settings: MatrixSettings, synapse: Synapse, http: aiohttp.ClientSession, person: NewPerson
):
    token = (await Person.log_in(synapse.url, settings.user, http)).token
    await login(settings, Proof(token=token))
    assert all(good for good, key, _ in await check(settings) if key != "check.any_group")
    other = await person("陈伯")
    with pytest.raises(UnusableError, match=other.user):
        await login(settings, Proof(token=other.token))


async def test_the_recovery_key_brings_the_identity_back(settings: MatrixSettings):
    key = await login(settings, "password")
    assert len(key.split()) >= 12
    identity = Store(settings.store).seeds
    assert await login(settings, "password") == "", "it is shown once"
    shutil.rmtree(settings.store)
    with pytest.raises(UnusableError):
        await login(settings, Proof("password", recovery=written(bytes(32))))
    assert await login(settings, Proof("password", recovery=f" {key.replace(' ', '')} ")) == ""
    assert Store(settings.store).seeds == identity
    assert (True, "check.encrypted") in [(good, found) for good, found, _ in await check(settings)]


def test_a_recovery_key_is_read_as_it_was_written_and_a_slip_of_the_pen_is_seen():
    key = bytes(range(32))
    assert read(written(key)) == key
    assert written(key).startswith("Es"), "every key of Matrix begins so"
    for wrong in ("", "EsT", written(key)[:-1], written(key)[:-1] + "2", written(key).replace("E", "0")):
        with pytest.raises(WrongKeyError):
            read(wrong)
    box = locked(key, "m.cross_signing.master", b"secret")
    assert unlocked(key, "m.cross_signing.master", box) == b"secret"
    with pytest.raises(WrongKeyError):
        unlocked(key, "m.cross_signing.self_signing", box)


# ------------------------------------------------------------ a server without passwords


class Provider:
    """What stands in front of a server without passwords: it knows its own tokens, which end, and lets them through as
    the one that the server knows."""

    def __init__(self, behind: Synapse, user: str, real: str) -> None:
        self.behind, self.user, self.real = behind, user, real
        self.url = ""
        self.asked = 0
        self.good = ""
        self.given = 0
        self.renewals: set[str] = set()

    async def metadata(self, _request: web.Request) -> web.Response:
        names = ("registration_endpoint", "device_authorization_endpoint", "token_endpoint")
        return web.json_response({name: f"{self.url}/oauth/{name}" for name in names})

    async def register(self, request: web.Request) -> web.Response:
        about = await request.json()
        assert oauth.GRANT in about["grant_types"]
        return web.json_response({"client_id": "C"}, status=201)

    async def device(self, request: web.Request) -> web.Response:
        form = await request.post()
        assert "urn:matrix:client:api:*" in str(form["scope"])
        page = {"verification_uri": f"{self.url}/link", "user_code": "ABCD", "device_code": "D"}
        return web.json_response({**page, "interval": 0.01, "expires_in": 60})

    async def token(self, request: web.Request) -> web.Response:
        form = await request.post()
        if form["grant_type"] == oauth.GRANT:
            self.asked += 1
            if self.asked < 3:
                return web.json_response({"error": "authorization_pending"}, status=400)
        elif form["refresh_token"] not in self.renewals:
            return web.json_response({"error": "invalid_grant"}, status=400)
        self.given += 1
        self.good = f"token{self.given}"
        self.renewals = {f"renewal{self.given}"}
        fresh = {"access_token": self.good, "refresh_token": f"renewal{self.given}", "expires_in": 300}
        return web.json_response(fresh)

    async def through(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {self.good}":
            return web.json_response({"errcode": "M_UNKNOWN_TOKEN"}, status=401)
        headers = {"Authorization": f"Bearer {self.real}", "Content-Type": "application/json"}
        url = self.behind.url + request.raw_path
        async with (
            aiohttp.ClientSession() as session,
            session.request(request.method, url, data=await request.read(), headers=headers) as answer,
        ):
            return web.Response(status=answer.status, body=await answer.read(), content_type="application/json")

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        application = web.Application()
        application.router.add_get("/_matrix/client/v1/auth_metadata", self.metadata)
        application.router.add_post("/oauth/registration_endpoint", self.register)
        application.router.add_post("/oauth/device_authorization_endpoint", self.device)
        application.router.add_post("/oauth/token_endpoint", self.token)
        application.router.add_route("*", "/{path:.*}", self.through)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield
        finally:
            await runner.cleanup()


async def test_a_code_typed_on_a_page_logs_in_and_its_tokens_are_renewed(
    settings: MatrixSettings, synapse: Synapse, http: aiohttp.ClientSession
):
    real = (await Person.log_in(synapse.url, settings.user, http)).token
    provider = Provider(synapse, settings.user, real)
    shown: list[oauth.Code] = []
    async with provider.open():
        ours = replace(settings, homeserver=provider.url)
        await login(ours, Proof(code=shown.append))
        assert shown == [oauth.Code(f"{provider.url}/link", "ABCD")]
        store = Store(settings.store)
        store.login = replace(kept(store), ends=1.0)
        before = kept(store)
        bot = Bot(ours, settings.user, Matrix(ours))
        await bot.start()
        await bot.stop()
        after = kept(store)
        assert (before.token, after.token) == ("token1", "token2")
        assert after.renewal == "renewal2", "what renews it next is on the disk"
        assert json.loads((settings.store / "login.json").read_text())["token"] == "token2"


def kept(store: Store) -> Login:
    assert store.login is not None
    return store.login
