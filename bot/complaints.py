"""Complaints: what is wrong with a setting, where it stands and how to mend it, one line each and never a secret."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from pydantic import AliasChoices, BaseModel, ValidationError
from pydantic.fields import FieldInfo

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that is wrong: 'FILE:LINE: key: what was expected, how to mend it'."""

    where: str  # a file or an environment variable
    said: str
    key: str = ""  # such as 'telegram.mode'
    line: int = 0  # counted from 1; 0 where there is none

    def __str__(self) -> str:
        where = f"{self.where}:{self.line}" if self.line else self.where
        return ": ".join(part for part in (where, self.key, self.said) if part)


class ConfigError(Exception):
    """The settings cannot be used. As text it is all complaints, one a line."""

    def __init__(self, complaints: Sequence[Complaint]) -> None:
        self.complaints = tuple(sorted(complaints, key=lambda complaint: (complaint.where, complaint.line)))
        super().__init__("\n".join(map(str, self.complaints)))


def sentences(error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[Keys, str]]:
    """What pydantic found, in our words. Values are not repeated: any of them might be a secret."""
    for fault in error.errors(include_url=False):
        keys = tuple(part for part in fault["loc"] if isinstance(part, str))
        entry = next((part + 1 for part in fault["loc"] if isinstance(part, int)), None)
        yield keys, f"entry {entry}: {_sentence(fault, keys, model)}" if entry else _sentence(fault, keys, model)


def _sentence(fault: Mapping[str, Any], keys: Keys, model: type[BaseModel]) -> str:
    if fault["type"] == "extra_forbidden":
        return unknown(keys[-1], tuple(_fields(model, keys[:-1])))
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    field = _fields(model, keys[:-1]).get(keys[-1]) if keys else None
    if field is None or field.description is None:
        return f"expected a table, not {kind(fault['input'])}; write [{shown(keys)}] on a line of its own"
    example = field.examples[0] if field.examples else ""
    expected = field.description if keys == fault["loc"] else "a text in quotes"
    return f"expected {expected}, not {kind(fault['input'])}; for example: {keys[-1]} = {example}"


def unknown(name: str, known: Sequence[str], noun: str = "key", instead: str = "", close: float = 0.7) -> str:
    """That there is no such `noun`, and which one was probably meant, or else `instead` or all that is known."""
    near = next(iter(difflib.get_close_matches(name.lower(), [each.lower() for each in known], 1, close)), None)
    meant = next((each for each in known if each.lower() == near), None)
    mend = f"did you mean {meant!r}?" if meant else f"known here: {instead or ', '.join(known)}"
    return f"there is no such {noun}; {mend}"


def shown(keys: Keys) -> str:
    """Keys joined by dots. What looks like no key is not repeated: somebody may have pasted a token there."""
    return ".".join(key if re.fullmatch(r"[\w-]{1,30}", key, re.ASCII) else "(unreadable)" for key in keys)


def kind(value: Any) -> str:
    """What a TOML value is, in a newcomer's words."""
    match value:
        case bool():
            return "true or false"
        case int():
            return "this number" if value else "0"
        case float():
            return "a number with a point"
        case str():
            return "this text" if value else "an empty text"
        case list() | tuple():
            return "a list"
        case dict():
            return "a table"
        case datetime() | date() | time():
            return "a date or time without quotes"
        case _:
            return "this"


def _fields(model: type[BaseModel], keys: Keys) -> dict[str, FieldInfo]:
    """The fields of the table at `keys`, or none."""
    for key in keys:
        field = model.model_fields.get(key)
        if field is None or not (isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)):
            return {}
        model = field.annotation
    return {spelling: field for name, field in model.model_fields.items() for spelling in spellings(name, field)}


def spellings(name: str, field: FieldInfo) -> tuple[str, ...]:
    """The names under which a field may be set: its own, and those it had before."""
    if isinstance(field.validation_alias, AliasChoices):
        return tuple(str(choice) for choice in field.validation_alias.choices)
    return (name,)
