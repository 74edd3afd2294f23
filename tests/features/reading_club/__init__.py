"""读书会: neighbours read a book together; whoever coordinates says in the groups which is the next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import Field

from core import posts
from core.feature import Feature, Verb
from core.kind import ActivityKind
from core.members import groups
from core.messages import Message
from core.posts.body import Body
from core.posts.kind import PostKind, Press
from core.posts.row import NOTICE
from core.reading.kinds import called
from core.reading.verbs import Spelt
from core.settings import Table
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.view import View, lines
from core.words.clean import tidy_line

FOLDER = Path(__file__).parent


class Club(Table):
    """What may be set in its section of the settings."""

    longest: int = Field(20, ge=1, le=60, description="letters of a title, 1 to 60", examples=["20"])


# ------------------------------------------------------------ a kind of post: the next book, with who reads it


@dataclass(frozen=True, slots=True)
class Book(Body):
    title: str = ""
    readers: tuple[int, ...] = ()


def book(view: View) -> Message:
    body = Book.of(view.post)
    names = view.text("list.comma").join(view.lookup.name(reader) for reader in body.readers)
    who = view.say("reading_club.readers", names=names) if names else ()
    return Message(lines(view.say("reading_club.book", title=body.title), who), view.open("read"))


def read(turn: Turn, press: Press) -> None:
    """我也读: the same again is the same."""
    body = Book.of(press.post)
    readers = tuple(dict.fromkeys((*body.readers, turn.member.id)))
    press.post.body = replace(body, readers=readers).stored()
    posts.touch(turn.session, [press.post], turn.now)
    turn.seen_done("reading_club.noted")


BOOK = PostKind("reading_club.book", Book, book, urgency=NOTICE, presses={"read": read})

# ------------------------------------------------------------ a verb: which book is the next


def choose_book(turn: Turn, _wish: Wish, words: str) -> None:
    """选书 TITLE."""
    title, longest = tidy_line(words, 200), turn.here.settings(Club).longest
    if not title or len(title) > longest:
        turn.tell("reading_club.how", n=longest)
        return
    for chat in groups(turn.session, turn.here.id):
        turn.work.owe(BOOK.name, chat_id=chat.id, occasion=title, body=Book(title=title))
    turn.mark()


CHOOSE = Verb(
    Spelt("choose_book", zh="选书|挑书|选本书", en="next book|choose book", words=True),
    choose_book,
    who="coordinators",
)

FEATURE = Feature(folder=FOLDER, activity=ActivityKind(called(FOLDER)), verbs=(CHOOSE,), posts=(BOOK,), settings=Club)
