"""What crosses between a network and the core: plain frozen values, taken apart with `match`.

Ids are opaque strings. An adapter makes them and takes them apart; nobody else looks inside.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from core.drawing.values import Drawing

# ---------------------------------------------------------------- people and places


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on one network. `name` is what the network shows now and may be anything at all, empty included."""

    network: str
    id: str
    name: str = ""
    lang: str | None = None  # what the network says of their language, a BCP 47 tag, or None
    chosen: bool = False  # `lang` is not their program's setting: they chose it here, to be spoken to in it
    handle: str = field(default="", compare=False)  # by what they are called after an @, if by no name of theirs


@dataclass(frozen=True, slots=True)
class Chat:
    """A place where people talk.

    `private` is True only for a chat opened as a direct chat between one person and the bot, never more than two.
    """

    network: str
    id: str
    private: bool = False
    name: str = ""


# ---------------------------------------------------------------- in: what happened

# Every event has `event`, the network's own id for it, the same when the network delivers it again, and `chat`.


@dataclass(frozen=True, slots=True)
class Attached:
    """What was sent with words, or in place of them. `ref`: how the network names the thing itself, '' if it need not.
    `name` and `words`: a file's name, and what is written in it, where the network brings that along. `kept`: by which
    name a picture stands on the shelf, '' where it was not fetched.
    """

    what: Literal["picture", "voice", "sticker", "place", "file", "thing"]
    ref: str = ""
    name: str = ""
    words: str = ""
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody wrote words. `message` is how the network names them, so that an answer or an edit can point there."""

    event: str
    chat: Chat
    person: Person
    text: str
    message: str
    reply_to: str | None = None  # the message this answers, whoever wrote it
    called: bool = False  # the network says that the bot is called by its name in them
    attached: Attached | None = None  # in a group only with words, or where it belongs to one that has some
    thread: str = ""  # the topic it was said in, where a group has several; '' for the usual one
    mentions: tuple[Person, ...] = ()  # whom the network says they name; they stand there as @ and handle, or id
    forwarded: bool = False  # somebody else's words, handed on
    answers: str = ""  # the words of a person that these answer, where the network tells them


@dataclass(frozen=True, slots=True)
class Edited:
    """Somebody changed their own earlier words; `text` is the whole new text."""

    event: str
    chat: Chat
    person: Person
    text: str
    message: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Somebody took their own words away."""

    event: str
    chat: Chat
    person: Person
    message: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """Somebody pressed an action under a message of ours.

    A network with buttons gives `action`, the `Action.id`; one with reactions gives `emoji`, and the core finds the
    action that this message offered under it. Neither is to be trusted: both come from a stranger's machine.
    """

    event: str
    chat: Chat
    person: Person
    message: str
    action: str | None = None
    emoji: str | None = None
    thread: str = ""  # as in `Said`


@dataclass(frozen=True, slots=True)
class Opened:
    """A person opened (or opened again) their private chat with the bot. `token` is what their link carried, or ''.

    `fresh` is False where the network only tells what has long been so: nobody is welcomed then. `asks`: they pressed
    START, perhaps for the second time, and wait for an answer.
    """

    event: str
    chat: Chat
    person: Person
    token: str = ""
    fresh: bool = True
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Blocked:
    """A person closed their private chat to the bot: nothing can be sent there until they open it again."""

    event: str
    chat: Chat
    person: Person


@dataclass(frozen=True, slots=True)
class Joined:
    """A person came into a group. `blind`: they cannot read what was said there before, for it is encrypted."""

    event: str
    chat: Chat
    person: Person
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """A person left a group, or was removed from it."""

    event: str
    chat: Chat
    person: Person


@dataclass(frozen=True, slots=True)
class Ranked:
    """A person's rank in a group has become this."""

    event: str
    chat: Chat
    person: Person
    administrator: bool


@dataclass(frozen=True, slots=True)
class Entered:
    """The bot was brought into a group by `person`, who may be None where the network does not say.

    `hears`: as in `Hears`, from the first word on.
    """

    event: str
    chat: Chat
    person: Person | None
    hears: bool = True


@dataclass(frozen=True, slots=True)
class Hears:
    """What the bot is told of a group, and may write there, has become this; or is so, which may be known.

    `hears` is False where it is told only of commands (`/...`), of answers to it and of words that call it by name.
    `speaks`: whether it may write there; None where this was not looked at.
    """

    event: str
    chat: Chat
    hears: bool
    speaks: bool | None = None


@dataclass(frozen=True, slots=True)
class Expelled:
    """The bot is no longer in this group."""

    event: str
    chat: Chat


@dataclass(frozen=True, slots=True)
class Moved:
    """A group has a new id (a supergroup, an upgraded room): everything kept about `chat` now belongs to `to`."""

    event: str
    chat: Chat
    to: Chat


