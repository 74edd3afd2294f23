"""A community on a file, as one at the machine finds it: settings, a migrated database, and who is in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from bot.config import Config, load
from bot.keys import open_database
from bot.rights import served
from core.here import Here
from core.members import Member


def community(
    folder: Path, now: datetime, people: Mapping[int, str], also: Callable[[Session, Here], object] | None = None
) -> Config:
    """Its settings, with these members by their ids; `also`: what else there is."""
    (folder / "config.toml").write_text('[community]\nname = "邻里"\n', encoding="utf-8")
    config = load(folder / "config.toml", {})
    database = open_database(config, now)
    database.migrate()
    with database.writing() as session:
        (here,) = served(session, config, now)
        session.add_all(Member(community_id=here.id, id=id, name=name) for id, name in people.items())
        session.flush()
        if also is not None:
            also(session, here)
    database.close()
    return config
