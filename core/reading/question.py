"""A question to ask back when words are ambiguous, impossible or missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.words import text


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask: the sentence is in the catalogue under `question.<code>`, with the facts put in.

    A fact is said as it stands, unless it begins with `day` (`day 2-30`, `day 2027-2-30`: it may be one that does not
    exist), `weekday` (`weekday 0` is Monday), `part` (`part afternoon`), `lunar_day` (`lunar_day 15`) or `clock`
    (`clock 8:30`): these are spelt in the reader's language. `days`: those of which one is meant, the likelier first,
    where it asks for a day.
    """

    code: str
    facts: tuple[tuple[str, str], ...] = ()
    days: tuple[date, ...] = ()

    def words(self, lang: str) -> str:
        """The sentence to show, in `zh` or `en`."""
        lang = "en" if lang.startswith("en") else "zh"
        return text(lang, f"question.{self.code}", **{name: _spelt(fact, lang) for name, fact in self.facts})


def which_half(hour: int, minute: int) -> Question:
    """8点: in the morning or in the evening?"""
    return Question("which_half", (("when", f"clock {(hour - 1) % 12 + 1}:{minute:02d}"),))


def _spelt(fact: str, lang: str) -> str:
    match fact.split(" "):
        case ["day", numbers]:
            *year, month, day = numbers.split("-")
            name = text(lang, f"time.month.{month}") if 1 <= int(month) <= 12 else month
            key = "date_year" if year else "date"
            return text(lang, f"time.{key}", year="".join(year), month=name, day=day)
        case ["lunar_day", n]:
            return text(lang, f"time.lunar_day.{n}")
        case ["weekday", n]:
            return text(lang, f"time.weekday.{n}")
        case ["part", name]:
            return text(lang, f"time.part.{name}")
        case ["clock", face]:
            hour, minute = face.split(":")
            key = {"00": "hour", "30": "hour_half"}.get(minute, "hour_minute")
            return text(lang, f"time.{key}", part="", half="", hour=hour, minute=minute).strip()
    return fact
