"""A database from before there could be several communities: the one in it is the one that the settings describe."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from core.members import Community
from tests.core.test_migration_groups import insert, upgrade
from tests.street import Street

BEFORE = "0008"


async def test_the_community_of_before_goes_on_under_its_new_name_too(tmp_path: Path) -> None:
    path = tmp_path / "street.db"
    upgrade(path, BEFORE)
    connection = sqlite3.connect(path)
    insert(connection, "community", id=7, name="邻里", zone="Asia/Shanghai", lang="zh")
    connection.commit()
    connection.close()
    here = Street(tmp_path, name="东区邻里")
    await here.start()
    assert [(row.id, row.name, row.named) for row in here.rows(Community)] == [(7, "东区邻里", "")]
    await here.die()


async def test_a_community_of_another_word_is_another_one_though_it_is_called_alike(tmp_path: Path) -> None:
    for word in ("", "east", ""):
        here = Street(tmp_path, named=word)
        await here.start()
        await here.die()
    assert sorted((row.name, row.named) for row in here.rows(Community)) == [("邻里", ""), ("邻里", "east")]
