"""The check: what an operator reads about settings, database and networks before anything runs."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.web.people import invite, invited
from bot.check import Finding, check
from bot.config import load
from bot.lease import lease
from bot.wording import catalogue
from core.db import Database
from core.words import LANGUAGES


async def found(folder: Path, text: str, **environ: str) -> list[Finding]:
    path = folder / "config.toml"
    path.write_text(f'[community]\nlang = "en"\n[web]\naddress = "127.0.0.1:0"\n{text}')
    path.chmod(0o600)
    return [finding async for finding in check(load(path, environ))]


def about(findings: list[Finding], what: str) -> list[tuple[bool, str]]:
    return [(finding.good, finding.said) for finding in findings if finding.about == what]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_a_database_that_is_not_there_yet_will_be_made(tmp_path: Path) -> None:
    findings = await found(tmp_path, "")
    assert about(findings, "database") == [(True, f"{tmp_path}/xiaobandeng.db will be made by itself")]
    assert names(tmp_path) == ["config.toml"]


async def test_a_whole_database_is_said_to_be_whole_and_a_running_bot_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "xiaobandeng.db"
    database = Database(f"sqlite:///{file}")
    database.migrate()
    database.close()
    ((good, said),) = about(await found(tmp_path, ""), "database")
    assert (good, f"{file} is whole" in said) == (True, True)
    with lease(file):
        first, _ = about(await found(tmp_path, ""), "database")
    assert first[0]
    assert f"a bot (process {os.getpid()}) is already running" in first[1]


async def test_a_spoilt_database_is_bad(tmp_path: Path) -> None:
    (tmp_path / "xiaobandeng.db").write_bytes(b"no database at all" * 1000)
    ((good, said),) = about(await found(tmp_path, ""), "database")
    assert not good
    assert "not a database of this program" in said


async def test_a_database_server_that_does_not_answer_is_bad_and_its_password_stays_untold(tmp_path: Path) -> None:
    findings = await found(tmp_path, '[database]\nurl = "postgresql://u:canary@127.0.0.1:1/x"')
    ((good, said),) = about(findings, "database")
    assert not good
    assert "PostgreSQL needs" in said
    assert "canary" not in said


async def test_an_address_in_use_is_bad(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        address = f"127.0.0.1:{other.getsockname()[1]}"
        findings = await found(tmp_path, "", XIAOBANDENG_WEB__ADDRESS=address)
    assert about(findings, "web")[0] == (
        False,
        f"{address} is used by another program. Change [web] address.",
    )


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ('public_url = "http://stool.example.org"', "http://stool.example.org"),
        ('address = "192.0.2.5:8765"\ndemo = false', "http://192.0.2.5:8765"),
        ('public_url = "https://stool.example.org"', ""),
        ('public_url = "http://localhost:8765"', ""),
    ],
)
async def test_a_page_that_strangers_could_read_along_with_is_bad(tmp_path: Path, said: str, plain: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'[community]\nlang = "en"\n[web]\n{said}', "utf-8")
    findings = about([finding async for finding in check(load(path, {}))], "web")
    assert [text.partition(" ")[0] for good, text in findings if not good and "not encrypted" in text] == (
        [plain] if plain else []
    )


async def test_a_demo_beside_a_real_network_is_bad(tmp_path: Path) -> None:
    telegram = {"XIAOBANDENG_TELEGRAM__TOKEN": "1:canary", "XIAOBANDENG_TELEGRAM__BASE_URL": "http://127.0.0.1:1"}
    findings = await found(tmp_path, "demo = true", **telegram)
    assert [good for good, _ in about(findings, "web")] == [True, False]


async def test_networks_that_cannot_be_reached_are_bad_and_told_one_by_one(tmp_path: Path) -> None:
    findings = await found(
        tmp_path,
        '[telegram]\ntoken = "1:canary"\nbase_url = "http://127.0.0.1:1"\n'
        '[matrix]\nhomeserver = "http://127.0.0.1:1"\nuser = "@x:example.org"',
    )
    for network in ("telegram", "matrix"):
        ((good, said),) = about(findings, network)
        assert not good
        assert "canary" not in said


def test_both_languages_have_every_sentence() -> None:
    zh, en = (catalogue().keys(lang) for lang in LANGUAGES)
    assert zh == en


async def test_what_settings_from_before_leave_out_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('features = ["patrol", "visit"]\n[web]\naddress = "127.0.0.1:0"\n')
    findings = [finding async for finding in check(load(tmp_path / "config.toml", {}))]
    assert any(good and '"matters"' in said for good, said in about(findings, "config"))
    assert not any('"patrol"' in said for _, said in about(findings, "config"))


async def test_where_nothing_can_be_organised_the_check_says_so(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('features = []\n[community]\nlang = "en"\n[web]\naddress = "127.0.0.1:0"\n')
    said = [(each.good, each.said) async for each in check(load(path, {})) if each.about == "config"]
    assert [words for good, words in said if not good] == [
        'features is empty, so there is nothing to organise. Write for instance features = ["patrol", "potluck"], '
        "or leave the line out for all of them."
    ]


async def test_a_name_in_the_place_of_a_persons_id_is_named(tmp_path: Path) -> None:
    real = 'demo = false\npublic_url = "https://x.example"\n'
    ((good, said),) = about(await found(tmp_path, real), "coordinators")
    assert (good, "xiaobandeng invite NAME --coordinator" in said) == (True, True)
    path = tmp_path / "config.toml"

    async def named(id: str) -> list[tuple[bool, str]]:
        path.write_text(
            f'[community]\nlang = "en"\ncoordinators = ["web:{id}"]\n[web]\naddress = "127.0.0.1:0"\n{real}'
        )
        return about([each async for each in check(load(path, {}))], "coordinators")

    ((good, said),) = await named("杨老师")
    assert (good, "A name is no id" in said) == (False, True)
    database = Database(f"sqlite:///{tmp_path}/xiaobandeng.db")
    database.migrate()
    await invite(database, "杨老师", datetime(2026, 11, 23, tzinfo=UTC))
    (person,) = await invited(database)
    database.close()
    assert await named(person.id) == []
    assert [good for good, _ in await named("杨老师")] == [False]
