"""The life of claims, compared with a simple model: two rosters, five neighbours, and whatever they do in any order.

Everybody acts through the deeds, on a real database of which nothing is kept.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from sqlmodel import Session, select

from core.activities import OPEN, Occurrence
from core.claims import (
    CLAIMED,
    HAPPENINGS,
    LIVE,
    OFFERED,
    PROMISES,
    REPLACED,
    TAKING,
    WAITLISTED,
    WITHDRAWN,
    Claim,
    Roster,
    roster_of,
)
from core.deeds import attending, changing, claiming, exchanging, undoing, withdrawing
from core.deeds.claiming import Coming
from core.deeds.outcome import Outcome
from core.deeds.posting import Moments
from core.drafts import Read
from core.kind import Arrangement, Wanted
from core.members import Member
from core.work import Actor, Work
from tests.core.claim_model import SEEN, Counted, Line, Sheet, play
from tests.street import MONDAY, YANG, Street, street

PEOPLE = ("陈伯", "李阿姨", "王伯", "赵叔", "孙姨")
FRIDAY = MONDAY + timedelta(days=4, hours=10)
SATURDAY = FRIDAY + timedelta(days=1)
STARTS = (FRIDAY, SATURDAY)
LAST_HOUR = FRIDAY - timedelta(minutes=30)
THERE_AT_FIRST = st.lists(st.sampled_from(PEOPLE), unique=True, max_size=4)


class Neighbours(Counted):
    """What neighbours and a coordinator do to two rosters. Nothing of it is kept in the database."""

    here: ClassVar[Street]

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        engine = self.here.database.engine
        connection = self.stack.enter_context(engine.connect().execution_options(writes=True))
        whole = connection.begin()
        self.stack.callback(whole.rollback)
        self.session = Session(connection, expire_on_commit=False)
        self.stack.callback(self.session.close)
        self.members = {member.name: member for member in self.session.exec(select(Member)).all()}
        self.rows = sorted(self.session.exec(select(Occurrence).where(Occurrence.state == OPEN)).all(), key=starting)
        self.sheets = [Sheet(), Sheet()]
        self.now = MONDAY + timedelta(hours=1)
        self.steps = 0
        self.last: tuple[Outcome, list[tuple[Line, int, str]], int] | None = None

    def teardown(self) -> None:
        self.stack.close()

    def work(self, who: str) -> Work:
        self.steps += 1
        by = Actor(self.members[who].id, ("scene", who), "chat")
        return Work(self.session, self.here.app.heres.first, self.now, by, occasion=f"scene:{self.steps}")

    def on(self, at: int) -> Roster:
        return roster_of(self.session, self.rows[at])

    def mine(self, at: int, who: str) -> list[Claim]:
        return self.on(at).of(self.members[who].id)

    def did(self, came: object, at: int, expected: bool, touched: list[tuple[Line, int, str]]) -> None:
        """The deed was done where the model does it, and refused where it does not."""
        assert isinstance(came, Outcome) == expected, came
        if isinstance(came, Outcome):
            self.last = (came, touched, at)

    # ------------------------------------------------------------ what they do

    @initialize(places=st.tuples(st.integers(0, 2), st.integers(0, 2)), there=st.tuples(THERE_AT_FIRST, THERE_AT_FIRST))
    def begin(self, places: tuple[int, int], there: tuple[list[str], list[str]]) -> None:
        for at, n in enumerate(places):
            self.enlarge(at, n)
            for who in there[at]:
                self.join(at, who, added=False)

    @rule(at=st.integers(0, 1), who=st.sampled_from(PEOPLE), added=st.booleans())
    def join(self, at: int, who: str, added: bool) -> None:
        sheet, on = self.sheets[at], self.on(at)
        before = sheet.of(who)
        was = (before.state, before.moves) if before is not None else ("", 0)
        expected = sheet.join(who, added=added)
        work = self.work(YANG if added else who)
        coming = [Coming(self.members[who].id, on.slots[0], anywhere=True)]
        came = claiming.claim(work, on, coming, verb="add" if added else "join")
        line = sheet.of(who)
        assert line is not None or not expected
        self.did(came, at, expected, [(line, line.moves, was[0])] if line is not None else [])

    @rule(at=st.integers(0, 1), who=st.sampled_from(PEOPLE))
    def leave(self, at: int, who: str) -> None:
        sheet, line = self.sheets[at], self.sheets[at].of(who)
        was = line.state if line is not None else ""
        theirs = self.mine(at, who)
        if line is not None:
            sheet.leave(line)
        came = withdrawing.leave(self.work(who), self.on_with(at, theirs), theirs)
        self.did(came, at, line is not None, [(line, line.moves, was)] if line is not None else [])

    def on_with(self, at: int, theirs: list[Claim]) -> Roster:
        """The roster on which these very rows stand."""
        on = self.on(at)
        assert all(claim in on.claims for claim in theirs)
        return on

    @rule(at=st.integers(0, 1), who=st.sampled_from(PEOPLE), yes=st.booleans())
    def answer(self, at: int, who: str, yes: bool) -> None:
        sheet, line = self.sheets[at], self.sheets[at].of(who)
        theirs = self.mine(at, who)
        if not theirs or line is None:
            return
        was, expected = line.state, line.state == OFFERED
        if expected and yes:
            line.to(CLAIMED)
        elif expected:
            sheet.leave(line)
        came = withdrawing.answer_offer(self.work(who), self.on(at), theirs[0], yes=yes)
        self.did(came, at, expected, [(line, line.moves, was)])

    @rule(who=st.sampled_from(PEOPLE), other=st.sampled_from(PEOPLE))
    def exchange(self, who: str, other: str) -> None:
        """One of Friday's changes places with one of Saturday's."""
        first, second = self.sheets
        one, two = first.of(who), second.of(other)
        mine, theirs = self.mine(0, who), self.mine(1, other)
        if one is None or two is None:
            return
        both = one.state == two.state == CLAIMED and first.of(other) is None and second.of(who) is None
        came = exchanging.exchange(self.work(who), mine[0], theirs[0])
        assert isinstance(came, Outcome) == both, came
        if both:
            self.last = None
            for sheet, line, comes in ((first, one, other), (second, two, who)):
                line.to(REPLACED)
                sheet.lines.insert(sheet.lines.index(line), Line(comes, CLAIMED))

    @rule(at=st.integers(0, 1), n=st.integers(0, 4))
    def enlarge(self, at: int, n: int) -> None:
        """改 N 3人: more places, or fewer; nobody is removed."""
        places = n + 1
        plan = Arrangement(title="", place="东门", bring="", note="", slots=(Wanted(min=places, max=places),))
        o = self.rows[at]
        moments = Moments(o.starts_at, o.ends_at, o.report_at)
        came = changing.change(self.work(YANG), self.on(at), plan, moments, Read())
        assert isinstance(came, Outcome)
        self.sheets[at].places = places
        self.sheets[at].fill()

    @rule(at=st.integers(0, 1))
    def close(self, at: int) -> None:
        changing.close(self.work(YANG), self.on(at))
        self.sheets[at].closed = True

    @rule(at=st.integers(0, 1), who=st.sampled_from(PEOPLE), verb=st.sampled_from(("here", "done", "on_the_way")))
    def attend(self, at: int, who: str, verb: str) -> None:
        """What happened is the other axis: it moves nobody on the first."""
        line, theirs = self.sheets[at].of(who), self.mine(at, who)
        if line is None or not theirs:
            return
        came = attending.attend(replace(self.work(who), now=STARTS[at]), self.on(at), theirs, verb)
        assert isinstance(came, Outcome)
        if (to := attending.HAPPENED[verb]) != line.happened:
            line.happened, line.moves = to, line.moves + 1

    @rule()
    def the_last_hour_begins(self) -> None:
        self.now, self.sheets[0].late = LAST_HOUR, True

    @rule()
    def undo(self) -> None:
        """撤销 of what was done last, while nothing has happened to those claims since."""
        if self.last is None:
            return
        outcome, touched, at = self.last
        self.last = None
        sheet = self.sheets[at]
        fresh = all(line.moves == moves for line, moves, _ in touched)
        came = undoing.undo(self.work(YANG), outcome)
        assert isinstance(came, Outcome) == (fresh and bool(touched)), came
        for line, _, was in touched if isinstance(came, Outcome) else ():
            self.undone(sheet, line, was)

    def undone(self, sheet: Sheet, line: Line, was: str) -> None:
        if line.state == WITHDRAWN and was:
            if sheet.of(line.who) is not None:
                return
            others = [each for each in sheet.live() if each.state == WAITLISTED]
            if sheet.room() and not (was == WAITLISTED and others):
                line.to(CLAIMED)
                return
            line.to(WAITLISTED)
            if was != WAITLISTED:  # at the front of those who wait, never ahead of somebody's place
                sheet.lines.remove(line)
                sheet.lines.insert(sheet.lines.index(others[0]) if others else len(sheet.lines), line)
        elif line.state in LIVE and (not was or (was in (WAITLISTED, OFFERED) and line.state == CLAIMED)):
            sheet.leave(line)

    # ------------------------------------------------------------ what is always so

    @invariant()
    def rows_are_as_the_model_says(self) -> None:
        self.session.flush()
        names = {member.id: name for name, member in self.members.items()}
        for at, sheet in enumerate(self.sheets):
            on = self.on(at)
            placed = [(names[c.member_id], c.promised, c.happened) for c in on.claims if c.promised in TAKING]
            waiting = [names[c.member_id] for c in on.waiting()]
            assert sorted(placed) == sorted((x.who, x.state, x.happened) for x in sheet.live() if x.state in TAKING)
            assert waiting == [line.who for line in sheet.live() if line.state == WAITLISTED]
            assert len({c.member_id for c in on.claims}) == len(on.claims), "nobody stands there twice"

    @invariant()
    def every_state_is_one_of_the_table(self) -> None:
        rows = self.session.exec(select(Claim)).all()
        assert {claim.promised for claim in rows} <= PROMISES.keys()
        assert {claim.happened for claim in rows} <= set(HAPPENINGS)
        SEEN.update(claim.promised for claim in rows)


def starting(o: Occurrence) -> object:
    return o.starts_at


async def against_the_deeds(tmp_path: Path, histories: int, number: int) -> None:
    async with street(tmp_path, *PEOPLE) as here:
        await here.post("发布 巡逻 2026-11-28 19:00-21:00 东门集合 2人")
        Neighbours.here = here
        play(Neighbours, histories, number)


async def test_claims_go_as_a_simple_model_says(tmp_path: Path) -> None:
    await against_the_deeds(tmp_path, 25, 1)


async def test_many_histories_of_claims_go_as_a_simple_model_says(tmp_path: Path) -> None:
    await against_the_deeds(tmp_path, 120, 3)
