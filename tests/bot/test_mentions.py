"""An @name in the chat is the account that is called so, and nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session

from adapters.scene.network import person, private
from core.members import Account, Member
from tests.street import GROUP, YANG, street

MXID = "@li:example.org"


async def test_the_whole_name_of_an_account_means_its_bearer(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", MXID) as here:
        await here.say("陈伯", f"帮 {MXID} 报名")
        await here.deliver()
        assert "1/2" in here.rosters()[0]
        assert here.texts(MXID), "whoever is put down is told"
        await here.say("陈伯", f"帮 {MXID} 退出")
        await here.deliver()
        assert "0/2" in here.rosters()[0]


async def test_a_name_shown_by_the_network_means_its_bearer_whatever_they_are_called_here(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "li_ayi") as here:
        await here.say("li_ayi", "我叫李阿姨", None)
        await here.say("陈伯", "帮@LI_ayi报名")
        await here.deliver()
        assert "李阿姨" in here.rosters()[0]


async def test_two_who_are_called_so_are_asked_about(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "li_ayi#1", "li_ayi#2") as here:
        assert {account.name for account in here.rows(Account)} >= {"li_ayi"}
        await here.say("陈伯", "帮@li_ayi报名")
        await here.deliver()
        assert "0/2" in here.rosters()[0]
        assert any("哪一位" in text for text in here.texts("陈伯"))
        assert not any("另一位" in str(shown.message) for shown in here.shown("陈伯")), "an account is nobody else's"


async def test_an_unknown_name_makes_nobody(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        before = len(here.rows(Member))
        for words in ("帮@zhao_yi报名", "我和@zhao_yi报名", "换@zhao_yi去", "加 @zhao_yi 1", "1. 陈伯\n2. @zhao_yi"):
            await here.say("陈伯", words, GROUP)
            await here.say("杨老师", words, None)
            await here.deliver()
        assert len(here.rows(Member)) == before
        assert "zhao_yi" not in "".join(here.rosters())


async def test_somebody_an_earlier_version_made_of_an_at_name_can_be_taken_off(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        await here.say("陈伯", "帮赵一报名")
        await here.deliver()

        def rename(session: Session) -> None:
            row = next(m for m in here.rows(Member) if m.name == "赵一")
            row.name = "@zhao_yi"
            session.merge(row)

        await here.database.write(rename)
        await here.say("陈伯", "帮 @zhao_yi 退出")
        await here.deliver()
        assert "0/2" in here.rosters()[0]


async def test_a_name_is_taken_from_the_speakers_own_network_first(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "li_ayi") as here:
        await here.meet("王伯")

        def elsewhere(session: Session) -> None:
            known = next(a for a in here.rows(Account) if a.name == "王伯")
            row = Account(**{**known.model_dump(), "network": "telegram", "id": "77", "name": "li_ayi"})
            session.add(row)

        await here.database.write(elsewhere)
        await here.say("陈伯", "帮@li_ayi报名")
        await here.deliver()
        assert "li_ayi" in here.rosters()[0]
        assert "王伯" not in here.rosters()[0]


async def test_whom_the_network_gives_as_a_person_is_meant_known_before_or_not(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        event = here.network.said(person("陈伯"), GROUP, "帮 @id77 报名")
        await here.tell(replace(event, mentions=(replace(person("李阿姨"), id="77", handle="id77"),)))
        await here.deliver()
        assert "李阿姨" in here.rosters()[0]
        assert [account.name for account in here.rows(Account) if account.id == "77"] == ["李阿姨"]
        event = here.network.said(person("陈伯"), GROUP, "帮 @id77 退出")
        await here.tell(replace(event, mentions=(replace(person("李阿姨"), id="77", handle="id77"),)))
        await here.deliver()
        assert "0/2" in here.rosters()[0]


async def test_a_name_by_which_a_network_mentions_somebody_means_them(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨") as here:
        event = here.network.said(person("李阿姨"), GROUP, "大家早")
        await here.tell(replace(event, person=replace(event.person, handle="Li_Ayi")))
        await here.say("陈伯", "帮@li_ayi报名")
        await here.deliver()
        assert "李阿姨" in here.rosters()[0]


async def test_words_passed_on_have_the_name_of_who_is_mentioned(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        event = here.network.said(person("陈伯"), private(person("陈伯")), "@id77 的钥匙在我这里")
        await here.tell(replace(event, mentions=(replace(person("李阿姨"), id="77", handle="id77"),)))
        await here.deliver()
        assert here.texts("陈伯")
        event = here.network.said(person("陈伯"), private(person("陈伯")), "告诉协调人：@id77 的钥匙在我这里")
        await here.tell(replace(event, mentions=(replace(person("李阿姨"), id="77", handle="id77"),)))
        await here.deliver()
        assert "@李阿姨 的钥匙" in here.texts(YANG)[-1]


async def test_the_group_s_line_rings_those_it_names(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        await here.meet("老吴", reachable=False)
        await here.say("老吴", "报名")
        await here.deliver()
        await here.at(datetime(2026, 11, 26, 11, 1, tzinfo=UTC))
        (line,) = [shown for shown in here.shown() if "老吴" in shown.text and "明天" in shown.text]
        assert line.names(person("老吴"))
