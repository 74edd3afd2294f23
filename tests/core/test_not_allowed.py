"""Who may not do something is refused by the deed itself, whatever led there, and nothing is changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.rules import Refusal
from core.work import Actor
from tests.core.test_whole import DEEDS, NAMES, rows, scene, set_up
from tests.street import street

COORDINATORS = (
    "appointing.appoint",
    "attending.record",
    "changing.change",
    "changing.change_back",
    "changing.close",
    "changing.cancel",
    "morning.arrange",
    "morning.stop",
    "repeating.stop",
    "repeating.cancel_from",
    "repeating.leave_out",
    "repeating.from_here_on",
    "repeating.as_it_was",
)
OWN = ("withdrawing.leave",)
"""What is done to somebody's own promise, by them or who put them down."""


async def test_a_neighbour_does_nothing_that_is_a_coordinators_and_takes_nobody_else_off(tmp_path: Path) -> None:
    async with street(tmp_path, *NAMES, posted="") as here:
        await set_up(here)
        for name in (*COORDINATORS, *OWN):
            with scene(here) as found:
                do = DEEDS[name](found)  # what comes before it is done by the coordinator
                found.work.by = Actor(found.members["赵叔"].id, ("scene", "赵叔"), "chat")
                found.work.forget_roles()
                before = rows(found.work.session)
                came = do()
                assert isinstance(came, Refusal), name
                assert came.code == ("not_yours" if name in OWN else "coordinators_only"), name
                assert rows(found.work.session) == before, name


@pytest.mark.parametrize("name", ["changing.close", "changing.cancel"])
async def test_what_a_coordinator_does_to_an_activity_is_kept_logged_and_shown(tmp_path: Path, name: str) -> None:
    async with street(tmp_path, *NAMES, posted="") as here:
        await set_up(here)
        with scene(here) as found:
            do = DEEDS[name](found)
            before, logged = rows(found.work.session), found.work.logged
            do()
            after = rows(found.work.session)
            assert {"occurrence", "post", "deed"} <= {table for table in after if after[table] != before[table]}
            assert found.work.logged == logged + 1
            again = rows(found.work.session)
            if name == "changing.cancel":
                do()
                assert rows(found.work.session) == again
