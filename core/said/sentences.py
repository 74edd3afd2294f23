"""Short sentences that are known by their form alone: 报名 1 2, 老孙头到了, 我到了 and nothing beside it."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple


class Both(NamedTuple):
    """The numbers of several activities that somebody joins or leaves."""

    leave: bool
    numbers: tuple[int, ...]


class Arrival(NamedTuple):
    """Somebody who is there, or has finished, as they were called."""

    name: str
    done: bool


_SEVERAL = re.compile(
    r"[\s/!]*(?:我?报名?|我来|参加|join|sign me up for|(?P<leave>退出|leave))[\s:]*"
    r"(?P<numbers>#?\d{1,5}(?:(?:\s*(?:、|,|和|跟|&|and)\s*|\s+)#?\d{1,5})+)[\s.!。]*"
)
_ARRIVED = re.compile(
    r"(?P<name>\S[^,，。!！?？]{0,23}?)\s*(?:也|已经|刚)?\s*"
    r"(?:到了|来了|签到了?|is here|has arrived|(?P<done>平安结束了?|结束了|巡好了|is done|has finished))[\s.!。！~]*"
)
_OWN = re.compile(
    r"我?到了|我?签到了?|平安结束|结束了?|我?出发了|帮助|help|here|i(?:a?m)here|arrived|checkin|done|finished|(?:im)?onmyway"
)
_TODAY = re.compile(r"今天|今日|今晚|今早|今朝|today|tonight")


def several_numbers(words: str) -> Both | None:
    """报名 1 2, leave 3 and 4: more than one number behind a word that joins or leaves."""
    found = _SEVERAL.fullmatch(unicodedata.normalize("NFKC", words).casefold())
    if found is None:
        return None
    numbers = tuple(dict.fromkeys(int(number) for number in re.findall(r"\d+", found["numbers"])))
    return Both(bool(found["leave"]), numbers) if len(numbers) > 1 else None


def arrival(words: str) -> Arrival | None:
    """老孙头到了, old Sun is here: whoever it is that is called so."""
    found = _ARRIVED.fullmatch(words.strip())
    return None if found is None else Arrival(found["name"], bool(found["done"]))


def says_only(words: str) -> bool:
    """Whether these, without spaces and stops, are only a word of the bot's own: being there, or help."""
    return _OWN.fullmatch(words) is not None


def today_in(words: str) -> str:
    """The word for today that stands in there; '' for none."""
    found = _TODAY.search(words.casefold())
    return found[0] if found else ""
