"""What is brought privately is sealed, reaches no group and no log; what is forgotten of somebody leaves the matter."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import matters
from core.matters import Matter, MatterShare, MatterStep, MatterVerdict
from core.members import Member
from core.messages import Confide
from core.messages import words as words_of
from tests.bot.logged import logged as everything
from tests.core.canaries import database, in_clear
from tests.street import YANG, street

CANARIES = ("欧阳金丝雀", "13917775501", "半夜拖椅子", "女儿周末来", "还差一把伞")


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that is logged at DEBUG, as it leaves the process."""
    with everything() as stream:
        yield stream


async def test_what_is_handled_privately_stands_nowhere_in_clear(tmp_path: Path, logged: io.StringIO) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted="") as here:
        for name, words in (
            ("陈伯", "烦心事 楼上欧阳金丝雀奶奶半夜拖椅子，电话13917775501"),
            (YANG, "私下办"),
            (YANG, "事1 女儿周末来"),
            ("陈伯", "事1"),
            ("李阿姨", "事1"),
            (YANG, "事1 解决了"),
            ("陈伯", "还没有"),
            ("陈伯", "还差一把伞"),
        ):
            await here.say(name, words, None)
            await here.deliver()
        assert "半夜拖椅子" in "".join(here.texts(YANG))
        assert "还差一把伞" in "".join(here.texts(YANG))
        assert here.texts() == []
        said = [span for name in (YANG, "陈伯") for shown in here.shown(name) for span in shown.message.text]
        private = [span for span in said if any(canary in words_of(span) for canary in CANARIES)]
        assert len(private) > 5
        assert all(isinstance(span, Confide) for span in private), "a type that no group is ever shown"
        assert "半夜" not in "".join(here.texts("李阿姨"))
        file = Path(here.url.removeprefix("sqlite:///"))
        assert in_clear(CANARIES, database(file)) == set()
    assert not [word for word in CANARIES if word in logged.getvalue()]


async def test_of_somebody_forgotten_the_matter_stays_and_nothing_else(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted="") as here:
        await here.say("陈伯", "烦心事 南门口的路灯不亮")
        await here.say("李阿姨", "我也是 1")
        await here.say(YANG, "事1 解决了 换了灯泡")
        await here.deliver()
        await here.press("陈伯", "解决了")
        await here.deliver()
        gone = next(row for row in here.rows(Member) if row.name == "陈伯")
        with here.database.writing() as session:
            matters.forget(session, gone.community_id, gone.id)
        (matter,) = here.rows(Matter)
        assert (matter.words, matter.brought_by) == ("南门口的路灯不亮", 0)
        assert gone.id not in {row.member_id for row in (*here.rows(MatterShare), *here.rows(MatterVerdict))}
        assert gone.id not in {row.by_member for row in here.rows(MatterStep)}
        await here.say(YANG, "事1 线也换了")
        await here.deliver()
        assert "线也换了" in here.texts()[-1]
        assert "线也换了" not in "".join(here.texts("陈伯"))
