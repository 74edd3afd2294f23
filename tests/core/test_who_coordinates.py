"""Who coordinates is known before they speak, and by any account; where somebody stands is kept as it is told."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from core import standing
from core.audit import AuditLine
from core.known import appoint, coordinates, somebody_coordinates
from core.members import Account, Appointment, Community, KnownChat, Member, Presence, account_of
from core.messages import Chat, Person
from core.network import Standing
from core.posts import Post
from tests.street import GROUP, MONDAY, YANG, Street, street

CHEN, SUN = Person("scene", "陈伯", "陈伯"), Person("scene", "孙伯", "孙伯")
SOUTH = Chat("scene", "南区", name="南区")
OURS = Standing(present=True, administrator=True)
PLAIN = Standing(present=True, administrator=False)
GONE = Standing(present=False, administrator=False)
UNSURE = Standing(present=False, administrator=True)
"""Who administers is there, whatever else is said."""


@contextmanager
def writing(here: Street) -> Iterator[tuple[Session, int, int]]:
    """A transaction, the community's id and its group's."""
    with here.database.writing() as session:
        group = session.exec(select(KnownChat).where(KnownChat.address == GROUP.id)).one()
        yield session, group.community_id, group.id


# ------------------------------------------------------------ coordinating


async def test_who_is_named_or_of_rank_coordinates_before_they_have_spoken(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        with writing(here) as (session, id, group):
            appoint(session, id, ["scene:孙伯"])
            session.add(Presence(community_id=id, chat_id=group, account="周伯", administrator=True))
            session.flush()
            for administrators in (True, False):
                assert coordinates(session, id, SUN, administrators=administrators)
                assert not coordinates(session, id, Person("scene", "吴伯"), administrators=administrators)
                assert (
                    coordinates(session, id, Person("scene", "周伯"), administrators=administrators) is administrators
                )


async def test_who_is_named_by_one_account_coordinates_by_another(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        with writing(here) as (session, id, _):
            known = account_of(session, id, CHEN)
            assert known is not None
            facts = {"community_id": id, "network": "other", "name": "陈伯", "last_used": MONDAY, "reachable": True}
            session.add(Account(id="9", member_id=known.member_id, **facts))
            appoint(session, id, ["scene:陈伯"])
            session.flush()
            assert coordinates(session, id, Person("other", "9"), administrators=False)


async def test_whether_anybody_coordinates_asks_ranks_only_where_they_count(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        with writing(here) as (session, id, group):
            assert somebody_coordinates(session, id, administrators=False)
            appoint(session, id, [])
            session.add(Presence(community_id=id, chat_id=group, account="周伯", administrator=True))
            session.flush()
            assert [somebody_coordinates(session, id, administrators=each) for each in (True, False)] == [True, False]


async def test_the_settings_name_those_they_name_and_nobody_of_another_community(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        with writing(here) as (session, id, _):
            session.add(Community(id=id + 1, name="别处", zone="Asia/Shanghai", lang="zh"))
            session.flush()
            appoint(session, id + 1, ["scene:乙"])
            appoint(session, id, ["scene:甲", "scene:丙"])
            session.flush()
            appoint(session, id, ["scene:丙", "scene:丁"])
            session.flush()
            named = {(row.community_id, row.account) for row in session.exec(select(Appointment)).all()}
            assert named == {(id, "丙"), (id, "丁"), (id + 1, "乙")}


# ------------------------------------------------------------ where somebody stands


def told(here: Street, session: Session, who: Person, chat: Chat, found: Standing) -> Presence | None:
    """The network says this of somebody; their row after it."""
    standing.keep(session, here.app.heres.first, here.network, who, chat, found, MONDAY)
    row = session.exec(select(KnownChat).where(KnownChat.address == chat.id)).one()
    return session.get(Presence, (row.community_id, row.id, who.id))


def lines(session: Session) -> list[tuple[str, bool]]:
    """What the log says of ranks, and whether of somebody who is known."""
    query = select(AuditLine).where(col(AuditLine.verb).startswith("rank")).order_by(col(AuditLine.id))
    rows = session.exec(query).all()
    return [(row.verb, row.for_member != 0) for row in rows]


def people(session: Session) -> int:
    return len(session.exec(select(Member)).all())


async def test_a_rank_in_our_group_is_logged_of_a_member_and_elsewhere_makes_nobody_one(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "xiaobandeng.security")
    async with street(tmp_path, "陈伯", posted="") as here:
        with writing(here) as (session, _, _):
            before = people(session)
            elsewhere = told(here, session, SUN, SOUTH, OURS)
            assert elsewhere is not None
            assert elsewhere.administrator
            assert (people(session), lines(session)) == (before, [])
            assert "rank" not in caplog.text
            told(here, session, SUN, GROUP, OURS)
            assert "a rank has changed" in caplog.text
            assert (people(session), lines(session)) == (before + 1, [("rank_given", True)])
            told(here, session, SUN, GROUP, PLAIN)
            assert lines(session) == [("rank_given", True), ("rank_taken", True)]


async def test_of_who_was_never_there_nothing_is_kept_and_where_nothing_changed_nothing_is_written(
    tmp_path: Path,
) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        with writing(here) as (session, _, _):
            before = people(session)
            assert told(here, session, SUN, GROUP, GONE) is None
            row = told(here, session, SUN, GROUP, PLAIN)
            assert row is not None
            assert (row.administrator, row.left) == (False, False)
            assert (people(session), lines(session)) == (before, [])


async def test_who_left_is_there_again_when_the_network_says_so(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        with writing(here) as (session, _, _):
            for found, left in (
                (PLAIN, False),
                (GONE, True),
                (PLAIN, False),
                (OURS, False),
                (GONE, True),
                (OURS, False),
                (UNSURE, False),
            ):
                row = told(here, session, CHEN, GROUP, found)
                assert row is not None
                assert row.left is left


async def test_a_group_that_moved_is_known_by_the_address_it_had(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        with writing(here) as (session, id, group):
            row = session.get_one(KnownChat, (id, group))
            row.address, row.before = "elsewhere", GROUP.id
            session.flush()
            standing.keep(session, here.app.heres.first, here.network, SUN, GROUP, PLAIN, MONDAY)
            assert session.get(Presence, (id, group, SUN.id)) is not None
            assert len(session.exec(select(KnownChat).where(KnownChat.address == GROUP.id)).all()) == 0


async def test_a_group_that_the_bot_was_taken_out_of_is_not_open_again_by_what_is_said_of_somebody_there(
    tmp_path: Path,
) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        with writing(here) as (session, id, group):
            row = session.get_one(KnownChat, (id, group))
            row.closed = True
            told(here, session, CHEN, GROUP, OURS)
            assert row.closed


async def test_who_leaves_or_loses_their_rank_is_shown_anew_what_was_confided_to_them(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await here.say("陈伯", "名单", None)
        await here.deliver()

        def again(found: Standing) -> bool:
            """Whether what stands before them is looked at once more."""
            before = confiding.wanted
            told(here, session, CHEN, GROUP, found)
            session.flush()
            return confiding.wanted > before

        with writing(here) as (session, id, group):
            known = account_of(session, id, CHEN)
            assert known is not None
            query = select(Post).where(Post.member_id == known.member_id, col(Post.message).is_not(None))
            confiding = session.exec(query).first()
            assert confiding is not None
            confiding.confides = True
            session.flush()
            said = (PLAIN, OURS, OURS, PLAIN, PLAIN, GONE, GONE)
            assert [again(found) for found in said] == [False, False, False, True, False, True, False]
            chat = session.get_one(KnownChat, (id, group))
            for administrator, fell in ((False, False), (True, False), (True, False), (False, True)):
                before = confiding.wanted
                standing.rank(session, chat, CHEN, known.member_id, MONDAY, administrator=administrator)
                session.flush()
                assert (confiding.wanted > before) is fell
            assert lines(session) == [("rank_given", True), ("rank_taken", True)] * 2, "the same again is nothing"


async def test_who_falls_without_an_account_has_nothing_to_be_shown_anew(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        with writing(here) as (session, id, group):
            session.add(Presence(community_id=id, chat_id=group, account=SUN.id, administrator=True))
            session.flush()
            chat = session.get_one(KnownChat, (id, group))
            standing.rank(session, chat, SUN, 0, MONDAY, administrator=False)
            row = session.get_one(Presence, (id, group, SUN.id))
            assert not row.administrator
            assert lines(session) == [("rank_taken", False)]
            assert not coordinates(session, id, SUN, administrators=True)
            assert coordinates(session, id, Person("scene", YANG), administrators=False)
