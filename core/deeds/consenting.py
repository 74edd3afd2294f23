"""Consent taken back, with effect at once; and written down of those who agreed before consents were rows."""

from __future__ import annotations

from sqlmodel import select

from core import consents
from core.consents import VISITORS, Consent, Purpose
from core.deeds.elders import show_anew
from core.deeds.whole import deed
from core.elders import CONSENT, Elder
from core.ids import new_id
from core.work import Work


@deed
def take_back(work: Work, purpose: Purpose, member_id: int) -> None:
    """They agree to this no more: what it was for ends now, and that they agreed until now is kept."""
    purpose.stops(work, member_id)
    consents.end(work, purpose.name, member=member_id)
    work.log("consent_withdrawn", member=member_id)


@deed
def share(work: Work, row: Elder, *, shares: bool) -> None:
    """Who visits them may read who they are and where they live, or not any more: on screens that show it, too."""
    if shares:
        consents.give(work, VISITORS, CONSENT, elder=row.id)
    else:
        consents.end(work, VISITORS, elder=row.id)
    work.log("elder_shared" if shares else "elder_hidden", matter=row.id)
    show_anew(work, row.id)


def begin(work: Work) -> None:
    """At each start: who agrees by what an older version wrote has a row for it. Nobody who ever took it back."""
    for purpose in work.here.purposes.values():
        rows = select(Consent.member_id).where(Consent.community_id == work.here.id, Consent.purpose == purpose.name)
        known = set(work.session.exec(rows).all())
        for each in purpose.held(work.session, work.here.id):
            if each.member not in known:
                known.add(each.member)
                row = Consent(
                    community_id=work.here.id,
                    id=new_id(work.now),
                    purpose=purpose.name,
                    member_id=each.member,
                    at=each.at,
                )
                row.text, row.taken_by = purpose.text, each.by or each.member
                work.session.add(row)
