"""A press: finding the post that offered it to this person, and doing what it says."""

from __future__ import annotations

from core import posts
from core.ids import long
from core.members import Member, account_of
from core.messages import Person
from core.posts import Post
from core.rules import Refusal
from core.talk import merging, ours
from core.talk.asking import chosen
from core.talk.attending import attend
from core.talk.chaining import fill_from_chain
from core.talk.coordinating import back, confirmed
from core.talk.deciding import do
from core.talk.drafting import change, discard, publish
from core.talk.joining import join
from core.talk.leaving import leave
from core.talk.undoing import accept, undo
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.questions import pages


def press(turn: Turn, message: str, action: str | None, emoji: str | None) -> None:
    """Do what a press asks for, or say kindly that this button no longer means anything.

    A press counts if that post ever offered that action in this chat, to this person; nothing in the id is believed.
    """
    found = by_action(turn, action) if action is not None else by_emoji(turn, message, emoji or "")
    if found is None:
        if action is not None:  # a reaction that is not an answer is just a reaction
            turn.refuse(Refusal("old_button"))
        return
    post, verb, arg = found
    carry_out(turn, post, verb, arg)


def by_action(turn: Turn, action: str) -> tuple[Post, str, str] | None:
    word, _, rest = action.partition(".")
    try:
        post = turn.session.get(Post, (turn.here.id, long(word)))
    except ValueError:
        return None
    if post is None or not offered_here(turn, post) or not any(known == rest for known, *_ in posts.ever_offered(post)):
        return None
    verb, _, arg = rest.partition(".")
    return post, verb, arg


def by_emoji(turn: Turn, message: str, emoji: str) -> tuple[Post, str, str] | None:
    post = posts.copied(turn.session, turn.here.id, turn.chat.id, message)
    if post is None:
        return None
    bare = emoji.replace("\ufe0f", "")
    for action, sign, _ in reversed(posts.ever_offered(post)):
        if sign.replace("\ufe0f", "") == bare:
            verb, _, arg = action.partition(".")
            return post, verb, arg
    return None


def offered_here(turn: Turn, post: Post) -> bool:
    """Whether this post stands, or stood, in the chat of the press: a forwarded button stands elsewhere."""
    if post.chat_id:
        return post.chat_id == turn.chat.id
    if not turn.chat.private:
        return False
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


def carry_out(turn: Turn, post: Post, verb: str, arg: str) -> None:
    """One verb of the table. Verbs, never toggles: the same again is the same."""
    typed = not turn.pressed
    here = Wish(verb, occurrence=post.occurrence_id, typed=typed)
    match verb:
        case "join":
            join(turn, here)
        case "leave":
            leave(turn, for_whom(turn, post, here))
        case "here" | "done" | "on_the_way":
            attend(turn, for_whom(turn, post, here))
        case "undo":
            undo(turn, post)
        case "accept" | "decline":
            accept(turn, post, yes=verb == "accept")
        case "publish":
            if (posted := publish(turn, post)) is not None:
                fill_from_chain(turn, posted)
        case "change":
            change(turn, post)
        case "discard":
            discard(turn, post)
        case "confirm":
            confirmed(turn, post)
        case "back":
            back(turn, post)
        case "yes" | "no":
            merging.same(turn, post, yes=verb == "yes")
        case "is_them" | "not_them":
            merging.vouch(turn, post, yes=verb == "is_them")
        case "ours" | "not_ours" | "disown":
            ours.answer(turn, post, verb)
        case "pick":
            picked(turn, post, arg)
        case "more":
            body = post.body
            post.body = {**body, "page": (body.get("page", 0) + 1) % pages(len(body.get("options", [])))}
            posts.touch(turn.session, [post], turn.now)
        case _:
            turn.refuse(Refusal("old_button"))


def for_whom(turn: Turn, post: Post, here: Wish) -> Wish:
    """A button under a reminder for somebody the presser speaks for means that person."""
    if post.kind != "remind" or post.member_id == turn.member.id:
        return here
    owner = turn.session.get(Member, (turn.here.id, post.member_id))
    if owner is None or owner.merged_into == turn.member.id:
        return here
    return Wish(here.verb, occurrence=here.occurrence, people=(owner.id,), myself=False, typed=here.typed)


def picked(turn: Turn, post: Post, arg: str) -> None:
    """The answer to a question."""
    if post.state != posts.OPEN:
        turn.refuse(Refusal("answered"))
        return
    found = chosen(turn, post, int(arg) if arg.isdecimal() else -1)
    if found is None:
        turn.refuse(Refusal("old_button"))
        return
    turn.pressed = False  # what follows is said back as after words: with 撤销, where it stays
    do(turn, found)
