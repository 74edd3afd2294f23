"""What the program writes into its log, as lines of JSON, with the logging of this process put back afterwards."""

from __future__ import annotations

import io
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bot import log


@contextmanager
def put_back() -> Iterator[None]:
    """Whatever is done to the logging of this process, afterwards it is as it was."""
    root = logging.getLogger()
    before = root.handlers[:], root.level, logging.raiseExceptions, sys.excepthook, threading.excepthook
    try:
        yield
    finally:
        logging.captureWarnings(False)
        root.handlers[:] = before[0]
        root.setLevel(before[1])
        logging.raiseExceptions, sys.excepthook, threading.excepthook = before[2:]


@contextmanager
def logged(level: log.Level = "debug") -> Iterator[io.StringIO]:
    stream = io.StringIO()
    with put_back():
        log.start(level, "json", stream)
        yield stream
