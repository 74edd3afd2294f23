"""What the page keeps of somebody is dropped, all of it, when they ask to be forgotten."""

from __future__ import annotations

from sqlmodel import Session, col, select

from adapters.web import push_rows, store
from adapters.web.ids import private_chat
from adapters.web.knocks import WebKnock
from adapters.web.store import WebEvent, WebMessage, WebPerson, WebRead
from core.confided import Confided


def forget_person(session: Session, id: str) -> None:
    """Nothing of somebody is kept: not their name, their link, their sessions, their private chat, or their own words
    anywhere. Their row stays without them, for what others answered to.
    """
    person = session.get(WebPerson, id)
    if person is None:
        return
    store.end_sessions(session, id)
    push_rows.drop_browsers(session, person=id)
    push_rows.drop_unseen(session, person=id)
    for row in session.exec(select(WebRead).where(WebRead.person == id)):
        session.delete(row)
    for event in session.exec(select(WebEvent).where(WebEvent.person == id)):
        event.text, event.confided, event.picture, event.toast = "", Confided(), "", ""
        session.add(event)
    theirs = (col(WebMessage.chat) == private_chat(id).id) | (col(WebMessage.person) == id)
    for message in session.exec(select(WebMessage).where(theirs)):
        store.change(session, message, text=[], actions=[], picture="", removed=True, pinned_at=None)
        session.flush()
    for knock in session.exec(select(WebKnock).where(WebKnock.person == id)):
        session.delete(knock)
    person.name, person.lang, person.link, person.coordinator, person.gone = "", None, None, False, True
    person.building, person.linked_at, person.reminding = "", None, ""
    session.add(person)
