"""A feature: all that a folder contributes to the bot, in one frozen value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel
from sqlmodel import Session, SQLModel

from core.activities import Occurrence
from core.claims import Claim, Roster
from core.consents import Purpose
from core.kind import ActivityKind
from core.messages import Attached, Span
from core.posts.kind import PostKind
from core.posts.row import Post
from core.reading.parts import Spelt

if TYPE_CHECKING:
    from core.kind import Arrangement
    from core.reading import Posting
    from core.talk.wishes import Wish
    from core.turn import Turn
    from core.views.view import View
    from core.work import Work

Carry = Callable[["Turn", "Wish", str], "bool | None"]
"""Carries out a wish; the last argument is the words after the verb. False: they were not meant for it after all."""


Shows = Callable[["Turn", Attached, Post | None], bool]
"""What was sent without words that say what it is, and the post that it answers."""

Hears = Callable[["Turn", int, str], bool]
"""Words said, and the activity whose message they answer, 0 for none."""
Completes = Callable[["Work", "Posting", "Arrangement"], "Arrangement"]
"""What a posting becomes, with what is known from elsewhere of whom and what it names."""
Lines = Sequence[tuple[Span, ...]]
"""Lines of a message, each of its spans."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A word of a feature's own. In its words `help.<intent>` is what 帮助 says of it; its label and its sign
    are `action.<intent>` and `emoji.<intent>`, where it is ever on a button.

    `carry` does it, in the conversation of one event; what changes rows it leaves to deeds. From anybody else than
    `who` it is refused kindly before.
    """

    spelt: Spelt
    carry: Carry
    who: Literal["anybody", "coordinators"] = "anybody"
    meant: Callable[[Turn, str], bool] | None = None
    """Whether words that are spelt like it mean it here and now; else they are read as if there were no such verb."""

    @property
    def intent(self) -> str:
        return self.spelt.intent


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Feature:
    """What one folder contributes, equal to nothing but itself. Its name is the folder's, its rows' and its settings'.

    `posts`: kinds of posts, each called NAME.something. `settings`: its section of the configuration. `formerly`: names
    by which settings of earlier versions know it. `hears`: whether words are about its activities, and were acted upon,
    before commands are looked for in them. `completes`: see `Completes`. `shows`: whether a picture that came without
    such words belongs to it. `begins`: owes, at each start, what comes again and again.

    `tables`: its rows, each with the community they are of. `keeps`: an EXISTS of `:community`, whether it has any of
    them at all; see `core.speaking.none_of`. `on_rosters`, `on_reminders`: lines that it adds to a
    roster, and to a reminder of these claims. `known`: what it keeps about somebody, for themselves; `forgets`: it is
    gone. `drops`: what of its rows is too old is dropped, at night; how much it was. `purposes`: what neighbours agree
    to, and may take back. `pictures`: the files of the shelf that its rows of every community name. `claimed`: these
    claims were made on an activity of its kind; `changed`: something changed of any activity. `cancels`: one is to
    be called off, and it was asked how much of what it belongs to. `again`: a draft is to be as an activity was, with
    what is kept of that one here; `within`: an activity is part of something else, and no example of its own kind.
    """

    folder: Path
    activity: ActivityKind | None = None
    verbs: tuple[Verb, ...] = ()
    posts: tuple[PostKind, ...] = ()
    settings: type[BaseModel] | None = None
    hears: Hears | None = None
    completes: Completes | None = None
    shows: Shows | None = None
    begins: Callable[[Work], None] | None = None
    formerly: tuple[str, ...] = ()
    tables: tuple[type[SQLModel], ...] = ()
    keeps: Any = None
    on_rosters: Callable[[View, Roster], Lines] | None = None
    on_reminders: Callable[[View, Roster, Sequence[Claim]], Lines] | None = None
    claimed: Callable[[Work, Roster, Sequence[Claim]], None] | None = None
    changed: Callable[[Work, Roster], None] | None = None
    known: Callable[[View, int], Lines] | None = None
    forgets: Callable[[Session, int, int], None] | None = None
    pictures: Callable[[Session], set[str]] | None = None
    drops: Callable[[Work], int] | None = None
    purposes: tuple[Purpose, ...] = ()
    cancels: Callable[[Turn, Roster], bool] | None = None
    again: Callable[[Work, Occurrence, Occurrence], None] | None = None
    within: Callable[[Session, Occurrence], bool] | None = None

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def words(self) -> Path:
        """The folder of its catalogues."""
        return self.folder / "words"
