"""Pictures talked of: of what one is wanted, and whether the group has just had one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import col, select

from core.features.pictures.said import Asked, read
from core.features.pictures.shown import PICTURE, Of, Pictures, as_in_group
from core.posts import OPEN, Post, PostKind
from core.talk.choosing import choose, none_open, of_week
from core.talk.titled import titled
from core.talk.wishes import Wish
from core.turn import Meant, Turn
from core.weeks import shown_by

MOST = 3
"""Pictures of the bot in one group within those minutes, of whatever they are: more would push the talk away."""

SIGN = re.compile("图|圖|picture|image", re.IGNORECASE)
ROSTER = re.compile(r"(?:的|'s)?\s*(?:报名)?(?:名单|花名册|名册)$|\s*(?:roster|list|sign-?ups?)$")


def meant(turn: Turn, words: str) -> bool:
    """Whether words ask the bot for a picture: 看图, 地图 and 这张图 do not, and 发图 may be asked of a neighbour."""
    told = read(words)
    if told is None or (told.loose and not turn.chat.private and turn.answered is None):
        return False
    return not told.what or about(turn, told) is not None or kind_called(turn, told.what) is not None


def hear(turn: Turn, _about: int, words: str) -> bool:
    """小板凳图: of the board, though whoever begins so mostly calls the bot by its name."""
    told = read(words) if SIGN.search(words) else None
    kind = kind_called(turn, told.what) if told is not None and told.what else None
    return kind is not None and drawn(turn, kind)


def carry(turn: Turn, wish: Wish, words: str) -> bool:
    """图: of what is named, else of what is answered, else of the only roster there is. False: it was talk."""
    if not words:  # which of several rosters was chosen
        return roster(turn, wish)
    told = read(words)
    if told is None:
        return False
    kind = kind_called(turn, told.what) if told.what else answered_kind(turn, told)
    if kind is not None and drawn(turn, kind):
        return True
    found = about(turn, told) if told.what and (kind is None or not of_activity(kind)) else Wish("picture")
    if found is None:
        turn.tell("pictures.nothing")
        return True
    if found.kind or found.day or found.number is not None:
        wish = found
    elif told.number is not None:
        wish = replace(wish, number=told.number, occurrence=0)
    return roster(turn, of_week(turn, wish, turn.answered))


def drawn(turn: Turn, kind: PostKind) -> bool:
    """What is no activity's, where there is anything of it."""
    if kind.pictured is None or kind.pictured.of_activity:
        return False
    id = kind.pictured.which(turn) if kind.pictured.which is not None else 0
    if turn.answered is not None and turn.answered.kind in (kind.name, PICTURE.name):
        id = turn.answered.claim_id or id
    if not there(turn, kind, id):
        return False
    show(turn, kind.name, claim_id=id)
    return True


def of_activity(kind: PostKind) -> bool:
    return kind.pictured is not None and kind.pictured.of_activity


def kind_called(turn: Turn, what: str) -> PostKind | None:
    """What is put on screens here and called so."""
    for kind in turn.here.posts.values():
        called = kind.pictured
        if called is not None and re.fullmatch(rf"(?:{called.zh})|(?:{called.en})", what):
            return kind
    return None


def answered_kind(turn: Turn, told: Asked) -> PostKind | None:
    """What was answered, where that can be drawn and no activity was named."""
    kind = turn.here.posts.get(turn.answered.kind) if turn.answered is not None and told.number is None else None
    if kind is not None and kind.name == PICTURE.name and turn.answered is not None:
        kind = turn.here.posts.get(Of.of(turn.answered).shows)
    return kind if kind is not None and kind.pictured is not None else None


def about(turn: Turn, told: Asked) -> Wish | None:
    """Which roster: by the name of a kind, a day, a title; None for words that name none."""
    if told.number is not None and not told.what:
        return Wish("picture", number=told.number)
    if (title := titled(turn, told.what)) is not None and title.occurrence.number is not None:
        return Wish("picture", number=title.occurrence.number)
    bare = ROSTER.sub("", told.besides).strip(" 的")
    kind = turn.kinds.just(bare) if bare else None
    if kind is None and (bare or not told.day):
        return None
    return Wish("picture", kind=kind.name if kind is not None else "", day=told.day, number=told.number)


def there(turn: Turn, kind: PostKind, id: int) -> bool:
    """Whether there is anything of it: no balcony is known yet where only a planting day was posted."""
    asked = Post(
        community_id=turn.here.id, claim_id=id, kind=PICTURE.name, due=turn.now, not_before=turn.now,
        body=Of(shows=kind.name).stored(),
    )  # fmt: skip
    return as_in_group(turn.lookup(), asked, turn.lang) is not None


def roster(turn: Turn, wish: Wish) -> bool:
    """The roster of an activity, or of the week in which it stands in this group."""
    on = choose(turn, replace(wish, verb="picture"), lambda _: True, lambda: none_open(turn, wish), "ask.which")
    if on is not None:
        id = on.occurrence.id if turn.chat.private else shown_by(on.occurrence)
        show(turn, "roster", occurrence_id=id)
    return True


# ------------------------------------------------------------ shown


def show(turn: Turn, shows: str, *, occurrence_id: int = 0, claim_id: int = 0) -> None:
    """Put it where it was asked for; a group that has just had one is not shown it again, but who asks is."""
    same = {"occurrence_id": occurrence_id, "claim_id": claim_id}
    turn.meant = Meant.SURELY
    if turn.chat.private:
        owe(turn, shows, member_id=turn.member.id, **same)
        return
    lately = [(post, at) for post in pictures_in(turn, turn.chat.id) for at in recent(turn, post)]
    here = [at for post, at in lately if (post.occurrence_id, post.claim_id, post.occasion) == (*same.values(), shows)]
    if not here and len(lately) < MOST:
        owe(turn, shows, chat_id=turn.chat.id, **same)
        return
    turn.mark()
    if turn.hears_privately:
        owe(turn, shows, member_id=turn.member.id, **same)


def pictures_in(turn: Turn, chat_id: int) -> list[Post]:
    """The pictures that this group has."""
    where = (Post.community_id == turn.here.id, Post.chat_id == chat_id, Post.kind == PICTURE.name)
    return list(turn.session.exec(select(Post).where(*where, col(Post.state) == OPEN)).all())


def recent(turn: Turn, post: Post) -> list[datetime]:
    """When it was asked for within the last minutes."""
    since = turn.now - timedelta(minutes=turn.here.settings(Pictures).minutes)
    return [at for at in map(datetime.fromisoformat, Of.of(post).asked) if at > since]


def owe(turn: Turn, shows: str, *, chat_id: int = 0, member_id: int = 0, **same: int) -> None:
    """One for each chat: the older one, which may be true no more, goes when the new one comes."""
    to = {"chat_id": chat_id, "member_id": member_id}
    post = turn.work.owe(PICTURE.name, occasion=shows, again=True, **to, **same)
    asked = (*(at.isoformat() for at in recent(turn, post)), turn.now.isoformat())
    said = Of(shows=shows, asked=asked)
    if chat_id:
        said = replace(said, thread=turn.thread, replies_to=turn.message)
    post.body = {**post.body, **said.stored()}
    turn.session.add(post)
