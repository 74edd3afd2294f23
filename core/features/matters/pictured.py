"""Pictures of matters: sent with words or after them, shown to whom they are for, released."""

from __future__ import annotations

from datetime import timedelta

from core import matters, posts
from core.deeds import picturing
from core.features.matters.shown import called, day, the_matter
from core.matter_pictures import MatterPicture, picture, pictures_of
from core.matters import ENDED, JOINED, RETRACTED, Matter
from core.messages import Attached, Confide, Message
from core.posts.kind import PostKind, Press
from core.posts.row import NOTICE, Post
from core.rules import Refusal
from core.turn import Turn
from core.views.lookup import Lookup
from core.views.view import View
from core.words import text

SOON, AT_ONCE = timedelta(minutes=30), timedelta(minutes=1)
"""How long after a matter was brought, or a step was written, a picture without words belongs to it: privately, and in
a group, where only several that were sent at once are heard of.
"""

# ------------------------------------------------------------ sent


def take(turn: Turn, row: Matter, *, step: int = 0, released: bool) -> int:
    """What came with the words, and a little before them, is kept with the matter; returns how many pictures."""
    thing, n = turn.attached, 0
    if turn.chat.private and not step:
        n += picturing.gather(turn.work, row)
    if thing is not None and thing.kept:
        n += picturing.put(turn.work, row, thing.kept, step=step, released=released) is not None
    return n


def lost(turn: Turn) -> bool:
    """Whether there was a picture that could not be kept."""
    return turn.attached is not None and turn.attached.what == "picture" and not turn.attached.kept


def with_number(turn: Turn, row: Matter) -> bool:
    """事1 under a picture: it belongs to that matter, whoever took it."""
    if turn.attached is None or turn.attached.what != "picture":
        return False
    add(turn, row, turn.attached)
    return True


def shown(turn: Turn, thing: Attached, answered: Post | None) -> bool:
    """A picture without words: it belongs to the matter that its message answers, or of which the speaker just spoke.

    False: nobody knows of what it is. For a while it is kept for the words that may follow.
    """
    if thing.what != "picture":
        return False
    about = answered.occurrence_id if answered is not None and answered.kind.startswith("matters.") else 0
    row = matters.matter(turn.session, turn.here.id, about) if about else just_spoken_of(turn)
    if row is not None and row.state not in (JOINED, RETRACTED, *ENDED):
        add(turn, row, thing)
        return True
    if turn.chat.private and thing.kept:
        picturing.put(turn.work, None, thing.kept)
    return False


def just_spoken_of(turn: Turn) -> Matter | None:
    """What the speaker brought, or wrote a step of, a little before, whichever was later."""
    since = turn.now - (SOON if turn.chat.private else AT_ONCE)
    found = matters.spoken_of(turn.session, turn.here.id, turn.member.id, since)
    return None if found is None else found[0]


def add(turn: Turn, row: Matter, thing: Attached) -> None:
    """Keep one more picture with a matter, and say so."""
    which = text(turn.lang, "matters.number", n=row.number or 0) if row.number else ""
    released = row.public and (turn.may("matters") or not turn.chat.private)
    if not thing.kept:
        turn.tell("matters.picture_lost")
    elif picturing.put(turn.work, row, thing.kept, released=released) is None:
        turn.tell("matters.pictures_enough", which=which)
    elif turn.chat.private:
        key = "matters.picture_public" if released else "matters.picture_private"
        turn.tell(key if which else "matters.picture_kept", which=which)
    else:
        turn.mark()


# ------------------------------------------------------------ shown


def may_see(lookup: Lookup, row: Matter, found: MatterPicture, reader: int) -> bool:
    """Whether somebody may see it: everybody what is released of a public matter; else who sent it and handles it."""
    if found.released and row.public:
        return True
    if reader == 0:
        return False
    mine = lookup.member(found.by_member).id == reader if found.by_member else False
    holds = bool(row.given_to) and lookup.member(row.given_to).id == reader
    sharers = matters.sharers(lookup.session, lookup.here.id, row.id) if found.released else ()
    return mine or holds or reader in sharers or lookup.reader(reader).may("matters")


def show_all(turn: Turn, row: Matter) -> None:
    """事N: its pictures stand under its steps, those that the speaker may see."""
    lookup = turn.lookup()
    for each in pictures_of(turn.session, turn.here.id, row.id):
        if may_see(lookup, row, each, turn.member.id) and turn.hears_privately:
            picturing.show_to(turn.work, turn.member.id, each, again=True)


def one(view: View) -> Message | None:
    """A picture, and of what; to a coordinator with 公开照片 as long as not everybody may see it."""
    row, id = the_matter(view), view.post.occasion
    found = picture(view.lookup.session, view.lookup.here.id, int(id)) if id.isdecimal() else None
    if row is None or not view.private:
        return None
    if found is None or not may_see(view.lookup, row, found, view.reader):
        return Message(view.say("matters.picture_gone", which=called(view, row))) if view.post.life > 1 else None
    words = view.text("matters.picture", which=called(view, row), day=day(view, found.at))
    if found.released and row.public:
        return Message((words,), picture=found.name)
    offers = row.public and view.lookup.reader(view.reader).may("matters")
    actions = view.open("release_picture") if offers else ()
    return Message((Confide(words, anywhere=True),), actions, picture=found.name)


def release(turn: Turn, press: Press) -> None:
    """公开照片: whoever asks for the matter sees it too."""
    row = matters.matter(turn.session, turn.here.id, press.post.occurrence_id, lock=True)
    id = press.post.occasion
    found = picture(turn.session, turn.here.id, int(id)) if id.isdecimal() else None
    if not turn.may("matters"):
        turn.refuse(Refusal("coordinators_only"))
    elif row is None or found is None or not row.public:
        turn.refuse(Refusal("old_button"))
    else:
        picturing.release(turn.work, row, found)
        posts.settle(turn.session, press.post, turn.now)
        turn.seen_done("matters.picture_released", which=text(turn.lang, "matters.number", n=row.number or 0))


PICTURE = PostKind("matters.picture", render=one, urgency=NOTICE, presses={"release_picture": release}, later=False)
