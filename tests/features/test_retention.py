"""What is kept as long as the settings say, and no longer, kind by kind; that somebody was there stays."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from bot.tidying import SWEPT, sweep
from core.activities import DISCARDED, OPEN, Occurrence, Slot
from core.audit import AuditLine
from core.claims import Claim
from core.confiding import Heard
from core.consents import Consent
from core.deeds import dropping, retention
from core.disclosing import DetailsLink, DetailsProof
from core.drafts import Draft
from core.features.potluck.diets import Diet
from core.features.potluck.settings import Table as Meals
from core.invited import Invited
from core.keeping import Keeping
from core.linking import LinkCode, LinkGuess
from core.manners import Manners
from core.matter_pictures import MatterPicture
from core.matters import Matter
from core.minutes import MinutesPicture
from core.posts import Post
from core.rounds import VisitReport
from core.shelf import Shelf
from core.visiting import Visiting
from tests.core.canaries import database, in_clear
from tests.features.elders import VISIT
from tests.features.talking import press, say
from tests.migrating import bring
from tests.street import MONDAY, YANG, Street, street

ROUND = "发布 送学上门 2026-11-24到2026-12-18 每户1人\n3号楼502 孙奶奶\n5号楼201 李爷爷"
AGES = dict.fromkeys(Keeping.model_fields, 40)
SHORT = Manners(
    share=1_000_000,
    chat_share=1_000_000,
    keeping=Keeping(**AGES),
    sections=(
        Visiting(details="at once", reports_kept_days=40, reads_kept_days=40, details_hours=2),
        Meals(diets_kept_days=40),
    ),
)


async def nights(here: Street, n: int) -> None:
    """So many days pass; of the nights between only the last is of interest, and is had."""
    await here.deliver()
    here.clock.moment += timedelta(days=n - 1)
    await here.later(days=1)


def add(here: Street, *rows: SQLModel) -> None:
    with here.database.writing() as session:
        session.add_all(rows)


def community(here: Street) -> int:
    return here.app.heres.first.id


def test_every_kind_has_an_age_and_is_dropped() -> None:
    assert {f"{kind}_days" for kind in dropping.KINDS} == {*Keeping.model_fields}
    assert Keeping().days("log") == timedelta(days=1_095)


async def test_the_words_of_a_report_are_dropped_at_night_when_they_are_too_old(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="", manners=SHORT) as here:
        await here.post(ROUND)
        await here.say("陈伯", "报名 3号楼")
        await here.later(days=2)
        await here.say("陈伯", "送到了，膝盖积水", None)
        await here.deliver()
        await nights(here, 39)
        assert [row.words.privately() for row in here.rows(VisitReport)] == ["膝盖积水"]
        await here.later(days=2)
        assert [(row.words.privately(), bool(row.member_id)) for row in here.rows(VisitReport)] == [("", True)]
        assert not any("膝盖积水" in text for text in here.texts(YANG))
        assert in_clear(["膝盖积水"], database(tmp_path / "street.db")) == set()


async def test_what_a_visit_confided_goes_and_who_went_to_whom_stays(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="", manners=SHORT) as here:
        await say(here, YANG, "登记 秦奶奶 3号楼502 13900001111 耳背")
        await press(here, YANG, "确认")
        await here.post("发布 慰问 2026-11-24 09:00-11:00 秦奶奶 1人")
        await say(here, "陈伯", "报名 1")
        await here.later(days=1, hours=1)
        await say(here, "陈伯", "到了")
        before = [(row.member_id, row.happened, row.slot_id) for row in here.rows(Claim)]
        await here.post("发布 慰问 2026-11-28 09:00-11:00 秦奶奶 1人")
        await nights(here, 39)
        first, newest = here.rows(Occurrence)
        assert first.draft_id
        await nights(here, 3)
        first, newest = here.rows(Occurrence)
        assert (first.draft_id, first.confided.privately(), first.state) == (0, "", OPEN)
        assert newest.draft_id, "of the newest of its kind the next is made"
        assert [(row.member_id, row.happened, row.slot_id) for row in here.rows(Claim)] == before
        slots = [slot for slot in here.rows(Slot) if slot.occurrence_id == first.id]
        assert [(slot.confided.privately(), bool(slot.elder_id)) for slot in slots] == [("", True)]
        assert {row.occurrence_id for row in here.rows(Draft)} == {newest.id}
        await say(here, YANG, "很久没去的", "名单 1", "照上次发布 慰问 2027-02-01 9:00-10:00")
        assert "秦奶奶" in here.texts(YANG)[-1]


async def test_details_go_from_screens_so_long_after_the_end_as_is_set(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted=VISIT, manners=SHORT) as here:
        await say(here, "陈伯", "报名 3号楼")
        assert "欧阳金丝雀" in "".join(here.texts("陈伯"))
        await here.later(days=5, hours=3, minutes=59)
        assert "欧阳金丝雀" in "".join(here.texts("陈伯"))
        await here.later(minutes=2)
        assert "欧阳金丝雀" not in "".join(here.texts("陈伯"))


async def test_a_draft_that_was_never_posted_is_emptied(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="", manners=SHORT) as here:
        await say(here, YANG, VISIT)
        await nights(here, 39)
        assert here.rows(Draft)
        await here.later(days=2)
        (o,) = here.rows(Occurrence)
        assert (o.state, o.place, here.rows(Draft), here.rows(Slot)) == (DISCARDED, "", [], [])
        assert "欧阳金丝雀" not in "".join(here.texts(YANG))
        assert "抹去了" in here.texts(YANG)[-1]
        await say(here, YANG, "发布")
        assert [row.state for row in here.rows(Occurrence)] == [DISCARDED]


async def test_words_passed_on_and_cards_go_from_screens(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="", manners=SHORT) as here:
        await say(here, YANG, "登记 秦奶奶 3号楼502 13900001111 耳背")
        await press(here, YANG, "确认")
        await say(here, YANG, "秦奶奶", "登记本")
        await say(here, "陈伯", "楼上漏水漏到我家床上了怎么办呀呀呀")
        await press(here, "陈伯", "转给协调人")
        both = "".join(here.texts(YANG)), "".join(here.texts("陈伯"))
        assert ("床上" in both[0], "13900001111" in both[0], "床上" in both[1]) == (True, True, True)
        await nights(here, 41)
        left = "".join((*here.texts(YANG), *here.texts("陈伯")))
        assert not [word for word in ("床上", "13900001111", "秦奶奶") if word in left]
        kinds = {"passed", "puzzle", "visit.card", "visit.register"}
        assert {repr(post.body) for post in here.owed(*kinds)} == {"{'gone': True}"}
        await say(here, YANG, "秦奶奶")
        assert "13900001111" in here.texts(YANG)[-1], "the register itself is kept as long as their consent"


async def test_whom_to_ring_up_and_how_they_are_in_the_morning_goes(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", manners=SHORT) as here:
        await say(here, YANG, "加 周奶奶 1")
        await say(here, "陈伯", "报平安 每天9点")
        await here.later(days=4)
        await say(here, "陈伯", "我很好")
        asked = [post for post in here.owed("well.ask") if post.body.get("answer")]
        assert asked
        calls = len(here.owed("call"))
        assert calls
        add(here, *aged(here, "well.ask", "call"))
        await here.later(days=1)
        old = [post for post in here.owed("well.ask", "call") if post.due < here.clock.moment - timedelta(days=40)]
        assert len(old) > calls
        assert {repr(post.body) for post in old} == {"{'gone': True}"}
        assert [post.pending for post in here.owed("well.day")] == [True], "they are asked as before"


def aged(here: Street, *kinds: str) -> list[Post]:
    rows = here.owed(*kinds)
    for post in rows:
        post.due -= timedelta(days=60)
    return rows


async def test_lines_of_the_log_and_of_who_read_what_go(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted=VISIT, manners=SHORT) as here:
        await say(here, "陈伯", "报名 3号楼")
        assert here.rows(Heard)
        await nights(here, 42)
        assert here.rows(Heard) == []
        assert {row.verb for row in here.rows(AuditLine)} <= {"dropped_old", "no_claims", "elder_seen"}
        assert [row.promised for row in here.rows(Claim)] == ["claimed"]


async def test_what_somebody_must_not_eat_goes_when_they_come_no_more(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted="", manners=SHORT) as here:
        await say(here, "陈伯", "忌口", "花生")
        await press(here, "陈伯", "确认")
        await say(here, "李阿姨", "忌口", "素")
        await press(here, "李阿姨", "确认")
        await here.later(days=30)
        await here.post("发布 百家饭 2027-01-02 18:00 活动室 凉菜2")
        await say(here, "李阿姨", "百家饭 拌黄瓜 10份")
        assert len(here.rows(Diet)) == 2
        await here.later(days=14)
        assert [row.words.privately() for row in here.rows(Diet)] == ["vegetarian"]


async def test_pictures_of_closed_matters_and_links_that_are_over_go(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="", manners=SHORT) as here:
        own, long_ago = community(here), MONDAY - timedelta(days=41)
        (tmp_path / "pictures").mkdir()
        here.database.shelf = Shelf(tmp_path / "pictures")
        files = {n: f"{n}" * 64 + ".jpg" for n in (1, 2)}
        for name in files.values():
            (tmp_path / "pictures" / name).write_bytes(b"x")
        where: dict[str, Any] = {"community_id": own, "at": long_ago}
        add(
            here,
            Matter(
                community_id=own, id=1, state="solved", brought_at=long_ago, stepped_at=long_ago, closed_at=long_ago
            ),
            Matter(community_id=own, id=2, brought_at=long_ago, stepped_at=long_ago),
            *(MatterPicture(id=n, matter_id=n, name=name, **where) for n, name in files.items()),
            MinutesPicture(id=9, occurrence_id=3, name=files[1], **where),
            LinkCode(community_id=own, member_id=1, salt="s", digest="a", expires=long_ago),
            LinkGuess(community_id=own, network="scene", account="x", last=long_ago),
            DetailsLink(community_id=own, digest="b", post_id=1, shown_by=1, expires=long_ago),
            DetailsProof(digest="c", at=long_ago),
            Invited(community_id=own, occurrence_id=5, member_id=6, answer="excused", at=long_ago),
        )
        await here.later(days=1)
        assert [row.matter_id for row in here.rows(MatterPicture)] == [2]
        gone = (MinutesPicture, LinkCode, LinkGuess, DetailsLink, DetailsProof)
        assert [here.rows(table) for table in gone] == [[], [], [], [], []]
        with here.database.writing() as session:
            sweep(here.database, session, MONDAY + timedelta(days=4_000) + SWEPT)
        assert [path.name for path in (tmp_path / "pictures").iterdir()] == [files[2]]


async def test_consents_that_were_taken_back_go(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="", manners=SHORT) as here:
        for name in ("秦奶奶", "李爷爷"):
            await say(here, YANG, f"登记 {name} 3号楼502 13900001111")
            await press(here, YANG, "确认")
        await say(here, YANG, "收回同意 秦奶奶")
        await nights(here, 39)
        assert len(here.rows(Consent)) == 4
        await here.later(days=2)
        assert [(row.purpose, row.ended_at) for row in here.rows(Consent)] == [("register", None), ("visitors", None)]


async def test_a_night_that_was_missed_is_made_up_for_at_the_next_start(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="", manners=SHORT) as here:
        await say(here, YANG, VISIT)
        await here.die()
        here.clock.moment += timedelta(days=50)
        await here.start()
        await here.deliver()
        assert here.rows(Draft) == []
        (post,) = here.owed(retention.NIGHT)
        assert post.pending
        assert timedelta() < post.due - here.clock.moment <= timedelta(days=1)


@pytest.mark.parametrize("features", [("patrol",), ("patrol", "visit")])
async def test_the_night_that_the_version_before_owed_is_this_one(tmp_path: Path, features: tuple[str, ...]) -> None:
    async with street(tmp_path, "陈伯", posted="", manners=SHORT) as here:
        await here.die()
        bring(here.url, "0066", back=True)
        bring(here.url, "head")
        here.facts["features"] = tuple(f for f in here.app.heres.first.features.values() if f.name in features)
        await here.start()
        assert [post.kind for post in here.rows(Post) if "retention" in post.kind] == [retention.NIGHT]
        await here.later(days=1)
        assert [post.pending for post in here.owed(retention.NIGHT)] == [True]
