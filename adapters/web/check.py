"""What an operator is told about the page, before anything runs."""

from __future__ import annotations

import http.client
import socket

from adapters.adapter import Finding
from adapters.settings import Around, Listen
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
        ours = serves(listen)
        found = [Finding(ours, "check.running" if ours else "check.taken", {"address": str(listen)})]
    else:
        found = [Finding(True, "check.free", {"url": section.public_url or f"http://{listen}"})]
    if any(section.exposes(around)):
        found.append(Finding(False, "check.plain", {"url": section.public_url or f"http://{listen}"}))
    if section.tries(around):
        found.append(Finding(around.alone, "check.demo" if around.alone else "check.demo_beside"))
    return found


PATIENCE = 3.0
"""Seconds that what listens there may take to say what it is."""


def serves(listen: Listen) -> bool:
    """Whether it is this page that listens there: it shows its stool, or says that it has another name."""
    asked = http.client.HTTPConnection(listen.host, listen.port, timeout=PATIENCE)
    try:
        asked.request("GET", "/static/stool.svg")
        answer = asked.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    else:
        return answer.status in (200, 421) and "frame-ancestors 'none'" in answer.getheader(
            "Content-Security-Policy", ""
        )
    finally:
        asked.close()
