"""The Bot API as data, and what it has to say against a call or an update. See `facts` for where it comes from."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

PARSED_FIRST = {
    ("sendMessage", "text"),
    ("editMessageText", "text"),
    ("sendPhoto", "caption"),
    ("sendDocument", "caption"),
    ("editMessageCaption", "caption"),
}
"""Parameters whose characters are counted after their markup is taken out: the stand-in does that itself."""

RETURNS = {
    "getMe": "User",
    "getWebhookInfo": "WebhookInfo",
    "sendMessage": "Message",
    "editMessageText": "Message",
    "sendPhoto": "Message",
    "sendDocument": "Message",
    "editMessageCaption": "Message",
    "getFile": "File",
    "editMessageReplyMarkup": "Message",
    "getChat": "ChatFullInfo",
    "getChatMember": "ChatMember",
    "getChatAdministrators": "Array of ChatMember",
    "getMyCommands": "Array of BotCommand",
    "getMyDescription": "BotDescription",
    "getMyShortDescription": "BotShortDescription",
}
"""What the supported methods return; the others return True, but for updates: those are judged as they are made."""


@cache
def facts() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((Path(__file__).parent / "api.json").read_text())
    return data


def objections(type_: str, value: Any, where: str = "") -> list[str]:
    """What is wrong with a value of this type; empty when nothing is."""
    where = where or type_
    if type_.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{where}: not a list: {value!r}"]
        inner = type_.removeprefix("Array of ")
        return [fault for n, item in enumerate(value) for fault in objections(inner, item, f"{where}[{n}]")]
    if " or " in type_:
        return _one_of(type_.split(" or "), value, where)
    if type_ in facts()["unions"]:
        return _one_of(facts()["unions"][type_], value, where)
    match type_:
        case "Integer":
            return (
                [] if isinstance(value, int) and not isinstance(value, bool) else [f"{where}: not a number: {value!r}"]
            )
        case "Float":
            return [] if isinstance(value, int | float) else [f"{where}: not a number: {value!r}"]
        case "Boolean":
            return [] if isinstance(value, bool) else [f"{where}: neither true nor false: {value!r}"]
        case "True":
            return [] if value is True else [f"{where}: not true: {value!r}"]
        case "String":
            return [] if isinstance(value, str) else [f"{where}: not a string: {value!r}"]
    return _fields(facts()["types"][type_], value, where)


def objections_to_call(method: str, given: dict[str, Any]) -> list[str]:
    """What is wrong with a call whose parameters were read already."""
    fields = facts()["methods"][method]
    free = {name: row[:2] for name, row in fields.items() if (method, name) in PARSED_FIRST}
    return _fields({**fields, **free}, given, method)


def read(method: str, given: dict[str, str]) -> dict[str, Any]:
    """Parameters as they came in a form, made into values of their types; what cannot be read stays a string."""
    fields = facts()["methods"][method]
    return {name: _value(fields[name][0], text) if name in fields else text for name, text in given.items()}


def _value(type_: str, text: str) -> Any:
    if type_ == "String":
        return text
    if type_ == "Integer or String" and not text.lstrip("-").isdigit():
        return text
    try:
        return json.loads(text)
    except ValueError:
        return {"True": True, "False": False}.get(text, text)


def _one_of(types: list[str], value: Any, where: str) -> list[str]:
    faults = [objections(type_, value, f"{where}:{type_}") for type_ in types]
    return [] if not all(faults) else min(faults, key=len)


def _fields(fields: dict[str, Any], value: Any, where: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where}: not an object: {value!r}"]
    faults = [f"{where}.{name}: unknown" for name in value.keys() - fields.keys()]
    for name, (type_, required, *limits) in fields.items():
        if name in value:
            faults += objections(type_, value[name], f"{where}.{name}")
            faults += _limits(limits[0] if limits else {}, value[name], f"{where}.{name}")
        elif required:
            faults.append(f"{where}.{name}: missing")
    return faults


def _limits(limits: dict[str, Any], value: Any, where: str) -> list[str]:
    for kind, limit in limits.items():
        match kind:
            case "always":
                good = value == limit
            case "between":
                good = isinstance(value, int) and limit[0] <= value <= limit[1]
            case "bytes":
                good = limit[0] <= len(str(value).encode()) <= limit[1]
            case _:
                good = isinstance(value, list) or limit[0] <= len(str(value)) <= limit[1]
        if not good:
            return [f"{where}: {value!r} is not {kind} {limit}"]
    return []
