"""People's own edits: words not understood before are read anew, a draft's source replaces it, a deed stays done."""

from __future__ import annotations

from core import seen
from core.activities import DRAFT, Occurrence
from core.claims import roster_of
from core.messages import Edited, Said
from core.reading import read_command
from core.seen import Seen
from core.talk.drafting import draft
from core.talk.hearing import hear
from core.talk.hesitating import ask_whether_to_leave
from core.talk.wishes import wish
from core.turn import Turn


def gives_up(turn: Turn, words: str) -> bool:
    """Whether these words say that the speaker does not come, and not to what."""
    command = read_command(words, context="reply", kinds=turn.kinds, lang=turn.lang)
    return command.intent in ("leave", "regret") and command.ref is None and not command.day and not command.kind


def said_otherwise(turn: Turn, row: Occurrence, words: str) -> bool:
    """Whether an edit of +1 says that the speaker does not come after all, and they were asked whether to leave; or
    says only once more what is so.
    """
    if row.number is None:
        return False
    command = read_command(words, context="reply", kinds=turn.kinds, open=[row.number], lang=turn.lang)
    if command.who or command.ref not in (None, row.number):
        return False
    on = roster_of(turn.session, row)
    comes = bool(on.of(turn.member.id))
    if command.intent in ("leave", "regret") and comes:
        ask_whether_to_leave(turn, wish(command, row.id, words), [on], "ask.staying_edited")
        return True
    return command.intent == ("join" if comes else "leave")


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
    if before.outcome == seen.ACTED and row is not None and said_otherwise(turn, row, event.text):
        return
    if before.outcome == seen.DRAFTED and row is not None and row.number is not None:
        turn.tell("edited.posted", number=row.number)
        return
    turn.tell("edited.matter" if before.outcome == seen.MATTER else "edited.stays")
