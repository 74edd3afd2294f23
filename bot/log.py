"""The log: one line per event on standard error, of ids, verbs, counts and durations, never of what people are or say.

The standard library's logging, because every library we use speaks it; what leaves the process is decided in one place,
`Line`. Our own code logs a fixed English sentence and facts: `log.info("post shown", extra={"post": 12, "ms": 31})`.
Of a fact only what is in `FACTS` is kept; of an argument only a number; of an exception its type and where it was
raised; of another library's words none (httpx logs addresses with the bot's token in them, nio whole events). The
sentences to the operator in the adapters' catalogues (`[run]`) are fixed ones too.
"""

from __future__ import annotations

import atexit
import json
import logging
import re
import sys
import threading
import time
import tomllib
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, TextIO

OURS = ("xiaobandeng", "bot", "core", "adapters")

FACTS = {
    # ids, as our own rows have them: numbers
    **dict.fromkeys(("account", "activity", "chat", "claim", "community", "lane", "member", "occurrence", "post"), int),
    # verbs and states: short words of our own
    **dict.fromkeys(("action", "feature", "kind", "network", "refusal", "state", "urgency", "verb"), str),
    # the type of an error
    **dict.fromkeys(("error", "why"), str),
    # counts and durations
    **dict.fromkeys(("attempt", "count", "repeated", "due", "late", "life", "version", "waiting"), int),
    **dict.fromkeys(("ms", "seconds"), float),
    # where the page or the webhook listens; which schema
    **dict.fromkeys(("address", "schema"), str),
}
"""What `extra` may carry into the log, and as what."""

WORD = re.compile(r"[A-Za-z0-9_.:/\[\]-]{1,64}")
HOLE = re.compile(r"%(\(\w+\))?[-+ #0]*[\d.*]*[a-zA-Z]")
PACKAGES = Path(__file__).resolve().parents[1]

Level = Literal["debug", "info", "warning", "error"]
Format = Literal["auto", "json", "plain"]


class Line(logging.Formatter):
    """One record as one line, with nothing in it that was not made for the log."""

    def __init__(self, *, plain: bool) -> None:
        super().__init__()
        self.plain = plain

    def format(self, record: logging.LogRecord) -> str:
        facts = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "from": record.name,
            "event": sentence(record),
            **{name: fact for name in FACTS if (fact := kept(name, getattr(record, name, None))) is not None},
        }
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            first = error
            while isinstance(first, BaseExceptionGroup):
                first = first.exceptions[0]
            facts |= {"raised": kinds(error), "where": frames(first.__traceback__)}
        if not self.plain:
            return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
        at, level, name, event = (str(facts.pop(part)) for part in ("at", "level", "from", "event"))
        return " ".join([at[11:19], f"{level:7}", f"{name}:", event, *(f"{key}={each}" for key, each in facts.items())])


def sentence(record: logging.LogRecord) -> str:
    """What happened. Of a foreign record only where in that library it was said."""
    if not ours(record.name):
        return f"{Path(record.pathname).stem}:{record.lineno}"
    said = str(record.msg)
    if not said.isascii() or not record.args:
        for pattern, told in operators():
            if pattern.fullmatch(said):
                return told
    arguments = iter(record.args if isinstance(record.args, tuple) else ())
    said = HOLE.sub(lambda hole: argument(hole[0], next(arguments, None)), said)
    return said if said.isascii() and said.isprintable() and not re.search(r"\d{7}", said) else "(not for the log)"


