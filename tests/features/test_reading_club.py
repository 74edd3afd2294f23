"""A new feature touches its folder and one line: a reading club, which stands beside these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import load, settings_of
from bot.play import play
from core import words
from core.feature import Feature
from core.features import FEATURES
from core.here import kinds_of
from core.reading.commands import read_command
from core.words import catalogue
from tests.features import reading_club
from tests.features.contract import ActivityContract
from tests.features.reading_club import FEATURE, Club

WITH_CLUB = (*FEATURES, FEATURE)
"""The one line."""
words.include(FEATURE.words)
SCENES = sorted((FEATURE.folder / "scenes").glob("*.scene"))


class TestReadingClub(ActivityContract):
    @pytest.fixture
    def feature(self) -> Feature:
        return FEATURE


@pytest.mark.parametrize("scene", SCENES, ids=lambda path: path.stem)
def test_it_is_played(scene: Path) -> None:
    lines: list[str] = []
    assert play([scene], lines.append, WITH_CLUB) == 0, "\n".join(lines)


def test_where_it_is_not_a_feature_nothing_of_it_is_understood() -> None:
    for has, features in ((True, WITH_CLUB), (False, FEATURES)):
        command = read_command("选书 活着", context="private", kinds=kinds_of(features))
        assert (command.intent == "choose_book") is has


def test_its_section_of_the_settings_is_read_as_strictly_as_all_others(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('features = ["reading_club"]\n[reminders]\nreading_club = ["2h"]\n[reading_club]\nlongest = 5\n')
    (described,) = load(file, {}, settings_of(WITH_CLUB)).described()
    manners = described.manners
    assert described.features == (FEATURE,)
    assert Club(longest=5) in manners.sections
    assert [reminder.name for reminder in manners.reminders["reading_club"]] == ["2h"]
    set_outside = load(file, {"XIAOBANDENG_READING_CLUB__LONGEST": "7"}, settings_of(WITH_CLUB))
    assert Club(longest=7) in set_outside.described()[0].manners.sections
    file.write_text("[reading_club]\nlongst = 5\n")
    with pytest.raises(Exception, match="did you mean 'longest'"):
        load(file, {}, settings_of(WITH_CLUB))


def test_everything_of_it_stands_in_its_folder() -> None:
    assert Path(reading_club.__file__).parent == FEATURE.folder
    assert catalogue().has("reading_club.name")
