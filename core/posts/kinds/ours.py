"""Groups that are not known to be ours: what is said there, and what coordinators are asked."""

from __future__ import annotations

from core.deeds.groups import Ours
from core.members import KnownChat
from core.messages import Message
from core.posts.kind import PostKind, Press, Typed
from core.posts.row import NOTICE, OFFER, OPEN
from core.talk.ours import answer
from core.turn import Turn
from core.views.view import View, lines


def foreign(view: View) -> Message | None:
    """The one sentence in a group that nobody has confirmed."""
    chat = view.lookup.chat(view.post.chat_id)
    return None if chat is None or chat.bound else Message(view.say("greeting.foreign"))


def leaving(view: View) -> Message | None:
    """Nothing is said where the bot leaves; and it stays where it has become ours."""
    chat = view.lookup.chat(view.post.chat_id)
    return None if chat is None or chat.bound else Message(("👋",))


def ours(view: View) -> Message | None:
    """Whether a group is ours: the question, and once it is answered how it was decided and by whom."""
    chat = view.lookup.session.get(KnownChat, (view.lookup.here.id, Ours.of(view.post).chat))
    if chat is None:
        return None
    name = chat.name or view.text("ours.nameless")
    if view.post.state != OPEN:
        return decided(view, name)
    if chat.bound or chat.refused or chat.closed:
        return None
    who = view.text("ours.by", name=chat.brought_by) if chat.brought_by else ""
    ranks = view.lookup.here.manners.administrators_coordinate
    return Message(
        lines(view.say("ours.question", name=name, who=who), view.say("ours.then_ranks" if ranks else "ours.then")),
        view.open("ours", "not_ours"),
    )


def decided(view: View, name: str) -> Message | None:
    """How it was decided. Who was not asked yet need hear of it only if rosters go there from now on."""
    post, body = view.post, Ours.of(view.post)
    outcome, by = body.outcome or "gone", body.by
    ours_now = outcome in ("yes", "brought")
    if not ours_now and post.message is None and post.sending is None:
        return None
    if outcome in ("yes", "no", "brought") and by != post.member_id:
        who = view.lookup.name(by) if by else view.text("ours.operator")
        said = view.say("ours.yes_by" if ours_now else "ours.no_by", name=name, who=who)
    else:
        said = view.say(f"ours.{outcome}", name=name)
    return Message(said, (view.action("disown"),) if ours_now else ())


def decide(turn: Turn, press: Press) -> None:
    """是我们的群, 不是, or afterwards 不是我们的群."""
    answer(turn, press.post, press.verb)


OURS = PostKind(
    "ours",
    Ours,
    ours,
    urgency=OFFER,
    presses=dict.fromkeys(("ours", "not_ours", "disown"), decide),
    means={  # a question is answered with yes and no too
        "ours": Typed(intents=("yes", "ours")),
        "not_ours": Typed(intents=("no", "not_ours")),
        "disown": Typed(intents=("not_ours",)),
    },
)
FOREIGN = PostKind("foreign", render=foreign, chatty=True, anywhere=True)
LEAVE = PostKind("leave", render=leaving, urgency=NOTICE, anywhere=True, leaves=True)
