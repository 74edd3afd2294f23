"""The log: what goes in, and above all what never does."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from adapters.telegram import catalogue
from bot import log
from tests.bot.logged import logged

ROOT = Path(__file__).parents[2]
CANARY = "canary-Wang-18621234567"
TOKEN = f"123456:AAH{CANARY}"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything at DEBUG as JSON; the logging of this process is put back afterwards."""
    with logged() as stream:
        yield stream


def last(stream: io.StringIO) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(stream.getvalue().splitlines()[-1])
    return said


def test_an_event_is_one_line_of_json_with_its_facts(lines: io.StringIO) -> None:
    logging.getLogger("bot.courier").info("post shown", extra={"post": 12, "network": "telegram", "seconds": 0.0312})
    said = last(lines)
    assert said.pop("at").endswith("Z")
    assert said == {
        "level": "info",
        "from": "bot.courier",
        "event": "post shown",
        "post": 12,
        "network": "telegram",
        "seconds": 0.031,
    }


def test_only_small_numbers_and_kinds_of_errors_fill_a_sentence(lines: io.StringIO) -> None:
    logger = logging.getLogger("adapters.matrix")
    logger.warning("%s; trying again in %.0f s, attempt %d of %s", ValueError(CANARY), 4.6, 2, CANARY)
    assert last(lines)["event"] == "ValueError; trying again in 5 s, attempt 2 of ..."
    logger.warning("%d", 18621234567)
    assert last(lines)["event"] == "..."
    logger.warning("%(name)s", {"name": CANARY})
    assert CANARY not in lines.getvalue()


@pytest.mark.parametrize(
    "extra",
    [
        {"text": CANARY},
        {"person": CANARY},
        {"network": f"{CANARY} said"},
        {"post": CANARY},
        {"count": [CANARY]},
        {"seconds": CANARY},
        {"verb": "王阿姨"},
        {"verb": "x" * 65},
        {"verb": "a\nb"},
    ],
)
def test_a_fact_that_is_not_listed_or_not_of_its_kind_is_left_out(lines: io.StringIO, extra: dict[str, Any]) -> None:
    logging.getLogger("core").info("claimed", extra=extra)
    assert set(last(lines)) == {"at", "level", "from", "event"}


@pytest.mark.parametrize("message", ["王阿姨 claimed", "call 18621234567", "two\nlines", ["list", "王"]])
def test_a_sentence_that_was_not_fixed_is_not_written(lines: io.StringIO, message: Any) -> None:
    logging.getLogger("bot").info(message)
    assert last(lines)["event"] == "(not for the log)"


def test_what_an_adapter_tells_the_operator_is_written_without_the_facts_in_it(lines: io.StringIO) -> None:
    for lang in ("zh", "en"):
        logging.getLogger("adapters.telegram.network").warning(catalogue().text(lang, "run.privacy"))
        assert last(lines)["event"] == catalogue().text(lang, "run.privacy")
        logging.getLogger("adapters.telegram.network").warning(catalogue().text(lang, "run.webhook", why=CANARY))
        assert last(lines)["event"] == catalogue().text(lang, "run.webhook", why="...")


def test_an_error_is_its_kind_and_where_it_was_raised(lines: io.StringIO) -> None:
    try:
        try:
            int(CANARY)
        except ValueError as error:
            raise httpx.ConnectError(f"https://api.telegram.org/bot{TOKEN}") from error
    except httpx.ConnectError:
        logging.getLogger("bot.inbox").exception("an event failed")
    said = last(lines)
    assert said["raised"] == "httpx.ConnectError < ValueError"
    assert said["where"][-1].startswith("tests/bot/test_log.py:")
    assert "canary" not in lines.getvalue()


def test_of_errors_side_by_side_each_is_named(lines: io.StringIO) -> None:
    try:
        try:
            int(CANARY)
        except ValueError as error:
            raise ExceptionGroup(CANARY, [error, OSError(CANARY)]) from None
    except ExceptionGroup:
        logging.getLogger("bot.app").exception("stopped")
    assert last(lines)["raised"] == "ExceptionGroup(ValueError, OSError) < ValueError"
    assert last(lines)["where"][-1].endswith("test_of_errors_side_by_side_each_is_named")
    assert "canary" not in lines.getvalue()


def test_what_a_library_says_is_never_repeated(lines: io.StringIO, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "httpx")  # whoever uses it may have turned it down
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json={}))
    with httpx.Client(transport=transport) as client:
        client.get(f"https://api.telegram.org/bot{TOKEN}/getMe")
    logging.getLogger("nio.rooms").error(f"{CANARY}: %s", CANARY, extra={"verb": "ok", "post": 3})  # noqa: G004 - as a library does it
    assert {json.loads(line)["from"] for line in lines.getvalue().splitlines()} >= {"httpx", "nio.rooms"}
    assert "canary" not in lines.getvalue()


