"""A TOML file: what it says, and on which line it says it.

Neither tomllib nor tomlkit keeps positions. But TOML is a language of statements that end with a line, so `lines` feeds
tomllib line by line until a statement is whole: the parser itself says where one ends, and there is no second parser.
"""

from __future__ import annotations

import re
import stat
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.complaints import Complaint, ConfigError, Keys

LARGEST = 256 * 1024
"""Bytes that settings may have: real ones are a hundred times smaller, a file named by mistake is mostly larger."""


@dataclass(frozen=True, slots=True)
class TomlFile:
    """What a file says. Without a file: nothing."""

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[Keys, int] = field(default_factory=dict)  # counted from 1; a table counts where it is seen first


def read(path: Path) -> TomlFile:
    """The file, read and parsed. Raises `ConfigError` where it cannot be."""
    text = _decoded(path, _content(path))
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _position(error, text)
        said = re.sub(r" ?\(at [^)]*\)$", "", str(error)).rstrip(".")
        raise ConfigError([Complaint(str(path), f"{said}; {_hint(text.splitlines(), line)}", line=line)]) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets thousands deep
        raise ConfigError(
            [Complaint(str(path), "this is not a file of settings; is it the right one?", line=1)]
        ) from None
    return TomlFile(values, lines(text))


def lines(text: str) -> dict[Keys, int]:
    """The line on which the statement begins that sets each key of `text`, which must be valid TOML.

    In the second of `[[tables]]` the keys are ("tables", "1", ...).
    """
    found: dict[Keys, int] = {}
    table: Keys = ()
    entries: dict[str, int] = {}  # of each list of tables
    statement, begins = "", 1
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if not statement:
            begins = number
        statement += line + "\n"
        try:
            parsed = tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            continue  # the value goes on in the next line
        if statement.lstrip().startswith("["):
            table = _innermost(parsed)
            _note(found, (), parsed, begins)
            if statement.lstrip().startswith("[["):
                entries[table[0]] = entries.get(table[0], -1) + 1
            if table[0] in entries:
                table = (table[0], str(entries[table[0]]), *table[1:])
                found.setdefault(table, begins)
        else:
            _note(found, table, parsed, begins)
        statement = ""
    return found


def _content(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise ConfigError([Complaint(str(path), "this is no file; name the file config.toml itself")])
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        said = "there is no such file; copy config.example.toml to begin with"
        raise ConfigError([Complaint(str(path), said)]) from None
    except OSError as error:
        said = f"it cannot be read ({error.strerror}); let the user who runs this program read it"
        raise ConfigError([Complaint(str(path), said)]) from None
    if len(content) > LARGEST:
        said = f"it is larger than {LARGEST // 1024} KB, as no settings are; is it the right file?"
        raise ConfigError([Complaint(str(path), said, line=1)])
    return content


def _decoded(path: Path, content: bytes) -> str:
    """The text. A byte order mark, which some editors put in front, means nothing."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ConfigError([Complaint(str(path), "this is not UTF-8; save the file as UTF-8", line=line)]) from None


def _position(error: tomllib.TOMLDecodeError, text: str) -> int:
    """The line on which tomllib gave up; the last one when it ran out of text."""
    match = re.search(r"at line (\d+)", str(error))
    return int(match[1]) if match else text.rstrip().count("\n") + 1


def _hint(text: list[str], line: int) -> str:
    """How to mend what is most often wrong on such a line."""
    words = text[line - 1] if line <= len(text) else ""
    if re.search("[“”‘’「」＝＂，]", words):
        return 'use the plain signs " = , of the English keyboard'
    return 'write key = "text", key = 12, key = true or key = ["a", "b"], each key once'


def _innermost(parsed: Any) -> Keys:
    """The keys down to the table that a header opens."""
    if isinstance(parsed, list):
        parsed = parsed[0]
    for key, inner in parsed.items():
        return (key, *_innermost(inner))
    return ()


def _note(found: dict[Keys, int], above: Keys, parsed: Any, line: int) -> None:
    """Write down every key in `parsed` that has no line yet."""
    if isinstance(parsed, dict):
        for key, inner in parsed.items():
            found.setdefault((*above, key), line)
            _note(found, (*above, key), inner, line)
