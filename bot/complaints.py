"""Complaints: what is wrong with a setting, where it stands and how to mend it, one line each and never a secret."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, get_args, get_origin

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
        entry = next((part + 1 for part in fault["loc"][2:] if isinstance(part, int)), None)
        said = _sentence(fault, keys, model)
        yield _placed(fault["loc"]), f"entry {entry}: {said}" if entry else said


def _placed(loc: tuple[int | str, ...]) -> Keys:
    """The keys of a fault; of one in a list of tables with the table's number, as `tomlfile.lines` has them."""
    return tuple(str(part) for n, part in enumerate(loc) if isinstance(part, str) or (n == 1 and len(loc) > 2))


def _sentence(fault: Mapping[str, Any], keys: Keys, model: type[BaseModel]) -> str:
    if fault["type"] == "extra_forbidden":
        return unknown(keys[-1], tuple(_fields(model, keys[:-1])))
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    field = _fields(model, keys[:-1]).get(keys[-1]) if keys else None
    if field is not None and get_origin(field.annotation) is tuple and table_of(field.annotation) is not None:
        return f"expected tables, not {kind(fault['input'])}; write [[{shown(keys)}]] on a line of its own"
    if field is None or field.description is None:
        return f"expected a table, not {kind(fault['input'])}; write [{shown(keys)}] on a line of its own"
    example = field.examples[0] if field.examples else ""
    of_field = len(_placed(fault["loc"])) == len(fault["loc"])  # else of an entry of its list
    expected = field.description if of_field else "a text in quotes"
    return f"expected {expected}, not {kind(fault['input'])}; for example: {keys[-1]} = {example}"


def unknown(name: str, known: Sequence[str], noun: str = "key", instead: str = "", close: float = 0.7) -> str:
    """That there is no such `noun`, and which one was probably meant, or else `instead` or all that is known."""
    near = next(iter(difflib.get_close_matches(name.lower(), [each.lower() for each in known], 1, close)), None)
    meant = next((each for each in known if each.lower() == near), None)
    mend = f"did you mean {meant!r}?" if meant else f"known here: {instead or ', '.join(known)}"
    return f"there is no such {noun}; {mend}"


def shown(keys: Keys) -> str:
    """Keys joined by dots. What looks like no key is not repeated: somebody may have pasted a token there."""
    return ".".join(
        key if re.fullmatch(r"[\w-]{1,30}", key, re.ASCII) else "(unreadable)" for key in keys if not key.isdecimal()
    )


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
        inner = table_of(field.annotation) if field is not None else None
        if inner is None:
            return {}
        model = inner
    return {spelling: field for name, field in model.model_fields.items() for spelling in spellings(name, field)}


def table_of(annotation: Any) -> type[BaseModel] | None:
    """The model of a table, also where there may be none of it or several."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (table_of(kind) for kind in get_args(annotation))
    return next((model for model in inner if model is not None), None)


def spellings(name: str, field: FieldInfo) -> tuple[str, ...]:
    """The names under which a field may be set: its own, and those it had before."""
    if isinstance(field.validation_alias, AliasChoices):
        return tuple(str(choice) for choice in field.validation_alias.choices)
    return (name,)