def test_libraries_are_heard_from_a_warning_up_unless_everything_is_wanted(lines: io.StringIO) -> None:
    stream = io.StringIO()
    log.start("info", "json", stream)
    logging.getLogger("nio").info("quiet")
    logging.getLogger("bot").debug("quiet too")
    assert stream.getvalue() == ""
    logging.getLogger("nio").warning("heard")
    assert last(stream)["event"].startswith("test_log:")


def test_a_warning_and_an_error_nobody_caught_are_lines_too(lines: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn(CANARY, stacklevel=1)
    assert last(lines)["from"] == "py.warnings"

    def fail() -> None:
        raise ValueError(CANARY)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert (last(lines)["event"], last(lines)["raised"]) == ("stopped by an error", "ValueError")
    sys.excepthook(ValueError, ValueError(CANARY), None)
    assert "canary" not in lines.getvalue()


def test_a_record_that_cannot_be_written_down_prints_nothing_else(
    lines: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("bot").info("%d and %s", CANARY)  # noqa: PLE1206 - the mistake that is meant
    assert last(lines)["event"] == "... and None"
    assert capsys.readouterr().err == ""


def test_on_a_terminal_a_line_is_for_reading(lines: io.StringIO) -> None:
    stream = io.StringIO()
    log.start("info", "plain", stream)
    logging.getLogger("bot.app").info("serving", extra={"address": "127.0.0.1:8765"})
    assert stream.getvalue().endswith("info    bot.app: serving address=127.0.0.1:8765\n")


class Clock:
    """Seconds that a test moves, and what wants to be called back."""

    def __init__(self) -> None:
        self.now = 0.0
        self.calls: list[tuple[float, Callable[[], None]]] = []

    def wake(self, seconds: float, call: Callable[[], None]) -> None:
        self.calls.append((self.now + seconds, call))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def unrepeated(clock: Clock) -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler, saying = logging.StreamHandler(stream), logging.StreamHandler(stream)
    for each in (handler, saying):
        each.setFormatter(log.Line(plain=False))
    handler.addFilter(log.Unrepeated(saying.handle, lambda: clock.now, clock.wake))
    logger = logging.getLogger("xiaobandeng")
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)


def heard(stream: io.StringIO) -> list[tuple[str, int | None]]:
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    return [(line["event"], line.get("repeated")) for line in lines]


def test_a_line_that_comes_a_thousand_times_in_a_minute_is_counted_and_said_once_with_the_number(
    clock: Clock, unrepeated: io.StringIO
) -> None:
    storm, other = logging.getLogger("xiaobandeng.security"), logging.getLogger("xiaobandeng.courier")
    for n in range(1000):
        clock.now = n * 0.05
        storm.warning("refused", extra={"chat": n})
        if n % 100 == 0:
            other.warning("not shown", extra={"post": n})
    assert [said for said in heard(unrepeated) if said[0] == "refused"] == [("refused", None)] * log.SAID
    assert heard(unrepeated).count(("not shown", None)) == 10
    clock.now = 61.0
    storm.warning("refused")
    assert heard(unrepeated)[-2:] == [("refused", 1000 - log.SAID), ("refused", None)]


def test_what_was_counted_is_said_at_the_end_of_its_minute_though_nothing_else_is_logged(
    clock: Clock, unrepeated: io.StringIO
) -> None:
    for _ in range(log.SAID + 5):
        logging.getLogger("xiaobandeng").warning("refused")
    ((when, call),) = clock.calls
    clock.now = when
    call()
    assert heard(unrepeated)[log.SAID :] == [("refused", 5)]
    call()
    assert len(heard(unrepeated)) == log.SAID + 1


def test_a_line_that_comes_now_and_then_is_said_each_time(clock: Clock, unrepeated: io.StringIO) -> None:
    for n in range(100):
        clock.now = n * 4.0
        logging.getLogger("xiaobandeng").warning("refused")
    assert heard(unrepeated) == [("refused", None)] * 100


def test_what_is_still_counted_is_said_when_the_program_ends() -> None:
    code = "import logging; from bot import log; log.start('info', 'json'); "
    code += "[logging.getLogger('bot').info('refused') for _ in range(50)]"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(said.stderr.splitlines()[-1])["repeated"] == 50 - log.SAID
