"""What an event of a room's timeline says, as the core understands it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Literal

from adapters.matrix.room import Room
from core.messages import Attached, Blocked, Edited, Event, Joined, Left, Opened, Person, Pressed, Said

Json = dict[str, Any]

What = Literal["picture", "voice", "sticker", "place", "file"]
SENT: Mapping[str, What] = {
    "m.image": "picture",
    "m.video": "picture",
    "m.audio": "voice",
    "m.file": "file",
    "m.location": "place",
}
"""Kinds of messages that are more than words."""
OTHERS_TALK = ("m.text", "m.emote")
"""Kinds of messages that people write. `m.notice` is how bots speak: answering one may begin an endless talk."""


def understood(event: Json, room: Room) -> Event | None:
    """What happened, or None for what the core need not know. Only people's own doings: never the bot's."""
    if event.get("sender") == room.me or not isinstance(event.get("content"), dict):
        return None
    match event.get("type"):
        case "m.sticker":
            return sent(event, room, "sticker")
        case "m.room.message":
            return spoken(event, room)
        case "m.reaction":
            return reacted(event, room)
        case "m.room.member" if "state_key" in event:
            return moved(event, room)
    return None


def spoken(event: Json, room: Room) -> Said | Edited | None:
    """Words, or other words in place of earlier ones. Whether those were the same person's is not known here."""
    content = event["content"]
    relation = relates(content)
    person = room.person(event["sender"])
    if relation.get("rel_type") == "m.replace":
        fresh = content.get("m.new_content")
        if not isinstance(fresh, dict) or fresh.get("msgtype") not in OTHERS_TALK:
            return None
        return Edited(event["event_id"], room.chat, person, body(fresh, quoted=False), str(relation.get("event_id")))
    if (kind := SENT.get(str(content.get("msgtype")))) is not None:
        return sent(event, room, kind)
    if content.get("msgtype") not in OTHERS_TALK:
        return None
    answers = answered(relation)
    text = body(content, quoted=answers is not None)
    called = room.me in mentioned(content)
    if called:
        text = without(text, room.person(room.me).name)
    people = tuple(room.person(user) for user in mentioned(content) if user != room.me)
    for named in people:
        text = as_id(text, named)
    id = event["event_id"]
    thread = in_thread(relation)
    return Said(id, room.chat, person, text, id, answers, called=called, mentions=people, thread=thread)


def as_id(text: str, person: Person) -> str:
    """The words with a person's id in place of the name by which a pill shows them: 帮 李阿姨 报名."""
    if person.id in text or not person.name:
        return text
    found = re.sub(rf"@?{re.escape(person.name)}:?", lambda _: f" {person.id} ", text, count=1)
    return re.sub(" {2,}", " ", found).strip()


def sent(event: Json, room: Room, kind: What) -> Said | None:
    """A picture, a voice message, a file, privately, with the words under it; what a group shows is for people, but for
    a picture with words.
    """
    content = event["content"]
    name = content.get("filename")
    words = body(content, quoted=False) if isinstance(name, str) and name != content.get("body") else ""
    if not (room.private or words):
        return None
    if kind == "file" and not isinstance(name, str):
        name = content.get("body")  # without words under it, that is what the file is called
    lies = source(content) if kind in ("picture", "file") else ""
    thing = Attached(kind, lies, name if isinstance(name, str) else "")
    heard = thing if room.private or kind == "picture" else None
    person, id = room.person(event["sender"]), event["event_id"]
    relation = relates(content)
    thread = in_thread(relation)
    return Said(id, room.chat, person, words, id, answered(relation), attached=heard, thread=thread)


def source(content: Json) -> str:
    """Where what was sent lies, and where it is encrypted with what: as `pictures.fetched` reads it; '' if nowhere."""
    url, file = content.get("url"), content.get("file")
    return json.dumps(file, sort_keys=True) if isinstance(file, dict) else url if isinstance(url, str) else ""


def mentioned(content: Json) -> list[str]:
    """Whom a message notifies by name, as its `m.mentions` says."""
    mentions = content.get("m.mentions")
    users = mentions.get("user_ids") if isinstance(mentions, dict) else None
    return [user for user in users if isinstance(user, str)] if isinstance(users, list) else []


def without(text: str, name: str) -> str:
    """The words without this name where they begin or end with it: 小板凳: 几点集合."""
    bare = re.escape(name)
    return re.sub(rf"^\s*@?{bare}[\s,，:：]+|\s*@?{bare}\s*$", "", text) or text


def reacted(event: Json, room: Room) -> Pressed | None:
    """A reaction. Taken away and put there again it is another event, so a person can press again."""
    relation = relates(event["content"])
    message, emoji = relation.get("event_id"), relation.get("key")
    if relation.get("rel_type") != "m.annotation" or not isinstance(message, str) or not isinstance(emoji, str):
        return None
    return Pressed(event["event_id"], room.chat, room.person(event["sender"]), message, emoji=emoji)


def moved(event: Json, room: Room) -> Event | None:
    """Somebody came or went. In a private chat that opens or closes it, and a third person closes it for good."""
    user, happened = event["state_key"], event["event_id"]
    now = event["content"].get("membership")
    before = event.get("unsigned", {}).get("prev_content", {}).get("membership", "leave")
    if user == room.me or now == before:
        return None
    if room.direct is not None:
        if user != room.direct or now in ("leave", "ban"):
            return Blocked(happened, room.chat, room.person(room.direct))
        return Opened(happened, room.chat, room.person(user)) if now == "join" and room.private else None
    if now == "join":
        return Joined(happened, room.chat, room.person(user), blind=room.encrypted)
    return Left(happened, room.chat, room.person(user)) if before == "join" and now in ("leave", "ban") else None


def relates(content: Json) -> Json:
    relation = content.get("m.relates_to")
    return relation if isinstance(relation, dict) else {}


def answered(relation: Json) -> str | None:
    """The message that these words answer: the one quoted, else the one whose thread they stand in."""
    reply = relation.get("m.in_reply_to")
    if isinstance(reply, dict) and isinstance(reply.get("event_id"), str) and not relation.get("is_falling_back"):
        return str(reply["event_id"])
    return in_thread(relation) or None


def in_thread(relation: Json) -> str:
    """The message under which the thread began that something stands in; '' for what stands in none."""
    root = relation.get("event_id") if relation.get("rel_type") == "m.thread" else None
    return root if isinstance(root, str) else ""


def body(content: Json, *, quoted: bool) -> str:
    """The words themselves. Older clients put what they answer in front of an answer, line by line behind '> '."""
    text = content.get("body")
    text = text if isinstance(text, str) else ""
    if not quoted or not text.startswith("> <"):
        return text
    lines = text.split("\n")
    while lines and lines[0].startswith("> "):
        lines.pop(0)
    return "\n".join(lines).removeprefix("\n")
