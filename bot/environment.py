"""The environment as settings: XIAOBANDENG_TELEGRAM__TOKEN is [telegram] token, and wins over the file."""

from __future__ import annotations

import json
import types
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from bot.complaints import Complaint, spellings, table_of, unknown

Keys = tuple[str, ...]

PREFIX = "XIAOBANDENG_"
OTHERS = ("XIAOBANDENG_CONFIG", *(f"XIAOBANDENG_MATRIX__{name}" for name in ("PASSWORD", "TOKEN", "RECOVERY")))
"""Variables with our prefix that are no settings: which file to read, and a password that is used once and not kept."""

YES, NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")


def overlay(
    raw: dict[str, Any], model: type[BaseModel], environ: Mapping[str, str]
) -> tuple[dict[Keys, str], list[Complaint]]:
    """Put what the environment says over `raw`. Returns which variable set which key, and what was wrong."""
    known = {PREFIX + "__".join(keys).upper(): (keys, annotation) for keys, annotation in leaves(model, former=True)}
    sources: dict[Keys, str] = {}
    wrong: list[Complaint] = []
    for name in sorted(environ):
        if not name.startswith(PREFIX) or name in OTHERS:
            continue
        if name not in known:
            wrong.append(
                Complaint(name[:60], unknown(name, (*known, *OTHERS), "setting", "XIAOBANDENG_TABLE__KEY", 0.9))
            )
            continue
        keys, annotation = known[name]
        table: Any = raw
        for key in keys[:-1]:
            table = table.setdefault(key, {}) if isinstance(table, dict) else None
        if isinstance(table, dict):
            table[keys[-1]] = value(environ[name], annotation)
            sources[keys] = name
    return sources, wrong


def leaves(model: type[BaseModel], above: Keys = (), *, former: bool = False) -> Iterator[tuple[Keys, Any]]:
    """Every key that holds a value, with its type; with the names that keys had before, if `former`."""
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from leaves(field.annotation, (*above, name), former=former)
        elif table_of(field.annotation) is None:  # a list of tables is written in the file
            for spelling in spellings(name, field) if former else (name,):
                yield (*above, spelling), field.annotation


def value(text: str, annotation: Any) -> Any:
    """What TOML would have given for this text; the text itself where it does not fit, for the model to refuse."""
    kinds = get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else (annotation,)
    kinds = tuple(get_args(each)[0] if get_origin(each) is Annotated else each for each in kinds)
    if any(get_origin(each) is tuple for each in kinds):
        return _entries(text)
    if bool in kinds:
        return True if text.lower() in YES else False if text.lower() in NO else text
    if int in kinds:
        try:
            return int(text)
        except ValueError:
            return text
    return text


def _entries(text: str) -> Any:
    """A list, written as JSON or with commas."""
    if text.lstrip().startswith("["):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return [entry.strip() for entry in text.split(",") if entry.strip()]
