"""Text formatted by TDLib itself, which is what formats it in the real service."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import tdjson

_MODES = {"HTML": {"@type": "textParseModeHTML"}, "MarkdownV2": {"@type": "textParseModeMarkdown", "version": 2}}

_KINDS = {
    "textEntityTypeBold": "bold",
    "textEntityTypeItalic": "italic",
    "textEntityTypeUnderline": "underline",
    "textEntityTypeStrikethrough": "strikethrough",
    "textEntityTypeSpoiler": "spoiler",
    "textEntityTypeCode": "code",
    "textEntityTypePre": "pre",
    "textEntityTypeBlockQuote": "blockquote",
    "textEntityTypeMentionName": "text_mention",
    "textEntityTypeTextUrl": "text_link",
    "textEntityTypeUrl": "url",
    "textEntityTypeMention": "mention",
    "textEntityTypeBotCommand": "bot_command",
    "textEntityTypeHashtag": "hashtag",
    "textEntityTypeCashtag": "cashtag",
    "textEntityTypePhoneNumber": "phone_number",
    "textEntityTypeEmailAddress": "email",
}


class CannotParse(Exception):
    """TDLib refuses the markup; the message is the service's own."""


@dataclass(frozen=True)
class Text:
    """A text without markup, with entities as the Bot API names them (`user_id` in place of `user`)."""

    plain: str
    entities: list[dict[str, Any]]

    def piece(self, entity: dict[str, Any]) -> str:
        return self.cut(entity["offset"], entity["offset"] + entity["length"])

    def cut(self, start: int, end: int | None = None) -> str:
        """From one place to another, both counted as Telegram counts: in UTF-16 units."""
        raw = self.plain.encode("utf-16-le")
        return raw[2 * start : None if end is None else 2 * end].decode("utf-16-le")


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def formatted(text: str, mode: str | None = None) -> Text:
    """What the service makes of a text: markup read, ends trimmed, links and calls by name found."""
    entities: list[dict[str, Any]] = []
    if mode:
        parsed = _ask({"@type": "parseTextEntities", "text": text, "parse_mode": _MODES[mode]})
        text, entities = parsed["text"], [_entity(each) for each in parsed["entities"]]
    start = len(text) - len(text.lstrip())
    before, text = units(text[:start]), text.strip()
    moved = [{**each, "offset": max(0, each["offset"] - before)} for each in entities]
    kept = [each for each in moved if each["offset"] + each["length"] <= units(text) and each["length"]]
    raw = _ask({"@type": "getTextEntities", "text": text})["entities"]
    found = [_entity(each) for each in raw if each["type"]["@type"] in _KINDS]
    taken = [(each["offset"], each["offset"] + each["length"]) for each in kept if each["type"].startswith("text_")]
    free = [each for each in found if not any(start <= each["offset"] < end for start, end in taken)]
    return Text(text, sorted([*kept, *free], key=lambda each: each["offset"]))


def _entity(raw: dict[str, Any]) -> dict[str, Any]:
    kind = raw["type"]
    entity = {"type": _KINDS[kind["@type"]], "offset": raw["offset"], "length": raw["length"]}
    if "user_id" in kind:
        entity["user_id"] = kind["user_id"]
    if "url" in kind:
        entity["url"] = kind["url"]
    return entity


def _ask(question: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(tdjson.td_execute(json.dumps(question).encode()) or b"{}")
    if answer["@type"] == "error":
        raise CannotParse(answer["message"])
    return answer


tdjson.td_execute(b'{"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}')