@dataclass(frozen=True, slots=True)
class Garbled:
    """A person wrote something that cannot be read: its key never came. They may be asked, seldom, to send it again.

    Should the key come later, the words follow as a `Said` of their own.
    """

    event: str
    chat: Chat
    person: Person


@dataclass(frozen=True, slots=True)
class Unread:
    """A message of ours stands in a private chat; nothing could call its person, and they have not looked."""

    event: str
    chat: Chat
    person: Person
    message: str


@dataclass(frozen=True, slots=True)
class Arranged:
    """Somebody did something on a page for coordinators: `what`, in which `community`, and what they filled in there.
    `chat` is their private one. Whether they may, and whether what they mean is still so, is not known here.
    """

    event: str
    chat: Chat
    person: Person
    what: str
    community: int
    fields: dict[str, str]


Event = (
    Said
    | Edited
    | Withdrawn
    | Pressed
    | Opened
    | Blocked
    | Joined
    | Left
    | Ranked
    | Entered
    | Expelled
    | Hears
    | Moved
    | Garbled
    | Arranged
    | Unread
)

# ---------------------------------------------------------------- out: what should be seen


@dataclass(frozen=True, slots=True)
class Bold:
    """Words to stand out."""

    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, named so that exactly this person is notified where the network can do it."""

    person: Person


@dataclass(frozen=True, slots=True)
class Confide:
    """Words that may be shown in a private chat only. The courier refuses to put them anywhere else.

    `anywhere`: on every network, for they were written to the bot in such a chat; what is kept of an elder is not.
    """

    text: str
    anywhere: bool = field(default=False, repr=False)  # what stands on screens is known by how it was written


Span = str | Bold | Mention | Confide


@dataclass(frozen=True, slots=True)
class Action:
    """Something a reader may press. `id` is at most 64 bytes of ASCII and names its post."""

    id: str
    label: str
    emoji: str = ""
    tone: Literal["", "yes", "no"] = field(default="", compare=False)  # a colour, where buttons have one


@dataclass(frozen=True, slots=True)
class File:
    """A file that is made when it is sent, and kept nowhere by the core. `kind`: its media type.

    `pictures`: it is a page that names pictures of the shelf (`shelf.placed`), which are put into it with so many
    points of their longer side; 0: it names none.
    """

    name: str
    kind: str
    data: bytes = field(repr=False)
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A page of ours that one press opens, where the network tells that page who pressed."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Asking:
    """How somebody is asked to open their private chat, at the end of a message: in `words`, by a `link` below it that
    is called `label`, or by the invitation that they have (`invited`). `fit` chooses what the network has.
    """

    words: tuple[Span, ...]
    link: tuple[Span, ...]
    invited: tuple[Span, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Message:
    """What should be seen in one place: spans in reading order ('\\n' breaks lines) and what may be pressed."""

    text: tuple[Span, ...]
    actions: tuple[Action, ...] = ()
    thread: str = ""  # the topic it belongs into, as the network names it: see `Said`
    answers: str = ""  # the words that it answers, as the network names them; shown with it where they still stand
    topic: str = ""  # "stool": where a group has topics, and the settings one for this, it stands there
    copies: str = ""  # what one press puts on the reader's clipboard, where the network has such buttons
    standing: tuple[str, ...] = ()  # words that stand under the chat from now on, to be pressed instead of typed
    picture: str = ""  # the name of one on the shelf that is shown with it; such a message never gets another
    drawing: Drawing | None = None  # what that is drawn from when it is sent, where it is not there yet
    file: File | None = None  # sent with it; such a message has no picture, and never gets another file
    asks: Asking | None = None  # to open a private chat
    opens: Link | None = None  # where what may not be written here can be read

    def plain(self) -> str:
        """The text without any markup, confided words included: for comparing and for networks of plain text."""
        return "".join(words(span) for span in self.text)

    def confides(self) -> bool:
        """Whether any of it belongs in a private chat only."""
        return any(isinstance(span, Confide) for span in self.text)

    def withheld(self) -> bool:
        """Whether any of it may not be carried by every network."""
        return any(isinstance(span, Confide) and not span.anywhere for span in self.text)


def words(span: Span) -> str:
    """The bare words of one span."""
    match span:
        case str():
            return span
        case Bold(text) | Confide(text):
            return text
        case Mention(person):
            return person.name


# ---------------------------------------------------------------- what one event is answered with


@dataclass(frozen=True, slots=True)
class Answer:
    """How one event is answered at once. It lives with that event only: what must survive is a post.

    `toast`: a line for the one who pressed (a notice over the button where the network has it).
    `alert`: it is a refusal and should stay until it is read. `mark`: an emoji to put on the words just said, or ''.
    `open`: this person has no private chat yet; where a press can be answered with a link that opens one, do so.
    """

    toast: str = ""
    alert: bool = False
    mark: str = ""
    open: bool = False
