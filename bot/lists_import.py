"""A table of people taken onto lists at the machine: shown first, then all of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.backup import NotDone
from bot.config import Config
from bot.register import one_of, table_of, taker
from bot.rights import opened, served
from core.deeds import lists as deeds
from core.features.lists.read_table import read_lists
from core.list_plan import plan
from core.members import members
from core.views.list_tables import preview, wrong
from core.words import text
from core.work import Actor, Work


def take_in(
    config: Config, file: Path, by: str, now: datetime, agreed: Callable[[list[str]], bool], community: str = ""
) -> list[str]:
    """Keep the lists of a table, once `agreed` says so to what they would change. Returns what to say then.

    Raises `NotDone`, which names every row that is wrong; then nothing was taken in.
    """
    said = read_lists(table_of(config, file), file.stem)
    with opened(config) as session:
        here = one_of(config, served(session, config, now), community)
        changes, problems = ([], list(said.problems)) if said.problems else plan(session, here.id, said.rows)
        if problems:
            raise NotDone("\n".join(wrong(here.lang, problems)))
        who = taker(config, session, here, by)
        called = {each.id: each.name for each in members(session, here.id)}
        if not agreed(preview(here.lang, changes, lambda whose: called.get(whose, ""), said.aside)):
            return [text(here.lang, "lists.file.back")]
        work = Work(session, here, now, Actor(who.id, ("", ""), "import"), occasion=f"import:{now:%Y%m%d%H%M%S}")
        deeds.take_in(work, [(each.name, each.people, each.strangers) for each in changes])
        names = text(here.lang, "list.comma").join(each.name for each in changes)
        return [text(here.lang, "lists.file.done", names=names)]
