"""The door of a page of ours: what is done about personal links is in the log, and who waits there is told of."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import select

from core.deeds.ladders import by_day
from core.deeds.whole import deed
from core.members import Account, Member, member, members
from core.posts import NOTICE, Say
from core.rules import Refusal
from core.work import Work


@deed
def note(work: Work, verb: str, account: tuple[str, str] | None = None, number: int = 0) -> Refusal | None:
    """Write into the log what was done about the link of this account, a network and an id there.

    Who never came is no member: `number` is theirs on the page.
    """
    if not work.may("people"):
        return Refusal("coordinators_only")
    row = work.session.get(Account, (work.here.id, *account)) if account is not None else None
    whose = member(work.session, work.here.id, row.member_id).id if row is not None else 0
    work.log(verb, member=whose, matter=number)
    if verb == "link_renewed" and whose and work.by.member not in (0, whose):
        _tell(work, whose)
    return None


def _tell(work: Work, whose: int) -> None:
    """Who made their new link is told them, where they look when they come in by it: whoever has it is they."""
    by = member(work.session, work.here.id, work.by.member).name
    body = Say(key="door.renewed", facts={"name": by})
    work.owe("say", urgency=NOTICE, member_id=whose, occasion=f"renewed:{work.now.isoformat()}", body=body)


@deed
def knocked(work: Work) -> None:
    """Somebody waits to be let in: who may do that is told, once an hour at most and not by night."""
    page = work.here.page
    body = Say(key="door.knocked_at", facts={"page": f"{page}/people"}) if page else Say(key="door.knocked")
    for id in sorted(work.who_may("people")):
        work.owe(
            "say",
            urgency=NOTICE,
            member_id=id,
            occasion=f"knocked:{work.now:%Y%m%d%H}",
            due=by_day(work, work.now),
            body=body,
        )


@deed
def known_there(work: Work, who: Member, account: tuple[str, str]) -> Refusal | None:
    """This new account is that of somebody who is known already, from another network or from a neighbour's words."""
    if not work.may("people"):
        return Refusal("coordinators_only")
    network, id = account
    row = Account(
        community_id=work.here.id, network=network, id=id, member_id=who.id, name=who.name, last_used=work.now
    )
    who.proxy_id = None  # they speak for themselves from now on
    work.session.add_all([row, who])
    work.session.flush()
    work.log("linked", member=who.id)
    return None


def without_account(work: Work, network: str) -> Sequence[Member]:
    """Who is known and has no account on this network: neighbours from elsewhere, and those put down by others."""
    has = select(Account.member_id).where(Account.community_id == work.here.id, Account.network == network)
    known = set(work.session.exec(has).all())
    return [each for each in members(work.session, work.here.id) if each.id not in known and not each.unit]
