"""Messages as they are kept in the page's tables: spans and actions to plain lists, and back; and as they are drawn."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

from core.messages import Action, Bold, Confide, File, Mention, Message, Person, Span, words


def to_list(text: tuple[Span, ...]) -> list[list[str]]:
    """Each span as `[kind, words]`, a mention as `["mention", name, network, id]`."""
    return [_pack(span) for span in text]


def _pack(span: Span) -> list[str]:
    match span:
        case str():
            return ["text", sendable(span)]
        case Bold(text):
            return ["bold", sendable(text)]
        case Confide(text):
            return ["confide", sendable(text)]
        case Mention(person):
            return ["mention", sendable(person.name), person.network, person.id]


def sendable(words: str) -> str:
    """The words without what no page can hold: halves of characters become U+FFFD, NUL goes."""
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")


FILE = "file"


def with_file(text: list[list[str]], file: File | None) -> list[list[str]]:
    """With a file that was sent along, which is kept where the words are: sealed in a private chat."""
    return text if file is None else [*text, [FILE, sendable(file.name), file.kind, b64encode(file.data).decode()]]


def file_of(packed: list[list[str]]) -> File | None:
    """The file that was sent along."""
    found = next((each for each in packed if each[0] == FILE), None)
    return None if found is None else File(found[1], found[2], b64decode(found[3]))


def from_list(packed: list[list[str]]) -> tuple[Span, ...]:
    """The spans that `to_list` packed."""
    return tuple(_unpack(span) for span in packed if span[0] != FILE)


def _unpack(packed: list[str]) -> Span:
    match packed:
        case ["bold", text]:
            return Bold(text)
        case ["confide", text]:
            return Confide(text)
        case ["mention", name, network, id]:
            return Mention(Person(network, id, name))
        case [_, text]:
            return text
    raise ValueError("not a packed span")


def actions_to_list(actions: tuple[Action, ...]) -> list[dict[str, Any]]:
    return [{"id": action.id, "label": action.label, "emoji": action.emoji} for action in actions]


def actions_from_list(packed: list[dict[str, Any]]) -> tuple[Action, ...]:
    return tuple(Action(**action) for action in packed)


def to_message(text: list[list[str]], actions: list[dict[str, Any]]) -> Message:
    return Message(from_list(text), actions_from_list(actions))


def drawn(span: Span) -> tuple[str, str]:
    """The CSS class of a span, '' for plain words, and its words."""
    match span:
        case Bold() | Mention():
            return "bold", words(span)
        case Confide():
            return "confide", words(span)
    return "", words(span)
