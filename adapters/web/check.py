"""What an operator is told about the page, before anything runs."""

from __future__ import annotations

import socket

from adapters.adapter import Finding
from adapters.settings import Around
from adapters.web.settings import WebSection


def check(section: WebSection, around: Around) -> list[Finding]:
    """Whether it can listen, and for whom it is."""
    listen = section.address
    family = socket.AF_INET6 if ":" in listen.host else socket.AF_INET
    try:
        with socket.socket(family) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((listen.host, listen.port))
    except OSError:
        found = [Finding(False, "check.taken", {"address": str(listen)})]
    else:
        found = [Finding(True, "check.free", {"url": section.public_url or f"http://{listen}"})]
    if any(section.exposes(around)):
        found.append(Finding(False, "check.plain", {"url": section.public_url or f"http://{listen}"}))
    if section.tries(around):
        found.append(Finding(around.alone, "check.demo" if around.alone else "check.demo_beside"))
    return found
