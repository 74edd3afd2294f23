"""Partner units on a roster: one line for each, with how many they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from core.claims import OFFERED, THERE, Claim, Roster
from core.messages import Span
from core.views.details import called
from core.views.lookup import Lookup
from core.views.view import View


def persons(lookup: Lookup, claims: Iterable[Claim]) -> list[Claim]:
    """Of these claims, those that are one person's each."""
    return [claim for claim in claims if not lookup.member(claim.member_id).unit]


def heads_of_units(lookup: Lookup, claims: Iterable[Claim]) -> Counter[int]:
    """Of these claims, how many are of each unit."""
    return Counter(claim.member_id for claim in claims if lookup.member(claim.member_id).unit)


def units(view: View, on: Roster) -> list[tuple[Span, ...]]:
    """'区图书馆 12人', and how many of them are there, or that they are only expected."""
    out: list[tuple[Span, ...]] = []
    for id, n in heads_of_units(view.lookup, on.taking()).items():
        theirs = [claim for claim in on.taking() if claim.member_id == id]
        said = view.text("roster.unit", name=called(view.lookup, on, id, view.lang), n=n)
        if all(claim.promised == OFFERED for claim in theirs):
            said = view.text("roster.offered", name=said)
        if here := sum(claim.happened in THERE for claim in theirs):
            said += view.text("roster.unit_here", n=here)
        out.append((said,))
    return out
