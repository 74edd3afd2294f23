"""Minutes talked of: the words and the pictures that follow 会议记录 within the hour, taken back, released."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import col, select

from core import matters, posts
from core.activities import Occurrence
from core.deeds import minuting as deeds
from core.messages import Attached
from core.minutes import MOST, Minutes, pictures_of
from core.news import WrittenDown
from core.posts.kind import Press
from core.posts.row import OPEN, SETTLED, Post
from core.reading import NOTHING, Command
from core.rounds import just_said
from core.rules import Refusal
from core.said.courtesies import courtesy
from core.turn import Turn
from core.words.clean import tidy_text

FOLLOWS_WITHIN, AT_ONCE = timedelta(hours=1), timedelta(minutes=1)
"""So long after 会议记录 further private words and pictures belong to it; and, of what was said in a group, pictures
that were sent together with it.
"""
LONGEST = 6_000
"""Letters of one part of the minutes."""


def more(turn: Turn, post: Post, words: str, command: Command) -> bool:
    """Private words within the hour belong to the minutes, unless they are an order, or mere thanks."""
    body = WrittenDown.of(post)
    if post.state != OPEN or turn.now - post.due > FOLLOWS_WITHIN or body.undone:
        return False
    if command.intent is not None or courtesy(words):
        return False
    o = turn.session.get(Occurrence, (turn.here.id, post.occurrence_id))
    said = tidy_text(words, LONGEST)
    if o is None or not said or not turn.coordinates:
        return False
    id = deeds.write_down(turn.work, o, said)
    post.body = replace(body, ids=(*body.ids, id)).stored()
    posts.touch(turn.session, [post], turn.now)
    turn.mark()
    return True


def follows(turn: Turn, words: str) -> bool:
    """Whether private words that mean nothing else belong to the minutes, though other messages came in between."""
    post = being_written(turn)
    if post is None or spoke_of_another(turn, post):
        return False
    return more(turn, post, words, NOTHING)


def pictured(turn: Turn, words: str, thing: Attached, answered: Post | None) -> bool:
    """Whether a picture, without words or with some that are no order, is of the meeting whose minutes are written."""
    if thing.what != "picture" or not turn.coordinates or (answered and not answered.kind.startswith("meeting.")):
        return False
    post = being_written(turn)
    o = turn.session.get(Occurrence, (turn.here.id, post.occurrence_id)) if post is not None else None
    if post is None or o is None or spoke_of_another(turn, post):
        return False
    body, said = WrittenDown.of(post), tidy_text(words, LONGEST)
    if said:
        body = replace(body, ids=(*body.ids, deeds.write_down(turn.work, o, said)))
    with_it = take(turn, o, thing, body)
    post.body = {**post.body, **with_it.stored()}
    if with_it.pictures and not body.pictures and post.message is not None:
        posts.put_below(post)  # what may become of the pictures is asked under the first of them
    posts.touch(turn.session, [post], turn.now)
    return True


def take(turn: Turn, o: Occurrence, thing: Attached, body: WrittenDown) -> WrittenDown:
    """Keep a picture that came, and say so on it; what was written down then."""
    id = deeds.put_picture(turn.work, o, thing.kept) if thing.kept else 0
    if id:
        turn.mark()
        return body if id in body.pictures else replace(body, pictures=(*body.pictures, id))
    turn.tell("meeting.pictures_enough" if thing.kept else "meeting.picture_lost", n=MOST)
    return body


def being_written(turn: Turn) -> Post | None:
    """The answer to the speaker's last 会议记录, as long as more may follow it here."""
    since = turn.now - (FOLLOWS_WITHIN if turn.chat.private else AT_ONCE)
    newest = select(Post).where(
        Post.community_id == turn.here.id,
        Post.member_id == turn.member.id,
        Post.kind == "meeting.kept",
        col(Post.due) >= since,
    )
    post = turn.session.exec(newest.order_by(col(Post.id).desc())).first()
    if post is None or post.state != OPEN or WrittenDown.of(post).undone:
        return None
    return post if turn.chat.private or WrittenDown.of(post).group == turn.chat.id else None


def spoke_of_another(turn: Turn, post: Post) -> bool:
    """Whether the speaker spoke of a matter, or of a visit, since they wrote down the last of it."""
    last = written_last(turn, post)
    session, here, me = turn.session, turn.here.id, turn.member.id
    visit = just_said(session, here, me, turn.now)
    return matters.spoken_of(session, here, me, last) is not None or (visit is not None and visit.at > last)


def written_last(turn: Turn, post: Post) -> datetime:
    ids = WrittenDown.of(post).ids
    of = (Minutes.community_id == turn.here.id, col(Minutes.id).in_(ids))
    return max([post.due, *turn.session.exec(select(Minutes.at).where(*of)).all()])


def struck(turn: Turn, press: Press) -> None:
    """撤销: what was written since, and its pictures, is in the minutes no more."""
    body = WrittenDown.of(press.post)
    if not turn.coordinates or body.undone:
        turn.refuse(Refusal("answered" if body.undone else "coordinators_only"))
        return
    deeds.strike_out(turn.work, body.ids, body.pictures)
    posts.settle(turn.session, press.post, turn.now, replace(body, undone=True))
    turn.seen_done("meeting.struck")


def release(turn: Turn, occurrence_id: int, *, released: bool) -> None:
    """照片可以公开, or no more."""
    o = turn.session.get(Occurrence, (turn.here.id, occurrence_id))
    if not turn.coordinates:
        turn.refuse(Refusal("coordinators_only"))
    elif o is None or not (n := deeds.release(turn.work, o, released=released)):
        turn.tell("meeting.no_pictures")
    else:
        turn.seen_done("meeting.released" if released else "meeting.withheld", n=n)


def show(turn: Turn, occurrence_id: int, but: str = "") -> int:
    """Owe the speaker a look at the pictures of a meeting; returns how many."""
    found = [each for each in pictures_of(turn.session, turn.here.id, occurrence_id) if str(each.id) != but]
    for each in found:
        post = deeds.show_to(turn.work, turn.member.id, each, asked=True)
        post.state = SETTLED  # the others come as well
    return len(found)
