"""People's own edits: words not understood before are read anew, a draft's source replaces it, a deed stays done."""

from __future__ import annotations

from core import seen
from core.activities import DRAFT, Occurrence
from core.messages import Edited, Said
from core.reading import read_command
from core.seen import Seen
from core.talk.drafting import draft
from core.talk.hearing import hear
from core.turn import Turn


def gives_up(turn: Turn, words: str) -> bool:
    """Whether these words say that the speaker does not come, and not to what."""
    command = read_command(words, context="reply", kinds=turn.kinds, lang=turn.lang)
    return command.intent in ("leave", "regret") and command.ref is None and not command.day and not command.kind


def edited(turn: Turn, event: Edited, before: Seen | None) -> None:
    """`before` is what was made of the words when they were first said, or None if we never saw them."""
    if before is not None and before.outcome == seen.NOWHERE and gives_up(turn, event.text):
        turn.made = seen.NOWHERE
        turn.tell("edited.nowhere")
        return
    if before is None or before.outcome in (seen.NOTHING, seen.NOWHERE, seen.FAILED):
        about = before.occurrence_id if before is not None else 0  # 报名 4, and now 去不了: to 4, whatever came of it
        hear(turn, Said(event.event, event.chat, event.person, event.text, event.message), about)
        return
    row = turn.session.get(Occurrence, (turn.here.id, before.occurrence_id)) if before.occurrence_id else None
    if before.outcome == seen.DRAFTED and row is not None and row.state == DRAFT:
        command = read_command(event.text, context="group", kinds=turn.kinds, lang=turn.lang)
        draft(turn, command.rest or event.text, command.kind or "", replaces=row)
        return
    turn.made, turn.about = before.outcome, before.occurrence_id
    if before.outcome == seen.DRAFTED and row is not None and row.number is not None:
        turn.tell("edited.posted", number=row.number)
        return
    turn.tell("edited.matter" if before.outcome == seen.MATTER else "edited.stays")
