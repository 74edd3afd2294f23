"""For all tests: one server a run, and in CI nothing is skipped."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable
from pathlib import Path

import pytest

MATRIX = Path(__file__).parent / "matrix"
Report = pytest.TestReport | pytest.CollectReport


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """What speaks Matrix stays in one process under `pytest -n`, so that one Synapse serves it all."""
    for item in items:
        if MATRIX in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("matrix"))


def unskipped(report: Report) -> Report:
    """Where everything is meant to be installed, what was skipped has failed: it would never be missed otherwise."""
    if report.skipped and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and in CI nothing may be: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Report, Report]:
    return unskipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Report, Report]:
    return unskipped((yield))
