"""A question to ask back when words are ambiguous, impossible or missing."""

from __future__ import annotations

from dataclasses import dataclass

from core.words import text

WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask: the sentence is in the catalogue under `question.<code>`, with the facts put in.

    A fact is said as it stands, unless it begins with `day` (`day 2-30`, `day 2027-2-30`: it may be one that does not
    exist), `weekday` (`weekday 0` is Monday) or `clock` (`clock 8:30`): these are spelt in the reader's language.
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
            *year, month, day = map(int, numbers.split("-"))
            if lang == "zh":
                return (f"{year[0]}年" if year else "") + f"{month}月{day}日"
            name = MONTHS[month - 1] if 1 <= month <= 12 else f"month {month}"
            return f"{day} {name}" + (f" {year[0]}" if year else "")
        case ["weekday", n]:
            return WEEKDAYS[lang][int(n)]
        case ["clock", face]:
            hour, minute = map(int, face.split(":"))
            if lang == "zh":
                return f"{hour}点" + ("半" if minute == 30 else f"{minute:02d}分" if minute else "")
            return f"{hour}:{minute:02d}" if minute else f"{hour} o'clock"
    return fact
