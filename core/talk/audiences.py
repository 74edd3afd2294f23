"""For whom a posting is: the lists that its words name, out of those words before anything else is read of them."""

from __future__ import annotations

from dataclasses import replace

from core import invited, lists
from core.lists import list_called
from core.reading import Posting
from core.reading.parts import EVERYBODY
from core.said.audiences import For, take_audience
from core.turn import Turn


def taken(turn: Turn, words: str) -> tuple[str, For | None]:
    """The words without what says for whom it is, and that."""
    return take_audience(words, [row.name for row in lists.lists(turn.session, turn.here.id)])


def for_them(posting: Posting, said: For | None) -> Posting:
    """The posting, for those who were named; as before where nobody was."""
    if said is None:
        return posting
    return replace(posting, audience=said.lists or (EVERYBODY,), only=said.only)


def list_ids(turn: Turn, posting: Posting) -> list[int]:
    """The lists it is for, by id; EVERYBODY for 全体, which is what a meeting is for where nobody was named."""
    kind = turn.here.may_post.get(posting.kind or "")
    named = posting.audience or ((EVERYBODY,) if kind is not None and kind.attends else ())
    rows = [list_called(turn.session, turn.here.id, name) for name in named if name != EVERYBODY]
    return [*([invited.EVERYBODY] if EVERYBODY in named else []), *(row.id for row in rows if row is not None)]
