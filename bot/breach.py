"""A lost account: whose records were within its reach, and what of them it was shown, for those who must be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from bot.backup import NotDone
from bot.config import Config
from bot.rights import opened, served
from bot.wording import catalogue
from core import audit, elders, members
from core.confiding import Heard
from core.here import Here
from core.members import Member, Paired
from core.messages import Person
from core.roles import may, roles


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody whose record was within reach. `how` is a key of the catalogue; `at`: when it was last shown."""

    how: str
    name: str
    at: datetime | None = None


def breach(config: Config, address: str, now: datetime) -> list[Reached]:
    """Everybody whose records this account ("network:id") could read, nearest first. It is written into the log that
    it was asked. Raises `NotDone` for an account that nobody knows.
    """
    network, _, id = address.partition(":")
    found: list[Reached] = []
    with opened(config) as session:
        for here in served(session, config, now):
            person = Person(network, id)
            account = members.account_of(session, here.id, person)
            if account is None:
                continue
            who = members.member(session, here.id, account.member_id)
            coordinates = may(roles(session, here.id, administrators=here.ranks).get(who.id), "elders")
            found += reached(session, here, who, coordinates=coordinates)
            audit.record(session, here.id, now, "breach_asked", for_member=who.id)
    if not found:
        raise NotDone(catalogue().text(config.community.lang, "breach.none", address=address))
    return found


def reached(session: Session, here: Here, who: Member, *, coordinates: bool) -> Iterator[Reached]:
    """Themselves, those for whom they speak, those of the register whom they were shown, and as a coordinator all."""
    yield Reached("own", who.name)
    for ward in session.exec(select(Member).where(Member.community_id == here.id, Member.proxy_id == who.id)).all():
        yield Reached("ward", ward.name)
    given = roles(session, here.id, administrators=here.ranks)
    ranks = {id for id, role in given.items() if may(role, "elders")}
    for row in elders.elders(session, here.id):
        if row.lost:
            name = "?"
        else:
            said = row.read()
            name = f"{said.name} {said.building}".strip()
        reads = [at for at, by in elders.reads_of(session, here.id, row.id, ranks) if by == who.id]
        if reads or coordinates:
            yield Reached("shown" if reads else "could", name, max(reads) if reads else None)
    paired = select(Paired).where(Paired.community_id == here.id)
    if coordinates:
        yield Reached("everybody", "", None)
    accounts = members.accounts_of(session, here.id, who.id)
    names = {(each.network, each.id) for each in accounts}
    if any((row.network, row.account) in names for row in session.exec(paired).all()):
        yield Reached("paired", who.name)
    other = session.exec(
        select(Heard).where(Heard.community_id == here.id, Heard.member_id == who.id).order_by(col(Heard.id).desc())
    ).first()
    if other is not None:
        yield Reached("messages", "", other.at)


def lines(config: Config, found: list[Reached], zone: ZoneInfo) -> list[str]:
    """As it is printed: for the operator's eyes, with names."""
    lang, out = config.community.lang, []
    for each in found:
        at = "" if each.at is None else each.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        out.append(catalogue().text(lang, f"breach.{each.how}", name=each.name, at=at).rstrip())
    return out
