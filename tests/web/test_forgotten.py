"""Who asks to be forgotten on the page is: no byte of the page's store has their name, their link or their words."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlmodel import Session, select

from adapters.web import WEB, store
from adapters.web.forgetting import forget_person
from adapters.web.ids import private_chat
from adapters.web.store import WebEvent, WebMessage, WebPerson, WebSession
from core.deeds.rights import erase
from core.forgetting import FORGETS
from core.members import Account, Member
from core.messages import Message
from core.work import Work
from tests.core.canaries import database as bytes_of
from tests.core.canaries import in_clear
from tests.street import street
from tests.web.house import START

NAME, SAID, TOLD, LINK = "欧阳金丝雀", "我家钥匙在花盆底下", "三号楼的门禁是7788", "hash-of-the-link-7781"
CANARIES = (NAME, SAID, TOLD, LINK)


def lives_on_the_page(session: Session, community: int) -> None:
    session.add(WebPerson(id="ou", name=NAME, link=LINK, added_at=START, arrived=True))
    session.add(Member(community_id=community, id=77, name=NAME))
    session.flush()
    session.add(WebSession(cookie="cookie-7781", person="ou", began_at=START))
    account = Account(community_id=community, network="web", id="ou", member_id=77, name=NAME, last_used=START)
    session.add(account)
    event = WebEvent(kind="said", chat="group", person="ou", text=SAID, happened_at=START)
    store.drop(session, event)
    store.say(session, event)
    store.put(session, private_chat("ou").id, Message((f"{NAME}：{TOLD}",)), "key-1", START)


async def test_nothing_of_who_is_forgotten_is_left_on_the_page(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        FORGETS[WEB.name] = forget_person
        community = here.app.heres.first
        with here.database.writing() as session:
            lives_on_the_page(session, community.id)
        with here.database.writing() as session:
            session.get_one(Member, (community.id, 77)).name = "一位邻居"
            erase(Work(session, community, START + timedelta(minutes=2)), 77)
        with here.database.reading() as session:
            person = session.get_one(WebPerson, "ou")
            assert (person.name, person.link, person.gone) == ("", None, True)
            assert session.exec(select(WebSession)).all() == []
            assert {message.removed for message in session.exec(select(WebMessage)).all()} == {True}
            assert {event.text for event in session.exec(select(WebEvent)).all()} == {""}
        with here.database.engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert in_clear(CANARIES, bytes_of(tmp_path / "street.db")) == set()
