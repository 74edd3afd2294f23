"""A kind of post: all that it is, in one value. `core/posts/kinds/` has one file for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple, TypeAlias

from sqlmodel import Session

from core.drawing.values import Sheet
from core.messages import Message, Span
from core.posts.body import Body
from core.posts.row import ANSWER, Post

# Rows know no view, no work and no turn, which are built on them: here their places are held by Any.
AView: TypeAlias = Any
AWork: TypeAlias = Any
ATurn: TypeAlias = Any
ACommand: TypeAlias = Any


class Press(NamedTuple):
    """Something pressed under a post: a verb of its actions, and the argument that stands with it there."""

    post: Post
    verb: str
    arg: str = ""


class Typed(NamedTuple):
    """What else may be typed in place of an action, besides its label and its sign: words, plain, and intents.

    `yes`, `no`: any way to say so privately, while it is asked. 返回 beside 确认 is any no without being told.
    """

    words: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()  # in place of the verb itself
    yes: bool = False
    no: bool = False


@dataclass(frozen=True, slots=True)
class Pictured:
    """How what a kind of post shows to a group is asked for as a picture, and what is drawn of it.

    `zh` and `en`: patterns of what it is called in 阳台图 and a picture of the balconies. `stamp`: the
    key of the line that says at which moment it was so. `sheet`: what is drawn, None
    where there is nothing; else what it says is, line by line. `which`: of which row, where it is not an activity.
    """

    zh: str
    en: str
    stamp: str
    sheet: Callable[[AView], Sheet | None] | None = None
    which: Callable[[ATurn], int] | None = None
    of_activity: bool = False  # of which activity is to be found out


@dataclass(frozen=True, slots=True)
class PostKind:
    """How the posts of one kind behave.

    What is shown (`render`), or what is done at its time (`act`): one of the two. Everything else has a usual answer.
    """

    name: str
    body: type[Body] = Body

    # what stands on the screen
    render: Callable[[AView], Message | None] | None = None  # None: there is nothing to say any more, and it ends
    urgency: int = ANSWER  # unless whoever owes it says otherwise
    pins: bool = False
    chatty: bool = False  # rather lost than said twice, where a network cannot tell whether it arrived
    anywhere: bool = False  # goes to a group that is not the community's as well; no other post does
    clears: bool = False  # is not shown: a message that somebody asked to be rid of is taken away, `clear` of its body
    leaves: bool = False  # is not shown: the bot leaves the group that it is for
    stays: Callable[[Session, Post, datetime], bool] | None = None
    """Of rosters of no one activity: whether people still look at it. None: as long as it stands."""
    follows: Literal["never", "offering", "always"] = "never"
    """Whether a change of its activity touches it: while something can be pressed there, or as long as it is shown."""

    pictured: Pictured | None = None  # as a picture in large type

    # what is made of answers
    presses: Mapping[str, Callable[[ATurn, Press], None]] = field(default_factory=dict)  # by verb
    means: Mapping[str, Typed] = field(default_factory=dict)  # what is typed, by verb
    labels: Mapping[str, Callable[[ATurn, str], bool]] = field(default_factory=dict)
    """By what is said (an intent) where no message offers it: whether one of these was meant, and it was done."""
    hears: Callable[[ATurn, Post, str, ACommand], bool] | None = None
    """Whether private words right below it, which may be a command, are taken as an answer to it."""
    answered: Callable[[ATurn, Post, str], bool] | None = None
    """Whether words in answer to it, whatever they say, are taken."""
    means_activity: bool = False  # who answers it means its activity
    activities: Callable[[Session, Post], Sequence[int]] | None = None
    """Of a message above several rosters: who answers it means one of these, or all."""

    # what is done, and by whom
    act: Callable[[AWork, Post], None] | None = None  # at its time, in a transaction, once; says nothing
    kept: Literal["", "words", "calls", "wellbeing"] = ""
    """What it says is dropped after so long as `[keeping]` says of this; else it goes with what it shows."""
    restored: bool = False  # is owed still after a backup was restored, though its time has passed
    unheard: Callable[[AWork, Post], None] | None = None  # nobody can be told privately: what stands in for it
    unread: Callable[[AWork, Post], None] | None = None  # nobody looks at it: what is done besides
    line: Callable[[AView, Post], tuple[Span, ...]] | None = None  # what of it a group may read, on one line
    later: bool = True  # whoever opens their private chat within the day is told after all
    news: str = ""
    """What it is news of, of which the last is told later: its own name, unless another kind tells of the same."""

    def __post_init__(self) -> None:
        if (self.render is None) == (self.act is None):
            raise ValueError(f"{self.name}: shown, or done at its time")
