"""Groups that are not known to be ours: what is said there, and what coordinators are asked."""

from __future__ import annotations

from core.members import KnownChat
from core.messages import Message
from core.posts import OPEN
from core.views.look import Look, lines


def foreign(look: Look) -> Message | None:
    """The one sentence in a group that nobody has confirmed."""
    chat = look.books.chat(look.post.chat_id)
    return None if chat is None or chat.bound else Message(look.say("greeting.foreign"))


def leaving(look: Look) -> Message | None:
    """Nothing is said where the bot leaves; and it stays where it has become ours."""
    chat = look.books.chat(look.post.chat_id)
    return None if chat is None or chat.bound else Message(("👋",))


def ours(look: Look) -> Message | None:
    """Whether a group is ours: the question, and once it is answered how it was decided and by whom."""
    body = look.post.body
    chat = look.books.session.get(KnownChat, (look.books.community.id, body["chat"]))
    if chat is None:
        return None
    name = chat.name or look.text("ours.nameless")
    if look.post.state != OPEN:
        return decided(look, name)
    if chat.bound or chat.refused or chat.closed:
        return None
    who = look.text("ours.by", name=chat.brought_by) if chat.brought_by else ""
    ranks = look.books.house.manners.administrators_coordinate
    return Message(
        lines(look.say("ours.question", name=name, who=who), look.say("ours.then_ranks" if ranks else "ours.then")),
        look.open("ours", "not_ours"),
    )


def decided(look: Look, name: str) -> Message | None:
    """How it was decided. Who was not asked yet need hear of it only if rosters go there from now on."""
    post = look.post
    outcome, by = post.body.get("outcome", "gone"), post.body.get("by", 0)
    ours_now = outcome in ("yes", "brought")
    if not ours_now and post.message is None and post.sending is None:
        return None
    if outcome in ("yes", "no", "brought") and by != post.member_id:
        who = look.books.name(by) if by else look.text("ours.operator")
        said = look.say("ours.yes_by" if ours_now else "ours.no_by", name=name, who=who)
    else:
        said = look.say(f"ours.{outcome}", name=name)
    return Message(said, (look.action("disown"),) if ours_now else ())
