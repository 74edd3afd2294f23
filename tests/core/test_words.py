"""The catalogues: the same sentences in both languages, every one that the code asks for, and short enough to read."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import core.features  # noqa: F401  each feature brings its own words
from core.words import LANGUAGES, catalogue

ROOT = Path(__file__).parents[2]
FOLDERS = sorted({file.parent for file in ROOT.glob("*/**/words/zh.toml") if "tests" not in file.parts})
ON_PHONES = [folder for folder in FOLDERS if folder != ROOT / "bot" / "words"]
"""All but what an operator reads on a terminal."""
DATES = re.compile(r"(time|when|date|weekday|month)\.")
LONGEST = {"zh": 60, "en": 160}
"""Characters in a line of what the bot says: four lines of a small phone at a large type."""


def flat(folder: Path, lang: str) -> dict[str, list[str]]:
    """Every sentence of a catalogue, with its plurals."""
    found: dict[str, list[str]] = {}

    def walk(table: dict[str, object], prefix: str) -> None:
        for name, value in table.items():
            if isinstance(value, dict) and "other" not in value:
                walk(value, f"{prefix}{name}.")
            else:
                found[f"{prefix}{name}"] = [str(v) for v in value.values()] if isinstance(value, dict) else [str(value)]

    walk(tomllib.loads((folder / f"{lang}.toml").read_text("utf-8")), "")
    return found


def holes(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: str(f.relative_to(ROOT)))
def test_both_languages_have_the_same_sentences_with_the_same_facts_in_them(folder: Path) -> None:
    zh, en = flat(folder, "zh"), flat(folder, "en")
    assert zh.keys() == en.keys()
    for key, sentences in zh.items():
        facts = set().union(*map(holes, sentences))
        for sentence in en[key]:
            # "one household" may leave its number out; months, days and hours are put together in other ways.
            own = {"n"} if not DATES.match(key) else facts | holes(sentence)
            assert facts ^ holes(sentence) <= own, key


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: str(f.relative_to(ROOT)))
def test_no_chinese_is_left_in_english_but_what_people_may_type(folder: Path) -> None:
    quoted = re.compile(r"[“\"「‘'（(/][^”\"」’'）)]*[”\"」’'）)]?")
    for key, sentences in flat(folder, "en").items():
        for sentence in sentences:
            left = quoted.sub("", sentence)
            assert not re.search("[\u4e00-\u9fff]", left) or "小板凳" in left, key


@pytest.mark.parametrize("folder", ON_PHONES, ids=lambda f: str(f.relative_to(ROOT)))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_lines_are_short(folder: Path, lang: str) -> None:
    for key, sentences in flat(folder, lang).items():
        if key == "talk.greetings":
            continue  # these are heard, not said
        for line in "\n".join(sentences).splitlines():
            assert len(line) <= LONGEST[lang] or key.startswith(("run.", "check.")), (key, len(line))


def asked_for() -> Iterator[tuple[str, str]]:
    """Every key that the core's and the bot's code names, with where; a key that ends in '*' begins with that."""
    core = [file for file in ROOT.glob("core/**/*.py") if "migrations" not in file.parts]
    files = [*core, *(ROOT / "bot" / name for name in ("inbox.py", "recording.py", "planning.py"))]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="Refusal"), args=[ast.Constant(value=str(code)), *_]):
                    yield f"refusal.{code}", f"{file.name}:{node.lineno}"
                case ast.Call(func=ast.Attribute(attr="tell"), args=[ast.Constant(value=str(key)), *_]):
                    yield key, f"{file.name}:{node.lineno}"
                case ast.Call(func=ast.Attribute(attr="say" | "text"), args=[ast.Constant(value=str(key)), *_]):
                    yield key, f"{file.name}:{node.lineno}"
                case ast.Call(func=ast.Name(id="say" | "text"), args=[_, ast.Constant(value=str(key)), *_]):
                    yield key, f"{file.name}:{node.lineno}"
                case ast.Call(func=ast.Name(id="say" | "text"), args=[_, ast.JoinedStr(values=[first, *_]), *_]):
                    if isinstance(first, ast.Constant):
                        yield f"{first.value}*", f"{file.name}:{node.lineno}"
                case ast.Dict(keys=keys, values=values):
                    for name, value in zip(keys, values, strict=True):
                        if isinstance(name, ast.Constant) and name.value == "key" and isinstance(value, ast.Constant):
                            yield str(value.value), f"{file.name}:{node.lineno}"
                case ast.Call(func=ast.Name(id="ask" | "expect" | "tell_coordinator" | "tell_holders"), args=args):
                    for arg in args:
                        if isinstance(arg, ast.Constant) and isinstance(arg.value, str) and "." in arg.value:
                            yield arg.value, f"{file.name}:{node.lineno}"


def test_every_sentence_that_the_code_asks_for_is_there() -> None:
    keys = catalogue().keys("zh")
    asked = sorted(set(asked_for()))
    assert len(asked) > 80
    missing = [
        (key, where)
        for key, where in asked
        if not (any(k.startswith(key[:-1]) for k in keys) if key.endswith("*") else key in keys)
    ]
    assert missing == []


def test_every_action_has_a_label_and_where_buttons_are_missing_a_sign() -> None:
    keys = catalogue().keys("zh")
    verbs = set()
    for file in ROOT.glob("core/**/*.py"):
        verbs |= set(re.findall(r'view\.(?:action|open)\("(\w+)"', file.read_text("utf-8")))
    assert verbs
    assert {f"action.{verb}" for verb in verbs} - keys <= {"action.pick"}