@cache
def operators() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The sentences that adapters tell the operator, each with how to recognise it; without the facts in them."""
    found: list[tuple[re.Pattern[str], str]] = []
    for file in sorted(PACKAGES.glob("adapters/*/words/*.toml")):
        for sentence in tomllib.loads(file.read_text("utf-8")).get("run", {}).values():
            if isinstance(sentence, str):
                parts = re.split(r"\{\w+\}", sentence.replace("**", ""))
                found.append((re.compile(".+".join(map(re.escape, parts)), re.DOTALL), "...".join(parts)))
    return tuple(found)


def argument(hole: str, value: Any) -> str:
    """A small number as it is, an error by its kind, anything else not at all."""
    match value:
        case bool() | None:
            return str(value)
        case int() | float() if abs(value) < 1e6:
            return f"{value:g}" if hole.endswith("s") else hole % value
        case BaseException():
            return kinds(value)
    return "..."


def kept(name: str, value: Any) -> Any:
    """The fact, if it is of the kind that this fact is of; else None."""
    wanted = FACTS[name]
    if wanted is float and isinstance(value, int | float) and not isinstance(value, bool):
        return round(float(value), 3)
    if type(value) is not wanted or (isinstance(value, str) and WORD.fullmatch(value) is None):
        return None
    return value


def kinds(error: BaseException) -> str:
    """The type of an error and of those that caused it. Its words may hold anything: an address, a name, a token."""
    chain: list[str] = []
    following: BaseException | None = error
    while following is not None and len(chain) < 5:
        kind = type(following)
        inside = f"({', '.join(map(kinds, following.exceptions))})" if isinstance(following, BaseExceptionGroup) else ""
        chain.append(f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.") + inside)
        following = following.__cause__ or following.__context__
    return " < ".join(chain)


def frames(trace: TracebackType | None) -> list[str]:
    """Where it was raised: 'bot/courier.py:120 deliver', innermost last, at most ten."""
    found: list[str] = []
    for frame in traceback.extract_tb(trace)[-10:]:
        path = Path(frame.filename)
        inside = path.relative_to(PACKAGES) if path.is_relative_to(PACKAGES) else Path(*path.parts[-2:])
        found.append(f"{inside}:{frame.lineno} {frame.name}")
    return found


def ours(name: str) -> bool:
    """Whether a logger belongs to this program."""
    return name.partition(".")[0] in OURS


class Kept(logging.Filter):
    """Libraries are heard from a warning up, unless everything is wanted."""

    def __init__(self, *, everything: bool) -> None:
        super().__init__()
        self.everything = everything

    def filter(self, record: logging.LogRecord) -> bool:
        return self.everything or record.levelno >= logging.WARNING or ours(record.name)


SAID = 20
"""How often the same line is said within a minute. What comes more often is counted, and said once with the number."""
MINUTE = 60.0


@dataclass(slots=True)
class Span:
    """A minute that began with a line: how often it came, and the last that was not said."""

    ends: float
    count: int = 0
    last: logging.LogRecord | None = None


class Unrepeated(logging.Filter):
    """Whoever does the same a thousand times does not fill the disk, nor push out of sight what else happened.

    `say` writes what was counted; `now` is monotonic seconds; `wake` calls back after so many seconds, else what was
    counted would be said only with the next line.
    """

    def __init__(
        self,
        say: Callable[[logging.LogRecord], object],
        now: Callable[[], float] = time.monotonic,
        wake: Callable[[float, Callable[[], None]], None] | None = None,
    ) -> None:
        super().__init__()
        self._say, self._now, self._wake = say, now, wake or _later
        self._lock = threading.Lock()
        self._spans: dict[tuple[str, int, str], Span] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        self.tell()
        what = str(record.msg) if ours(record.name) else f"{record.pathname}:{record.lineno}"
        with self._lock:
            now = self._now()
            span = self._spans.setdefault((record.name, record.levelno, what), Span(now + MINUTE))
            span.count += 1
            if span.count <= SAID:
                return True
            waits, span.last = span.last is None, record
        if waits:
            self._wake(span.ends - now, self.tell)
        return False

    def tell(self, *, everything: bool = False) -> None:
        """Say what was counted in the minutes that are over; `everything`: also in those that are not."""
        with self._lock:
            now = self._now()
            over = [key for key, span in self._spans.items() if everything or span.ends <= now]
            ended = [self._spans.pop(key) for key in over]
        for span in ended:
            if span.last is not None:
                span.last.repeated = span.count - SAID
                self._say(span.last)


def _later(seconds: float, call: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, call)
    timer.daemon = True
    timer.start()


def start(level: Level = "info", format: Format = "auto", stream: TextIO | None = None) -> None:
    """From here on everything that is logged, warned of or raised by nobody caught goes to `stream` as lines."""
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Line(plain=format == "plain" or (format == "auto" and stream.isatty())))
    handler.addFilter(Kept(everything=level == "debug"))
    saying = logging.StreamHandler(stream)
    saying.setFormatter(handler.formatter)
    saying.lock = handler.lock  # two that write to one stream
    unrepeated = Unrepeated(saying.handle)
    handler.addFilter(unrepeated)
    atexit.register(unrepeated.tell, everything=True)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    logging.raiseExceptions = False  # it would print a broken record, arguments and all
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda raised: _uncaught(raised.exc_type, raised.exc_value, raised.exc_traceback)


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if error is not None and not issubclass(kind, KeyboardInterrupt):
        logging.getLogger("bot").critical("stopped by an error", exc_info=(kind, error, trace))
