"""0066 on rows that the version before wrote: who was on the page is asked, and what stood there then calls nobody."""

from __future__ import annotations

from pathlib import Path

from adapters.web import store
from adapters.web.ids import private_chat
from adapters.web.push_rows import WebUnseen
from adapters.web.store import WebMessage, WebPerson
from core.messages import Message
from tests.core.test_migrating_parts import columns_of
from tests.migrating import bring
from tests.street import MONDAY, street

BEFORE = "0065"


async def test_who_was_on_the_page_before_is_as_one_who_was_not_asked(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        with here.database.writing() as session:
            session.add(WebPerson(id="li", name="李阿姨", added_at=MONDAY, arrived=True))
            session.flush()
            store.put(session, private_chat("li").id, Message(("明天早上8点。",)), "k1", MONDAY)
        await here.die()
        bring(here.url, BEFORE, back=True)
        assert "reminding" not in columns_of(here.url, "web_person")
        await here.start()
        assert [(row.id, row.reminding) for row in here.rows(WebPerson)] == [("li", "")]
        assert [store.said(row) for row in here.rows(WebMessage)] == [[["text", "明天早上8点。"]]]
        assert here.rows(WebUnseen) == []
        await here.say("陈伯", "+1")
        await here.deliver()
        assert "1/2" in here.rosters()[-1]
