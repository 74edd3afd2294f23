"""0064 on rows that the version before wrote: whoever had a link has it still, and is listed by when they came."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from adapters.web.guard import digest
from tests.migrating import bring
from tests.web.estate import estate, links, renewed, words

BEFORE = "0063"
TOKEN = "0f61f9a6db7f5b0d8c7c1e4b0a2cc0d5"
LI = "a1b2c3d4e5f6"


async def test_who_had_a_link_comes_in_by_it_as_before_and_may_have_a_new_one(tmp_path: Path) -> None:
    bring(f"sqlite:///{tmp_path}/web.db", BEFORE)
    with closing(sqlite3.connect(tmp_path / "web.db")) as rows:
        person = (LI, "李阿姨", None, 0, digest(TOKEN), "2026-11-20 01:00:00.000000", 0, 0)
        rows.execute("INSERT INTO web_person VALUES (?, ?, ?, ?, ?, ?, ?, ?)", person)
        rows.commit()
    async with estate(tmp_path) as (here, yang):
        assert "还没进来（1位） 李 李阿姨 周五 09:00给的链接" in words(await yang.look("/people"))
        li = await here.enter(f"/enter/{TOKEN}")
        assert (await li.look()).status == 200
        (link,) = links(await renewed(yang, LI)).values()
        assert (await li.look()).status == 401
        assert (await (await here.enter(link)).look()).status == 200
