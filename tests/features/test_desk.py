"""A coordinator's desk: what needs a word today, what comes, and what is done there, over the deeds of the chat."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sqlmodel import Session

from adapters.scene.network import person, private
from core.activities import DRAFT, OPEN, Occurrence
from core.attempts import event_from, sort_of
from core.audit import AuditLine
from core.claims import Claim, roster_of
from core.desk import Desk, Errand
from core.members import Member
from core.messages import Answer, Arranged
from core.views.lookup import Lookup
from tests.street import YANG, Street, street

T = TypeVar("T")
FRIDAY = datetime(2026, 11, 27, 11, tzinfo=UTC)
"""Seven in the evening in Shanghai, when the patrol of the street begins."""


async def do(here: Street, what: str, who: str = YANG, **fields: object) -> Answer:
    """Somebody does this on a desk."""
    said = {name.replace("_", "."): str(value) for name, value in fields.items()}
    community = here.app.heres.first.id
    asked = Arranged(here.network.screens.id(), private(person(who)), person(who), what, community, said)
    answer = await here.tell(asked)
    await here.deliver()
    return answer


def look(here: Street, work: Callable[[Desk], T], who: str = YANG) -> T:
    def on(session: Session) -> T:
        return work(Desk(Lookup(session, here.app.heres.first, here.clock.now()), id_of(here, who)))

    return here.read(on)


def id_of(here: Street, name: str) -> int:
    return next(row.id for row in here.rows(Member) if row.name == name)


def errands(here: Street, who: str = YANG) -> list[Errand]:
    return look(here, lambda desk: desk.errands(), who)


def sorts(here: Street, who: str = YANG) -> list[str]:
    return [errand.sort for errand in errands(here, who)]


def claims(here: Street) -> dict[str, Claim]:
    """Live claims by the name of the member."""
    names = {row.id: row.name for row in here.rows(Member)}
    found = here.read(lambda s: roster_of(s, newest(here)).claims)
    return {names[claim.member_id]: claim for claim in found}


def newest(here: Street) -> Occurrence:
    return max(here.rows(Occurrence), key=lambda row: row.id)


async def test_only_who_arranges_something_has_a_desk(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        assert look(here, lambda desk: desk.open)
        assert not look(here, lambda desk: desk.open, "陈伯")
        before = here.state()["Claim"], here.state()["Occurrence"]
        for what in ("draft", "add", "remove", "roll", "press"):
            refused = await do(here, what, "陈伯", kind="patrol", occurrence=newest(here).id, names="王伯")
            assert "请协调人来做" in refused.toast
        assert (here.state()["Claim"], here.state()["Occurrence"]) == before


async def test_a_form_is_read_as_words_are_and_posted_once(tmp_path: Path) -> None:
    async with street(tmp_path, posted="") as here:
        await do(here, "draft", kind="patrol", day="2026-11-29", begin="08:00", end="10:00", place="南门", count="3",
                 note="带哨子")  # fmt: skip
        o = newest(here)
        assert (o.state, o.place, o.note) == (DRAFT, "南门", "带哨子")
        assert o.starts_at == datetime(2026, 11, 29, tzinfo=UTC)
        assert sorts(here) == ["draft"]
        assert here.texts() == [], "nothing reaches a group before it is posted"
        await do(here, "amend", occurrence=o.id, kind="patrol", day="2026-11-29", begin="09:30", end="11:00",
                 place="西门", count="3", note="带手电")  # fmt: skip
        o = newest(here)
        assert (o.place, o.note) == ("西门", "带手电"), "a note that was written over is not put behind the one before"
        assert o.starts_at == datetime(2026, 11, 29, 1, 30, tzinfo=UTC)
        await do(here, "amend", occurrence=o.id, words="4个人")
        assert here.read(lambda s: roster_of(s, newest(here)).wanted()) == 4
        draft = errands(here)[0].post
        assert draft is not None
        first = await do(here, "press", post=draft.id, action="publish")
        assert "已发布" in first.toast
        again = await do(here, "press", post=draft.id, action="publish")
        assert "已经发布" in again.toast
        assert [o.state for o in here.rows(Occurrence)] == [OPEN]
        assert ["西门" in text for text in here.texts()] == [True]
        assert {line.verb for line in here.rows(AuditLine)} >= {"post"}
        late = await do(here, "amend", occurrence=o.id, words="5个人")
        assert "已经发布" in late.toast


async def test_one_line_of_words_does_the_same_and_what_is_missing_is_asked(tmp_path: Path) -> None:
    async with street(tmp_path, posted="") as here:
        await do(here, "draft", words="巡逻 周六上午9点 东门 2人")
        assert newest(here).place == "东门"
        await do(here, "draft", kind="patrol", place="北门")
        errand = errands(here)[-1]
        assert errand.post is not None
        refused = await do(here, "press", post=errand.post.id, action="publish")
        assert "按钮" in refused.toast, "what cannot be posted yet offers no 发布"
        assert "还没有写" in (await do(here, "draft")).toast


async def test_names_are_put_down_and_taken_off_and_who_left_meanwhile_is_left_in_peace(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        o = newest(here)
        said = await do(here, "add", occurrence=o.id, names="陈伯、孙奶奶")
        assert "陈伯" in said.toast
        assert set(claims(here)) == {"陈伯", "孙奶奶"}
        await do(here, "remove", occurrence=o.id, claim=claims(here)["孙奶奶"].id)
        assert set(claims(here)) == {"陈伯"}
        claim = claims(here)["陈伯"]
        await here.say("陈伯", "退出")
        gone = await do(here, "remove", occurrence=o.id, claim=claim.id)
        assert "已经不在名单上" in gone.toast
        assert {line.verb for line in here.rows(AuditLine)} >= {"add", "remove", "leave"}


async def test_names_are_read_as_in_talk_with_what_they_bring_and_oneself_among_them(tmp_path: Path) -> None:
    async with street(tmp_path, "李阿姨", posted="") as here:
        await do(here, "draft", kind="potluck", day="2026-11-28", begin="11:00", place="活动室", count="凉菜2 热菜4")
        draft = errands(here)[0].post
        assert draft is not None
        await do(here, "press", post=draft.id, action="publish")
        o = newest(here)
        assert here.read(lambda s: [slot.max for slot in roster_of(s, o).slots]) == [2, 4]
        await do(here, "add", occurrence=o.id, names="李阿姨 红烧肉，我")
        found = claims(here)
        assert set(found) == {"李阿姨", YANG}
        assert found["李阿姨"].thing == "红烧肉"
        assert (await do(here, "add", occurrence=o.id, names="陈伯+1")).alert, "nobody is left out in silence"
        assert set(claims(here)) == {"李阿姨", YANG}


async def test_two_of_one_name_are_asked_about_and_the_answer_is_pressed_where_it_was_asked(tmp_path: Path) -> None:
    async with street(tmp_path, "王阿姨", "李阿姨") as here:
        await here.say("李阿姨", "我叫 王阿姨", None)
        await do(here, "add", occurrence=newest(here).id, names="王阿姨")
        assert claims(here) == {}
        (question,) = (post for post in here.owed("ask") if post.state == "open")
        forged = await do(here, "press", post=question.id, action="pick.7")
        assert "按钮" in forged.toast
        await do(here, "press", post=question.id, action="pick.0")
        assert set(claims(here)) == {"王阿姨"}


async def test_a_tick_is_written_down_and_what_changed_meanwhile_is_said(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "王阿姨", posted="发布 巡逻 2026-11-27 19:00-21:00 东门 3人") as here:
        o = newest(here)
        for name in ("陈伯", "王阿姨"):
            await here.say(name, "报名")
        await do(here, "add", occurrence=o.id, names="孙奶奶")
        await here.at(FRIDAY + timedelta(minutes=5))
        drawn = list(claims(here).values())
        page = {f"was_{claim.id}": f"0 {claim.member_id}" for claim in drawn}
        await here.say("王阿姨", "退出")
        everybody = {f"there_{claim.id}": 1 for claim in drawn}
        said = await do(here, "roll", occurrence=o.id, **page, **everybody)
        assert "到了2人" in said.toast
        assert "王阿姨刚刚退出" in said.toast
        assert {claim.happened for claim in claims(here).values()} == {"present"}
        chen = claims(here)["陈伯"]
        untouched = {f"was_{claim.id}": f"0 {claim.member_id}" for claim in claims(here).values()}
        await do(here, "roll", occurrence=o.id, **untouched)
        assert claims(here)["陈伯"].happened == "present", "an older page that ticks nothing takes nothing back"
        await do(here, "roll", occurrence=o.id, **{f"was_{chen.id}": f"1 {chen.member_id}"})
        assert claims(here)["陈伯"].happened == "unknown", "a tick that is taken away is no absence"


async def test_what_needs_a_word_stands_there_and_goes_when_it_is_said(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "王伯", "李阿姨") as here:
        assert sorts(here) == ["empty"]
        await here.say("陈伯", "报名")
        assert sorts(here) == [], "one of two is not too few four days before"
        await here.at(FRIDAY - timedelta(days=1))
        assert sorts(here) == ["thin"]
        await here.say("王伯", "报名")
        await here.say("李阿姨", "报名")
        await here.say("王伯", "退出")
        (offer,) = errands(here)
        assert (offer.sort, offer.whom) == ("offer", (id_of(here, "李阿姨"),))
        await do(here, "add", occurrence=newest(here).id, names="李阿姨")
        assert sorts(here) == []
        await here.say("陈伯", "转给协调人 带几个手电？", None)
        (passed,) = errands(here)
        assert passed.post is not None
        said = await do(here, "answer", post=passed.post.id, words="两个就好。")
        assert "已送到陈伯" in said.toast
        await here.deliver()
        assert sorts(here) == []
        assert any("两个就好" in text for text in here.texts("陈伯"))


async def test_who_did_not_come_back_is_named_and_rung_up_once_by_whichever_coordinator(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "王伯", coordinators=[f"scene:{YANG}", "scene:王伯"]) as here:
        await here.say("陈伯", "报名")
        await here.at(FRIDAY)
        await here.say("陈伯", "到了", None)
        await here.at(FRIDAY + timedelta(hours=2, minutes=45))
        back = next(errand for errand in errands(here) if errand.sort == "back")
        assert back.whom == (id_of(here, "陈伯"),)
        assert [errand.sort for errand in errands(here, "王伯") if errand.sort == "back"] == ["back"]
        assert back.post is not None
        said = await do(here, "press", "王伯", post=back.post.id, action=f"called.{id_of(here, '陈伯')}")
        assert "打过了" in said.toast
        assert "back" not in sorts(here), "a colleague was quicker"
        forged = await do(here, "press", post=back.post.id, action="called.77")
        assert "按钮" in forged.toast
        done = await do(here, "attend", occurrence=newest(here).id, member=id_of(here, "陈伯"), verb="done")
        assert not done.alert
        assert claims(here)["陈伯"].happened == "finished"


async def test_whom_no_chat_reaches_is_to_be_called(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        await do(here, "add", occurrence=newest(here).id, names="孙奶奶")
        await here.at(FRIDAY - timedelta(minutes=50))
        (call,) = (errand for errand in errands(here) if errand.sort == "call")
        assert call.whom == (id_of(here, "孙奶奶"),)
        assert call.post is not None
        await do(here, "press", post=call.post.id, action=f"called.{call.whom[0]}")
        assert "call" not in sorts(here)


async def test_a_fortnight_has_what_is_up_and_what_a_series_says(tmp_path: Path) -> None:
    async with street(tmp_path, posted="发布 巡逻 每周五 19:00-21:00 东门 2人") as here:
        first = here.clock.now()
        found = look(here, lambda desk: desk.planned(first, first + timedelta(days=14)))
        assert [(each.starts, each.on is not None) for each in found] == [
            (FRIDAY, True),
            (FRIDAY + timedelta(days=7), False),
        ]


def test_what_was_done_can_be_kept_beside_the_database_and_read_back() -> None:
    done = Arranged("7", private(person(YANG)), person(YANG), "roll", 1, {"was.5": "0 3", "there.5": "1"})
    assert event_from(sort_of(done), json.loads(json.dumps(asdict(done)))) == done


async def test_a_draft_is_nobody_elses(tmp_path: Path) -> None:
    async with street(tmp_path, "王伯", posted="", coordinators=[f"scene:{YANG}", "scene:王伯"]) as here:
        await do(here, "draft", words="慰问 明天上午9点半 3号楼502张奶奶 2人")
        assert sorts(here) == ["draft"]
        assert sorts(here, "王伯") == []
        post = errands(here)[0].post
        assert post is not None
        for what in ("press", "amend"):
            asked = {"post": post.id, "action": "publish", "occurrence": newest(here).id, "words": "3人"}
            refused = await do(here, what, "王伯", **asked)
            assert "按钮" in refused.toast
        assert newest(here).state == DRAFT
