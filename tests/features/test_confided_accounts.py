"""What is confided goes to an account where it may be written; who asked elsewhere is told where to look."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.scene.network import CAN, SceneNetwork
from core.activities import Occurrence
from core.members import Account, KnownChat
from tests.features.elders import ELDERS, VISIT
from tests.street import MONDAY, Street

ABROAD = replace(CAN, confides=False)
WORD = ELDERS["3号楼"]


class AtHome(SceneNetwork):
    """A second network, which may carry what is confided."""

    name = "home"
    bot = "bot at home"

    def told(self) -> str:
        return "\n".join(call.message.plain() for call in self.calls if call.message is not None)


async def street_of_two(folder: Path, home: AtHome, *, reachable: bool = True) -> Street:
    """陈伯 has two accounts, the one abroad used last; only where he is `reachable` at home can he be told there."""
    here = Street(folder, ABROAD)
    here.others = (home,)
    await here.start()
    await here.meet("杨老师", "陈伯", "王阿姨")
    await here.post(VISIT)
    with here.database.writing() as session:
        known = next(row for row in here.rows(Account) if row.id == "陈伯")
        facts = {"community_id": known.community_id, "network": "home"}
        early = MONDAY - timedelta(days=9)
        session.add(
            Account(**facts, id="陈伯", member_id=known.member_id, name="陈伯", reachable=reachable, last_used=early)
        )
        session.add(KnownChat(**facts, id=77, address="private/陈伯", private=True, account="陈伯", name="陈伯"))
    return here


@pytest.mark.parametrize("reachable", [True, False])
async def test_details_go_where_they_may_be_written(tmp_path: Path, reachable: bool) -> None:
    home = AtHome(CAN)
    here = await street_of_two(tmp_path, home, reachable=reachable)
    await here.say("陈伯", "报名 3号楼", None)
    await here.deliver()
    assert (WORD in home.told()) == reachable
    assert ("细节发到您另一个账号的私聊里了" in "\n".join(here.texts("陈伯"))) == reachable
    await here.say("陈伯", "报名 9", None)  # what confides nothing is answered where it was asked
    await here.deliver()
    assert "没有 9 号活动" in here.texts("陈伯")[-1]
    await here.die()


async def test_a_reminder_with_details_goes_there_too_and_says_nothing_where_nobody_asked(tmp_path: Path) -> None:
    home = AtHome(CAN)
    here = await street_of_two(tmp_path, home)
    await here.say("陈伯", "报名 3号楼", None)
    await here.deliver()
    told, before = home.told().count(WORD), len(here.texts("陈伯"))
    starts = here.rows(Occurrence)[0].starts_at
    assert starts is not None
    await here.at(starts)
    assert home.told().count(WORD) > told
    assert len(here.texts("陈伯")) == before
    await here.die()


async def test_who_has_no_other_account_is_told_without_the_words(tmp_path: Path) -> None:
    home = AtHome(CAN)
    here = await street_of_two(tmp_path, home)
    await here.say("王阿姨", "报名 5号楼", None)
    await here.deliver()
    assert "慰问" in here.texts("王阿姨")[-1]
    assert ELDERS["5号楼"] not in home.told()
    await here.die()
