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
    "bot/test_canary_day.py",
    "bot/test_cli.py",
    "bot/test_forged_presses.py",
    "bot/test_fortnight.py::test_a_group_has_at_most_six_messages",
    "bot/test_inbox.py::test_when_the_disk_is_full_nobody_is_told_that_it_is_done[60000]",
    "bot/test_kill_at_every_statement.py",
    "bot/test_linear_to_the_end.py",
    "bot/test_play.py::test_chinese_comes_out",
    "bot/test_read_ahead.py",
    "bot/test_restart.py",
    "bot/test_rights.py",
    "bot/test_set_aside.py",
    "bot/test_set_aside_on_a_server.py",
    "bot/test_standing_by.py",
    "bot/test_shares.py",
    "bot/test_to_and_fro.py",
    "core/test_claim_histories.py::test_many",
    "core/test_claims_at_once.py",
    "core/test_drawing.py::test_a_picture_is_never_higher_than_can_be_read[300]",
    "core/test_migrations.py::test_a_kill_at_each_statement",
    "core/test_move_histories.py::test_ten_thousand",
    "core/test_pairing.py::test_after_many_wrong_codes",
    "core/test_whole.py",
    "faults/test_histories.py::test_fifty",
    "features/test_confided_histories.py",
    "features/test_details.py::test_guesses_at_links_find_nothing[100000]",
    "features/test_linking.py::test_guessing_is_slowed_and_locked_and_finds_nothing[100000]",
    "features/test_meeting_model.py",
    "features/test_one_person.py",
    "features/test_quarter.py",
    "matrix/test_burst.py",
    "matrix/test_command_line.py",
    "matrix/test_contract.py",
    "matrix/test_encryption.py",
    "matrix/test_groups.py",
    "matrix/test_kills.py",
    "matrix/test_limits.py",
    "matrix/test_login.py",
    "matrix/test_private.py",
    "matrix/test_program.py",
    "matrix/test_room.py",
    "matrix/test_scenes.py::test_a_scene_comes_out_as_written[as-matrix",
    "matrix/test_scenes.py::test_a_scene_comes_out_as_written[balcony",
    "matrix/test_scenes.py::test_a_scene_comes_out_as_written[potluck",
    "matrix/test_scenes.py::test_a_scene_comes_out_as_written[restart",
    "matrix/test_scenes.py::test_a_scene_comes_out_as_written[stranger",
    "matrix/test_scenes.py::test_a_scene_comes_out_as_written[visit",
    "matrix/test_stream.py",
    "matrix/test_two_networks.py",
    "matrix/test_verifying.py",
    "matrix/test_village.py",
    "reading/test_commands_combined.py",
    "reading/test_linear.py",
    "reading/test_times_properties.py",
    "reading/test_work.py::test_words_said_over_and_over",
    "scenes/test_beside_another.py",
    "scenes/test_postgresql.py",
    "telegram/test_aside.py::test_where_nobody_can_be_spoken_to_alone",
    "telegram/test_groups.py",
    "telegram/test_program.py",
    "telegram/test_stand_in.py",
    "telegram/test_topics.py::test_a_roster_stands_in_the_topic",
    "telegram/test_trouble.py",
    "telegram/test_whole.py::test_nothing_of_a_group_that_became",
    "web/test_article_pasted.py",
    "web/test_behind.py::test_the_page_works",
    "web/test_browser.py",
    "web/test_desk_browser.py",
    "web/test_details_browser.py",
    "web/test_door.py",
    "web/test_entry.py::test_whoever_guesses_links",
    "web/test_people_browser.py",
    "web/test_push_browser.py",
    "web/test_story.py",
)
"""Proofs that take as long as all else together: `pytest --long` runs these, `pytest` the rest; a file that is named on
the command line runs in any case.
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="the longer proofs, and only these")


def pytest_xdist_auto_num_workers() -> int:
    """For `-n auto`: half as many again as there are processors, for many tests wait for a server or a disk."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return processors + (processors + 1) // 2


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    places = {item: item.path.relative_to(HERE).as_posix() for item in items}
    if all(Path(given).resolve() == HERE for given in config.args):
        wanted = {i: f"{place}::{i.name}".startswith(LONG) == config.getoption("long") for i, place in places.items()}
        config.hook.pytest_deselected(items=[item for item in items if not wanted[item]])
        items[:] = [item for item in items if wanted[item]]
    for item, place in places.items():
        for beginning, group in TOGETHER.items():
            if place.startswith(beginning):
                item.add_marker(pytest.mark.xdist_group(group or place))
                break
    ranks = dict(zip(FIRST, range(len(FIRST)), strict=True))
    items.sort(key=lambda item: next((ranks[each] for each in FIRST if places[item].startswith(each)), len(FIRST)))


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
