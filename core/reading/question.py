"""A question to ask back when words are ambiguous, impossible or missing."""

from __future__ import annotations

from dataclasses import dataclass

from core.words import text


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask: the sentence is in the catalogue under `question.<code>`, with the facts put in.

    A fact is said as it stands, unless it begins with `day` (`day 2-30`, `day 2027-2-30`: it may be one that does not
    exist), `weekday` (`weekday 0` is Monday), `lunar_day` (`lunar_day 15`) or `clock` (`clock 8:30`): these are spelt
    in the reader's language.
    """

    code: str
    facts: tuple[tuple[str, str], ...] = ()

    def words(self, lang: str) -> str:
        """The sentence to show, in `zh` or `en`."""
        lang = "en" if lang.startswith("en") else "zh"
        return text(lang, f"question.{self.code}", **{name: _spelt(fact, lang) for name, fact in self.facts})


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
        case ["clock", face]:
            hour, minute = face.split(":")
            key = {"00": "hour", "30": "hour_half"}.get(minute, "hour_minute")
            return text(lang, f"time.{key}", part="", half="", hour=hour, minute=minute).strip()
    return fact
