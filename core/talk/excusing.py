"""Excusing oneself from a meeting: 请假, with a reason or without; and what is said instead, 去不了."""

from __future__ import annotations

from dataclasses import replace

from core.activities import Occurrence
from core.claims import Roster, roster_of
from core.deeds import meetings as deeds
from core.members import Member
from core.posts import Post, settle
from core.reading import Command
from core.rules import Refusal
from core.said.courtesies import courtesy, never_mind
from core.said.excuses import Excuse, read_excuse
from core.talk import people
from core.talk.choosing import choose
from core.talk.hesitating import possible
from core.talk.wishes import Wish
from core.turn import Meant, Turn
from core.words.clean import tidy_text

LONGEST = 300
"""Letters of a reason."""


def hears(turn: Turn, about: int, words: str) -> bool:
    """Whether words say 请假, there is a meeting to which who is meant is invited, and it was done."""
    said = read_excuse(words)
    if said is None:
        return False
    wish = of_words(said, about)
    if wish.names:
        found = people.find(turn, wish.names[0], make=False)
        if found is None or not isinstance(found, Member):
            return False
        wish = replace(wish, names=(), people=(found.id,))
    whose = wish.people[0] if wish.people else turn.member.id
    fitting = [on for on in possible(turn, wish) if fits(turn, on, whose)]
    if not fitting or (not turn.chat.private and deeds.may_excuse(turn.work, fitting[0], whose) is not None):
        return False
    turn.meant = Meant.SURELY
    excuse(turn, wish)
    return True


def of_words(said: Excuse, about: int) -> Wish:
    names = (said.who,) if said.who else ()
    return Wish("excuse", occurrence=about, names=names, myself=not names, day=said.day, said=said.reason)


def fits(turn: Turn, on: Roster, member_id: int) -> bool:
    """Whether it is a meeting from which they can excuse themselves."""
    o = on.occurrence
    return (
        turn.kind(o).attends
        and o.starts_at is not None
        and turn.now < o.ends()
        and bool(member_id in on.invited or on.of(member_id))
    )


def excuse(turn: Turn, wish: Wish) -> None:
    """They cannot come: said back privately, and asked why, once. `said` of the wish is the reason, if it was given."""
    whose = wish.people[0] if wish.people else turn.member.id
    on = choose(turn, wish, lambda on: fits(turn, on, whose), "no_meeting", "ask.which")
    if on is None:
        return
    came = deeds.excuse(turn.work, on, whose)
    if isinstance(came, Refusal):
        turn.refuse(came)
        return
    if wish.typed:
        turn.mark()
    o, reason = on.occurrence, tidy_text(wish.said, LONGEST)
    if reason:
        deeds.give_reason(turn.work, o, whose, reason)
    if whose != turn.member.id:
        turn.tell("meeting.excused_for", name=turn.lookup().name(whose))
    elif reason:
        turn.tell("meeting.thanks")
    else:
        if turn.pressed:
            turn.seen_done("meeting.excused")
        turn.privately("meeting.why", occurrence_id=o.id)


def why(turn: Turn, post: Post, words: str, command: Command) -> bool:
    """The next private words after 请假 are the reason; 不说了 and thanks are none."""
    if command.intent not in MAY_BE or courtesy(words):
        return False
    o = turn.session.get(Occurrence, (turn.here.id, post.occurrence_id))
    if o is None or (o.starts_at is not None and turn.now > o.ends()):
        return False
    if turn.member.id not in roster_of(turn.session, o).excused():
        return False  # they come after all
    settle(turn.session, post, turn.now)
    if never_mind(words):
        turn.tell("meeting.left_unsaid")
        return True
    deeds.give_reason(turn.work, o, turn.member.id, tidy_text(words, LONGEST))
    turn.tell("meeting.thanks")
    return True


MAY_BE = frozenset({None, "leave", "regret", "undecided", "maybe", "whom"})
"""What a reason may look like to who reads commands: 去医院, 来不了."""
