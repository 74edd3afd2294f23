"""On a database server: a second bot with the same account is refused, another account is not, and the lock is kept."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot import account_lease as leases
from bot.account_lease import account_lease, bot_accounts
from bot.config import CONFIG
from bot.lease import Taken
from core.network import UnusableError

TELEGRAM, MATRIX = "telegram:1234", "matrix:@stool:example.org"
ROOT = Path(__file__).parents[2]


def test_the_accounts_of_a_bot_are_named_without_a_secret() -> None:
    config = CONFIG.model_validate(
        {"telegram": {"token": "1234:secret"}, "web": {}, "database": {"url": "sqlite:///a.db"}}
    )
    assert bot_accounts(config) == ("telegram:1234", "web:page")


def test_a_second_bot_with_the_same_account_is_refused_and_one_with_another_is_not(fresh: Callable[[], str]) -> None:
    url = fresh()
    with account_lease(url, [TELEGRAM]):
        with pytest.raises(Taken, match="telegram account is already running"), account_lease(url, [MATRIX, TELEGRAM]):
            pass
        with account_lease(url, [MATRIX]):  # the refused one kept nothing
            pass
    with account_lease(url, [TELEGRAM, MATRIX]):
        pass


def test_another_community_in_another_database_is_not_concerned(fresh: Callable[[], str]) -> None:
    with account_lease(fresh(), [TELEGRAM]), account_lease(fresh(), [TELEGRAM]):
        pass


async def test_the_lock_is_taken_anew_after_the_server_ended_the_connection(
    fresh: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = fresh()
    monkeypatch.setattr(leases, "LOOKS", 0.01)
    with account_lease(url, [TELEGRAM]) as lease:
        keeping = asyncio.create_task(lease.keep())
        await asyncio.to_thread(end_connections, url)
        while True:
            await asyncio.sleep(0.05)
            try:
                with account_lease(url, [TELEGRAM]):
                    continue  # not yet: the other had no time to look
            except Taken:
                break
        assert not keeping.done()
        keeping.cancel()


async def test_a_bot_whose_lock_another_has_taken_meanwhile_stops_with_a_sentence(
    fresh: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = fresh()
    monkeypatch.setattr(leases, "LOOKS", 0.01)
    with account_lease(url, [TELEGRAM]) as lease:
        await asyncio.to_thread(end_connections, url)
        with account_lease(url, [TELEGRAM]), pytest.raises(UnusableError, match="already running"):
            await asyncio.wait_for(lease.keep(), 20)


def end_connections(url: str) -> None:
    """What a restart of the server does to whoever is connected."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    engine.dispose()


def test_the_program_itself_is_refused_while_another_serves_the_same_page(
    fresh: Callable[[], str], tmp_path: Path
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f'[database]\nurl = "{fresh()}"\n[web]\naddress = "127.0.0.1:0"\ndemo = true\n', "utf-8")
    file.chmod(0o600)
    command = [sys.executable, "-m", "bot", "run", "--no-browser", "--config", str(file)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as first:
        try:
            assert first.stdout is not None
            assert first.stdout.readline() == "ready\n"
            second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
            assert second.returncode == 1
            assert second.stderr.startswith("a bot with this web account is already running on this database")
        finally:
            first.send_signal(signal.SIGTERM)
            assert first.wait(20) == 0


ASKS = """
import sys, time
from bot.account_lease import account_lease
from bot.lease import Taken
began = time.monotonic()
try:
    with account_lease(sys.argv[1], ["telegram:1234"]):
        print("held", flush=True)
        sys.stdin.readline()
except Taken:
    print(f"refused after {time.monotonic() - began:.1f}", flush=True)
"""


def asking(url: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", ASKS, url]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def answer(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_of_two_processes_the_second_is_refused_at_once_and_takes_over_when_the_first_was_killed(
    fresh: Callable[[], str],
) -> None:
    url = fresh()
    with asking(url) as first:
        assert answer(first) == "held"
        with asking(url) as second:
            refused, _, seconds = answer(second).rpartition(" ")
            assert refused == "refused after"
            assert float(seconds) < 5
        first.kill()
        first.wait(20)
    said = ""
    while said != "held":  # as soon as the server has seen that the first is gone
        assert not said or said.startswith("refused")
        with asking(url) as heir:
            said = answer(heir)
            heir.communicate("\n", 20)
