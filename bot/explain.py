"""The explanation: what the bot would understand of some words, and which of them made it think so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.wording import catalogue
from core.features import KINDS
from core.reading import Chain, Command, Context, TimeReading, read_chain, read_command, read_post, read_times
from core.reading.parts import post_row, spell

CONTEXTS: tuple[Context, ...] = ("group", "private", "reply")
POSTING = ("post", "publish")


def explain(text: str, *, lang: str, base: datetime) -> Iterator[str]:
    """Lines for reading, in `lang`: as a chain, as short words in each place they may be said, as times, as a posting.

    `base` is when it is said, aware, in the community's zone.
    """
    chain = read_chain(text)
    if chain is not None:
        yield from _chain(chain, lang)
        return
    commands = {context: read_command(text, context=context, kinds=KINDS, lang=lang) for context in CONTEXTS}
    for context, command in commands.items():
        yield _command(context, command, lang)
    yield from _times(text, base, lang)
    if any(command.intent in POSTING for command in commands.values()):
        yield from _posting(text, base, lang)


def _say(lang: str, key: str, **facts: str | int) -> str:
    return catalogue().text(lang, f"explain.{key}", **facts)


def _chain(chain: Chain, lang: str) -> Iterator[str]:
    people = sum(entry.count for entry in chain.entries)
    title = f" “{chain.title}”" if chain.title else ""
    yield _say(lang, "chain", title=title, n=len(chain.entries), people=people)
    for entry in chain.entries:
        more = "".join(f", {fact}" for fact in (entry.unit, entry.note, entry.by, entry.status) if fact)
        yield _say(lang, "entry", number=entry.n, name=entry.name, count=entry.count, more=more)


def _command(context: Context, command: Command, lang: str) -> str:
    where = _say(lang, context)
    if command.intent is None:
        return _say(lang, "nothing", context=where)
    intent = catalogue().text(lang, f"intent.{command.intent}")
    facts = "".join(_facts(command, lang))
    return _say(lang, "meant", context=where, intent=intent, facts=facts, percent=round(command.confidence * 100))


def _facts(command: Command, lang: str) -> Iterator[str]:
    """What was said besides the intent."""
    if command.who:
        yield _say(lang, "who", who=" ".join(command.who))
    for name in ("count", "ref", "thing", "portions", "day", "kind"):
        if fact := getattr(command, name):
            yield _say(lang, name, **{name: fact})


def _times(text: str, base: datetime, lang: str) -> Iterator[str]:
    readings = read_times(text, base=base, lang=lang)
    if not readings:
        yield _say(lang, "no_time")
    for reading in readings:
        said = spell(reading, lang, base.date()) or "?"
        yield _say(lang, "time", words=reading.words(text), said=said, percent=round(reading.confidence * 100))
        yield from _question(reading, lang)


def _question(reading: TimeReading, lang: str) -> Iterator[str]:
    if reading.question is not None:
        yield _say(lang, "asks", question=reading.question.words(lang))


def _posting(text: str, base: datetime, lang: str) -> Iterator[str]:
    yield _say(lang, "posting")
    for name, fact in post_row(read_post(text, base=base, kinds=KINDS, lang=lang), lang).items():
        if fact:
            value = ", ".join(f"{slot['label']} {slot['max']}" for slot in fact) if name == "slots" else str(fact)
            yield _say(lang, "field", name=name, value=value)
