"""Who may do what: roles, and the one table of role and action that everything asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal, get_args

from sqlalchemy import bindparam, literal, union_all
from sqlmodel import AutoString, Field, Session, SQLModel, col, delete, select

from core import columns
from core.members import Member, member
from core.ranks import coordinating
from core.way import Statement

Role = Literal["coordinator", "deputy", "visits", "patrols"]
Given = Literal["deputy", "visits", "patrols"]
"""Those that a coordinator gives; who is a coordinator the settings say, the pairing code, or a group's own rank."""
Action = Literal[
    "arrange",  # post, change, call off; put people down and take them off; say who was there
    "elders",  # the register: keep it, read it, ask who read it
    "reports",  # what visitors report, and what came of it
    "coordinate",  # whatever no other line names
    "lists",
    "records",
    "matters",
    "digest",
    "partners",
    "groups",  # which groups are ours
    "people",  # who has a personal link to a page of ours
    "link",  # two records are one person
    "roles",  # who has which role
]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
ACTIONS: Final[tuple[Action, ...]] = get_args(Action)
EVERY = frozenset(ROLES)
BOTH: frozenset[Role] = frozenset({"coordinator", "deputy"})
FIRST: frozenset[Role] = frozenset({"coordinator"})
TABLE: Mapping[Action, frozenset[Role]] = {
    "arrange": EVERY,
    "elders": BOTH | {"visits"},
    "reports": BOTH | {"visits"},
    "coordinate": BOTH,
    "lists": BOTH,
    "records": BOTH,
    "matters": BOTH,
    "digest": BOTH,
    "partners": BOTH,
    "groups": FIRST,
    "people": FIRST,
    "link": FIRST,
    "roles": FIRST,
}
KINDS: Mapping[Role, frozenset[str]] = {"visits": frozenset({"visit", "study"}), "patrols": frozenset({"patrol"})}
"""Which kinds of activity a role arranges; all of them, where nothing is said."""


def may(role: Role | None, action: Action, kind: str = "") -> bool:
    """Whether a role may do this. `kind`: of the activity that is arranged, '' for any at all."""
    if role is None or role not in TABLE[action]:
        return False
    return action != "arrange" or not kind or kind in KINDS.get(role, {kind})


class RoleGiven(SQLModel, table=True):
    """That a coordinator gave somebody a role."""

    __tablename__ = "role_given"

    community_id: int = columns.key()
    member_id: int = columns.key()
    role: Given = Field(sa_type=AutoString)
    by_member: int = columns.ref(0)
    at: datetime = columns.moment()


GIVEN = select(col(Member.id), col(Member.merged_into), col(RoleGiven.role)).where(
    RoleGiven.community_id == bindparam("community"),
    Member.community_id == RoleGiven.community_id,
    col(Member.id) == RoleGiven.member_id,
)


def having(*, administrators: bool) -> Statement:
    """Who has a role: as `coordinating` has them, and which."""
    chosen = coordinating(administrators=administrators).add_columns(literal("coordinator"))
    return Statement(union_all(GIVEN, chosen))


HAVING = {administrators: having(administrators=administrators) for administrators in (False, True)}


def roles(session: Session, community_id: int, *, administrators: bool) -> dict[int, Role]:
    """Who has a role now, by member. Who coordinates anyhow is not made less by one that was given."""
    found: dict[int, Role] = {}
    for id, other, role in HAVING[administrators].rows(session, {"community": community_id}):
        who = id if other is None else member(session, community_id, other).id
        if role in ROLES and found.get(who) != "coordinator":
            found[who] = role
    return found


def give(session: Session, row: RoleGiven) -> None:
    """This role in place of any other."""
    forget(session, row.community_id, row.member_id)
    session.add(row)
    session.flush()


def forget(session: Session, community_id: int, member_id: int) -> None:
    """They have no role that was given, to none of the records that were found to be theirs."""
    merged = select(Member.id).where(Member.community_id == community_id, Member.merged_into == member_id)
    theirs = (member_id, *session.exec(merged).all())
    session.execute(
        delete(RoleGiven).where(col(RoleGiven.community_id) == community_id, col(RoleGiven.member_id).in_(theirs))
    )
