"""What the operator sees and decides at the machine of events that were set aside: never their words or names."""

from __future__ import annotations

from sqlmodel import Session

from bot.backup import NotDone
from bot.config import Config
from bot.rights import opened
from bot.wording import catalogue
from core import attempts
from core.attempts import AGAIN, Attempt


def lines(config: Config) -> list[str]:
    """What was set aside, a line each, oldest first; none where the bot has never run."""
    file = config.database.file
    if file is not None and not file.exists():
        return []
    with opened(config) as session:
        return [_line(config, row) for row in attempts.aside(session)]


def try_again(config: Config, number: int) -> None:
    """A running bot sees it within half a minute. Raises `NotDone`."""
    with opened(config) as session:
        row = _found(session, config, number)
        row.state = AGAIN
        session.add(row)


def drop(config: Config, number: int) -> None:
    """It is forgotten; should it be delivered again after all, it is not taken in. Raises `NotDone`."""
    with opened(config) as session:
        session.delete(_found(session, config, number))


def _found(session: Session, config: Config, number: int) -> Attempt:
    row = attempts.numbered(session, number)
    if row is None:
        raise NotDone(catalogue().text(config.community.lang, "events.none", id=number))
    return row


def _line(config: Config, row: Attempt) -> str:
    words, lang = catalogue(), config.community.lang
    line = words.text(
        lang,
        "events.line",
        id=row.number,
        at=f"{row.at.astimezone(config.community.zone):%Y-%m-%d %H:%M}",
        network=row.network,
        sort=words.text(lang, f"events.sort.{row.sort}"),
        place=words.text(lang, "events.private" if row.private else "events.group"),
        n=row.attempts,
    )
    return words.text(lang, "events.again", line=line) if row.state == AGAIN else line
