"""Which networks the processes of one database speak for: a row for each, renewed while its process runs.

On a file there is one process, and none of these rows.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Field, Session, SQLModel, col, select

from core import columns

KEPT = timedelta(days=7)
"""How long a network that nobody speaks for any more is waited for: a process may be ill for a weekend."""


class Served(SQLModel, table=True):
    """Some process spoke for this network at that moment."""

    network: str = Field(primary_key=True)
    at: datetime = columns.moment()


def speak_for(session: Session, networks: Collection[str], now: datetime) -> None:
    """This process speaks for these networks now."""
    for network in networks:
        row = session.get(Served, network) or Served(network=network, at=now)
        row.at = now
        session.add(row)
    session.flush()


def elsewhere(session: Session, own: Collection[str], now: datetime) -> frozenset[str]:
    """The networks that another process of this database speaks for."""
    rows = session.exec(select(Served.network).where(col(Served.at) > now - KEPT)).all()
    return frozenset(rows) - set(own)
