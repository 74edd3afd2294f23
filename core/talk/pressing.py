"""A press: finding the post that offered it to this person, and doing what its kind says."""

from __future__ import annotations

import logging

from core import posts
from core.ids import long
from core.members import Member, account_of
from core.messages import Person
from core.posts import Post, Press
from core.rules import Refusal
from core.talk.details import bring_link
from core.turn import Turn
from core.views.behind import DETAILS

security = logging.getLogger("xiaobandeng.security")


def press(turn: Turn, message: str, action: str | None, emoji: str | None) -> None:
    """Do what a press asks for, or say kindly that this button no longer means anything.

    A press counts if that post ever offered that action in this chat, to this person; nothing in the id is believed.
    """
    found = by_action(turn, action) if action is not None else by_emoji(turn, message, emoji or "")
    if found is not None:
        carry_out(turn, found)
    elif action is not None:  # a reaction that is not an answer is just a reaction
        turn.refuse(Refusal("old_button"))


def by_action(turn: Turn, action: str) -> Press | None:
    word, _, rest = action.partition(".")
    try:
        post = turn.session.get(Post, (turn.here.id, long(word)))
    except ValueError:
        forged(turn)
        return None
    if post is None:
        return None
    if not offered_here(turn, post) or not any(known == rest for known, *_ in posts.ever_offered(post)):
        forged(turn)
        return None
    return pressed(post, rest)


def forged(turn: Turn) -> None:
    """Nobody was offered this here: it was made up, or brought here from another chat."""
    facts = {"network": turn.chat.network, "chat": turn.chat.id, "member": turn.member.id}
    security.info("a press that was not offered there was refused", extra=facts)


def by_emoji(turn: Turn, message: str, emoji: str) -> Press | None:
    post = posts.copied(turn.session, turn.here.id, turn.chat.id, message)
    if post is None:
        return None
    bare = emoji.replace("\ufe0f", "")
    for action, sign, _ in reversed(posts.ever_offered(post)):
        if sign.replace("\ufe0f", "") == bare:
            return pressed(post, action)
    return None


def pressed(post: Post, action: str) -> Press:
    """An action as a post has it: a verb, and its argument behind a point."""
    verb, _, arg = action.partition(".")
    return Press(post, verb, arg)


def offered_here(turn: Turn, post: Post) -> bool:
    """Whether this post stands, or stood, in the chat of the press: a forwarded button stands elsewhere."""
    if post.chat_id:
        return post.chat_id == turn.chat.id
    if not turn.chat.private:  # said to one person alone, in this group
        return bool(post.member_id) and post.shown_in == turn.chat.id and post.member_id == turn.member.id
    holder = account_of(turn.session, turn.here.id, Person(turn.chat.network, turn.chat.account))
    if holder is None or holder.member_id != turn.account.member_id:
        return False
    owner = turn.session.get(Member, (turn.here.id, post.member_id))
    mine = {turn.member.id, holder.member_id}
    return owner is not None and (
        owner.id in mine
        or owner.merged_into in mine
        or owner.proxy_id == turn.member.id
        or post.shown_in == turn.chat.id
    )


def carry_out(turn: Turn, press: Press) -> None:
    """What the post's kind does when this verb is pressed. Verbs, never toggles: the same again is the same."""
    kind = turn.here.posts.get(press.post.kind)
    do = kind.presses.get(press.verb) if kind is not None else None
    if kind is not None and press.verb == DETAILS:
        do = bring_link
    if do is None or press.post.body.get("gone"):
        turn.refuse(Refusal("old_button"))
    else:
        do(turn, press)
