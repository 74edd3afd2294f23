"""What the code has a word for is shown by one of the catalogues, in both languages: dishes, kinds, presses, states."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.features import FEATURES
from core.reading.dishes import COURSES
from core.words import LANGUAGES, catalogue, text
from tests.core.test_words import ON_PHONES, ROOT, flat
from tests.leaks import KNOWN, leaked

TYPED = frozenset({"xiaobandeng", "record", "list", "help", "rota", "ask", "true", "utf", "javascript"})
"""What is typed as it stands: commands, settings, the names of things."""
OPERATORS = ("run.", "check.", "login.")
LABELS = re.compile(r"(action|weekday)\.|.*\.(state|course|diet)\.")
"""What stands on buttons, on lines of a roster, and for how something is."""


@pytest.mark.parametrize("folder", ON_PHONES, ids=lambda f: str(f.relative_to(ROOT)))
def test_no_english_is_left_in_chinese(folder: Path) -> None:
    for key, sentences in flat(folder, "zh").items():
        for sentence in sentences:
            said = re.sub(r"\{[^}]*\}", " ", sentence)
            found = [] if key.startswith(OPERATORS) else leaked(said, "", "zh")
            assert [word for word in found if word.lower() not in TYPED | KNOWN] == [], key


def test_every_sort_of_dish_that_is_read_is_one_that_is_shown() -> None:
    for lang in LANGUAGES:
        shown = {course: text(lang, f"potluck.course.{course}") for course in COURSES}
        assert len(set(shown.values())) == len(COURSES)
        assert [leaked(words, "", lang) for words in shown.values() if leaked(words, "", lang)] == []
    assert {course: text("zh", f"potluck.course.{course}") for course in COURSES} == {
        name: course.label for name, course in COURSES.items()
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_and_every_press_has_words_of_its_own(lang: str) -> None:
    keys = [f"{feature.activity.name}.name" for feature in FEATURES if feature.activity is not None]
    keys += [key for key in catalogue().keys(lang) if LABELS.match(key)]
    assert len(keys) > 150
    for key in keys:
        shown = re.sub(r"\{[^}]*\}", " ", catalogue().template(lang, key))
        assert shown.strip(), key
        assert leaked(shown, "", lang) == [], key
