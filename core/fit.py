"""Lower a message once to what a network can show: buttons, a legend with reactions, or words and numbers to type."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.messages import Action, Message
from core.network import Can

KEYCAPS = ("1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣", "6️⃣", "7️⃣", "8️⃣", "9️⃣", "🔟")


@dataclass(frozen=True, slots=True)
class Fitted:
    """A message as one network will show it.

    `message` goes to `Network.send`; its actions are there only where the network has buttons.
    `seeds` are the reactions to put under it, in order, each with the id of the action it stands for.
    """

    message: Message
    seeds: tuple[tuple[str, str], ...] = ()


def fit(message: Message, can: Can) -> Fitted:
    """What `can` can show of `message`. Nothing is lost: an action without a button becomes a line of a legend.

    A question (more than four actions, or actions without emoji of their own) is answered by keycaps or numbers.
    """
    if message.picture and not can.pictures:
        message = replace(message, picture="", drawing=None)
    if message.file and not can.files:
        message = replace(message, file=None)
    if message.asks is not None:
        said = {"words": message.asks.words, "link": message.asks.link, "invited": message.asks.invited}[can.way]
        message = replace(message, text=(*message.text, *said), asks=message.asks if can.way == "link" else None)
    if not message.actions or can.buttons:
        return Fitted(message)
    marks = signs(message.actions, keycaps=can.reactions)
    legend = " · ".join(f"{mark} {action.label}" for mark, action in zip(marks, message.actions, strict=True))
    text = (*message.text, "\n", legend)
    seeds = tuple((mark, action.id) for mark, action in zip(marks, message.actions, strict=True))
    return Fitted(replace(message, text=text, actions=()), seeds if can.reactions else ())


def signs(actions: tuple[Action, ...], *, keycaps: bool) -> tuple[str, ...]:
    """The sign of each action where there are no buttons: its own emoji if all have different ones, else 1, 2, 3.

    The same function tells the core what a reaction or a typed number stands for.
    """
    own = tuple(action.emoji for action in actions)
    if keycaps and all(own) and len(set(own)) == len(own):
        return own
    if keycaps and len(actions) <= len(KEYCAPS):
        return KEYCAPS[: len(actions)]
    return tuple(str(n) for n in range(1, len(actions) + 1))
