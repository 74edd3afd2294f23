"""Who asks to be forgotten is: no byte of the database has their name, and what happened still counts."""

from __future__ import annotations

from pathlib import Path

from core.claims import Claim
from core.members import Account
from tests.street import street

NAME = "欧阳金丝雀"


async def test_nothing_of_who_is_forgotten_is_left(tmp_path: Path) -> None:
    async with street(tmp_path, NAME, "陈伯") as here:
        await here.say(NAME, "报名")
        await here.say("陈伯", f"帮{NAME}报名")
        await here.deliver()
        assert NAME in here.texts()[-1]
        await here.say(NAME, "我的资料", None)
        await here.say(NAME, "忘记我", None)
        await here.deliver()
        await here.press(NAME, "确认")
        await here.deliver()
        assert "已经抹去" in here.texts(NAME)[-1]
        assert NAME not in "".join(here.texts())
        await here.later(minutes=5)
        assert all(account.name != NAME for account in here.rows(Account))
        assert here.rows(Claim)
        with here.database.engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        kept = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
        assert [form for form in (NAME.encode(), NAME.encode("unicode-escape")) if form in kept] == []
