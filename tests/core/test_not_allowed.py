"""Who may not do something is refused by the deed itself, whatever led there, and nothing is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from core.activities import AHEAD, CANCELLED, OPEN, Occurrence
from core.audit import AuditLine
from core.claims import CLAIMED, OFFERED, WAITLISTED, Claim, roster_of
from core.consents import Consent
from core.deeds import changing, claiming, exchanging, morning, posting, repeating, withdrawing
from core.deeds.claiming import Coming
from core.deeds.outcome import Outcome
from core.drafts import Read
from core.posts import ENDED, Post
from core.rules import Refusal
from core.work import Actor, Work
from tests.core.test_whole import DEEDS, LATER, NAMES, PLAN, Scene, rows, scene, set_up
from tests.core.tried_morning import arranged
from tests.core.tried_series import WEEK, WEEK_AFTER, next_one, series
from tests.street import YANG, street

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


def acting(found: Scene, name: str) -> None:
    """What is done from here on, they do."""
    found.work.by = Actor(found.members[name].id, ("scene", name), "chat")
    found.work.forget_roles()


def logged(work: Work, verb: str, member: int = 0) -> int:
    """How often this stands in the log."""
    query = select(AuditLine).where(AuditLine.verb == verb, AuditLine.for_member == member)
    return len(work.session.exec(query).all())


# ------------------------------------------------------------ promises


async def test_a_coordinator_takes_off_others_together_with_themselves(tmp_path: Path) -> None:
    async with street(tmp_path, *NAMES, posted="") as here:
        await set_up(here)
        with scene(here) as found:
            claiming.claim(found.work, found.on, [Coming(found.work.by.member, found.on.slots[0])])
            both = [*found.of(YANG), *found.of("陈伯")]
            assert len(both) == 2
            assert isinstance(withdrawing.leave(found.work, found.on, both), Outcome)
        with scene(here) as found:
            acting(found, "赵叔")
            both = [*found.of("赵叔"), *found.of("陈伯")]
            assert withdrawing.leave(found.work, found.on, both) == Refusal("not_yours")


async def test_where_nobody_may_be_put_down_it_is_said_why(tmp_path: Path) -> None:
    async with street(tmp_path, *NAMES, posted="") as here:
        await set_up(here)
        with scene(here) as found:
            assert claiming.claim(found.work, found.on, []) == Refusal("not_posted")
            changing.close(found.work, found.on)
            acting(found, "王奶奶")
            came = claiming.claim(found.work, found.on, [Coming(found.work.by.member, found.on.slots[0], guests=1)])
            assert isinstance(came, Refusal)
            assert came.code == "closed"


def offered(found: Scene) -> Claim:
    withdrawing.withdraw(found.work, found.on, found.of("陈伯"))
    return next(claim for claim in found.on.claims if claim.promised == OFFERED)


async def test_an_offer_is_taken_once_logged_and_not_of_what_is_called_off(tmp_path: Path) -> None:
    async with street(tmp_path, *NAMES, posted="") as here:
        await set_up(here)
        with scene(here) as found:
            claim = offered(found)
            assert isinstance(withdrawing.answer_offer(found.work, found.on, claim, yes=True), Outcome)
            assert logged(found.work, "accept", claim.member_id) == 1
            before = rows(found.work.session)
            for yes in (True, False):
                assert withdrawing.answer_offer(found.work, found.on, claim, yes=yes) == Refusal("no_offer")
            assert rows(found.work.session) == before
        with scene(here) as found:
            claim = offered(found)
            found.on.occurrence.state = CANCELLED
            before = rows(found.work.session)
            for yes in (True, False):
                assert withdrawing.answer_offer(found.work, found.on, claim, yes=yes) == Refusal("cancelled")
            assert rows(found.work.session) == before


async def test_places_on_one_roster_and_those_of_who_brings_somebody_are_not_exchanged(tmp_path: Path) -> None:
    async with street(tmp_path, *NAMES, posted="") as here:
        await set_up(here)
        with scene(here) as found:
            mine, other = found.of("陈伯")[0], found.of("李阿姨")[0]
            assert exchanging.exchange(found.work, mine, other) == Refusal("exchange_gone")
        with scene(here) as found:
            there = next_one(found.work, found.on)
            two = found.of("陈伯")[0], there.of(found.work.by.member)[0]
            assert exchanging.may_exchange(found.work, *two) is None
            claiming.claim(found.work, there, [Coming(found.work.by.member, there.slots[0], guests=1)])
            for pair in (two, two[::-1]):
                assert exchanging.may_exchange(found.work, *pair) == Refusal("exchange_guests")


async def test_only_places_that_are_held_and_still_to_come_are_exchanged(tmp_path: Path) -> None:
    async with street(tmp_path, *NAMES, posted="") as here:
        await set_up(here)
        with scene(here) as found:
            there = next_one(found.work, found.on)
            first, second = found.of("陈伯")[0], there.of(found.work.by.member)[0]
            begins = found.on.occurrence.starts_at
            assert begins is not None

            def may(at: datetime = found.work.now) -> Refusal | None:
                found.work.session.flush()
                late = replace(found.work, now=at)
                one, other = (exchanging.may_exchange(late, *two) for two in ((first, second), (second, first)))
                assert one == other
                return one

            assert may() is may(begins - timedelta(seconds=1)) is None
            assert may(begins) == Refusal("exchange_gone")
            there.occurrence.starts_at = None
            assert may() is None
            for state in (WAITLISTED, OFFERED):
                second.promised = state
                assert may() == Refusal("exchange_gone")
            second.promised = CLAIMED
            there.occurrence.state = CANCELLED
            assert may() == Refusal("cancelled")


# ------------------------------------------------------------ series


async def test_what_is_no_series_has_none_that_follow(tmp_path: Path) -> None:
    async with street(tmp_path, *NAMES, posted="") as here:
        await set_up(here)
        with scene(here) as found:
            posting.lay_out(found.work, found.draft, "patrol", PLAN, LATER, [], Read())
            posting.publish(found.work, found.draft)
            on = roster_of(found.work.session, found.draft)
            assert repeating.cancel_from(found.work, on) == Refusal("nothing_to_undo")
            assert on.occurrence.state == OPEN


async def test_this_one_and_those_that_follow_are_called_off_each_once(tmp_path: Path) -> None:
    async with street(tmp_path, *NAMES, posted="") as here:
        await set_up(here)
        with scene(here) as found:
            there = next_one(found.work, found.on)
            row = series(found.on, found.work)
            assert isinstance(repeating.cancel_from(found.work, found.on), Outcome)
            assert [o.state for o in (found.on.occurrence, there.occurrence)] == [CANCELLED, CANCELLED]
            assert (row.stopped, logged(found.work, "cancel")) == (True, 2)
        with scene(here) as found:
            there = next_one(found.work, found.on)
            assert isinstance(repeating.cancel_from(found.work, there), Outcome)
            assert (found.on.occurrence.state, there.occurrence.state) == (OPEN, CANCELLED), "what is before it stands"


async def test_those_that_are_left_out_do_not_take_place_and_the_rest_does(tmp_path: Path) -> None:
    async with street(tmp_path, *NAMES, posted="") as here:
        await set_up(here)
        with scene(here) as found:
            there = next_one(found.work, found.on)
            row = series(found.on, found.work)
            assert isinstance(repeating.leave_out(found.work, row, [WEEK_AFTER, WEEK_AFTER + WEEK]), Outcome)
            query = select(Occurrence).where(Occurrence.series_id == row.id, Occurrence.state == CANCELLED)
            assert len(found.work.session.exec(query).all()) == 2
            assert there.occurrence.state == CANCELLED
            assert (found.on.occurrence.state, row.stopped) == (OPEN, False)
        with scene(here) as found:
            there = next_one(found.work, found.on)
            acting(found, "赵叔")
            came = repeating.leave_out(found.work, series(found.on, found.work), [WEEK_AFTER])
            assert came == Refusal("coordinators_only")
            assert there.occurrence.state == AHEAD


# ------------------------------------------------------------ 报平安


async def test_who_is_asked_each_morning_ends_it_themselves_and_it_is_over_altogether(tmp_path: Path) -> None:
    async with street(tmp_path, *NAMES, posted="") as here:
        await set_up(here)
        for name in ("王伯", YANG):
            with scene(here) as found:
                post, who = arranged(found.work, found.members), found.members["王伯"].id
                acting(found, name)
                assert morning.stop(found.work, post) is None
                assert (post.state, logged(found.work, "well_off", who)) == (ENDED, 1)
                agreed = found.work.session.exec(select(Consent).where(Consent.member_id == who)).all()
                assert [row.ended_at is None for row in agreed] == [False]
        with scene(here) as found:
            acting(found, "王伯")
            assert isinstance(morning.arrange(found.work, found.members["王伯"].id, time(9)), Post)


# ------------------------------------------------------------ called off


async def test_what_is_called_off_is_looked_at_anew_on_every_screen_that_offers_something_of_it(tmp_path: Path) -> None:
    async with street(tmp_path, *NAMES, posted="") as here:
        await set_up(here)
        with scene(here) as found:
            query = select(Post).where(
                Post.occurrence_id == found.on.occurrence.id,
                col(Post.member_id) != 0,
                col(Post.message).is_not(None),
                Post.state == "open",
            )
            offering = {post.id: post.wanted for post in found.work.session.exec(query).all() if post.actions}
            assert offering
            changing.cancel(found.work, found.on)
            found.work.session.flush()
            now = {post.id: post.wanted for post in found.work.session.exec(query).all()}
            assert all(now[id] > wanted for id, wanted in offering.items())
