"""0065 on rows that the version before wrote: a group of then that moves hears what is pressed where it was."""

from __future__ import annotations

from pathlib import Path

from adapters.scene.network import group
from core.members import KnownChat
from core.messages import Moved
from tests.core.test_migrating_parts import columns_of
from tests.migrating import bring
from tests.street import GROUP, street

BEFORE = "0064"


async def test_a_group_of_the_version_before_is_known_by_its_first_id_once_it_has_moved(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨") as here:
        await here.press("陈伯", "我来")
        old = here.pressed("李阿姨", "我来")
        await here.die()
        bring(here.url, BEFORE, back=True)
        assert "before" not in columns_of(here.url, "knownchat")
        await here.start()
        await here.tell(Moved("m", GROUP, group("new")))
        await here.tell(old)
        await here.deliver()
        rows = [(row.address, row.before, row.closed) for row in here.rows(KnownChat) if not row.private]
        assert rows == [(group("new").id, GROUP.id, False)]
        assert here.promised() == {"陈伯": "claimed", "李阿姨": "claimed"}
