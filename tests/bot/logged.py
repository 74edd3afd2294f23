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
def logged(level: log.Level = "debug") -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level, logging.raiseExceptions, sys.excepthook, threading.excepthook
    stream = io.StringIO()
    log.start(level, "json", stream)
    try:
        yield stream
    finally:
        logging.captureWarnings(False)
        root.handlers[:] = before[0]
        root.setLevel(before[1])
        logging.raiseExceptions, sys.excepthook, threading.excepthook = before[2:]
