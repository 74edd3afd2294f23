"""For all tests: what shares a server stays together, the longest come first, what is very long runs apart, and in CI
nothing is skipped.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.postgres import fresh, postgres

__all__ = ["fresh", "postgres"]

HERE = Path(__file__).parent
Report = pytest.TestReport | pytest.CollectReport

TOGETHER = {
    "matrix/test_contract.py": "matrix contract",
    "matrix/": "matrix",
    "reading/": "",
    "scenes/test_postgresql.py": "postgresql",
    "bot/test_account_lease.py": "postgresql",
    "bot/test_set_aside_on_a_server.py": "postgresql",
    "bot/test_tidying.py": "postgresql",
    "bot/test_two_processes.py": "postgresql",
    "core/": "",
    "adapters/": "",
}
"""What stays in one process under `pytest -n`, by the beginning of its path; '' for each file by itself.

Each Matrix group has a Synapse of its own: as one group they would end long after everything else. Thousands of short
tests of one file are handed out at once, since handing one out takes longer than running it.
"""

FIRST = (
    "matrix/test_burst.py",
    "matrix/test_contract.py",
    "matrix/",
    "telegram/test_trouble.py",
    "bot/test_restart.py",
    "bot/test_kill_at_every_statement.py",
    "web/test_browser.py",
    "web/test_story.py",
    "bot/test_cli.py",
)
"""What takes longest, and waits most: begun last, it would go on alone."""


LONG = (
    "bot/test_account_lease.py",
    "bot/test_canaries.py",
    "bot/test_cli.py",
    "bot/test_forged_presses.py",
    "bot/test_kill_at_every_statement.py",
    "bot/test_linear_to_the_end.py",
    "bot/test_read_ahead.py",
    "bot/test_restart.py",
    "bot/test_rights.py",
    "bot/test_set_aside.py",
    "bot/test_set_aside_on_a_server.py",
    "bot/test_shares.py",
    "bot/test_to_and_fro.py",
    "core/test_claims_at_once.py",
    "core/test_migrations.py::test_a_kill_at_each_statement",
    "core/test_whole.py",
    "features/test_confided_histories.py",
    "matrix/test_burst.py",
