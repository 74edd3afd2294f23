"""What every feature must do: one suite for all that `core.features.FEATURES` names.

`tests/features/test_features.py` supplies the feature. Nothing here knows what a kind is about: its scenes tell that.
"""

from __future__ import annotations

import importlib
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.config import CONFIG
from core import features
from core.activities import Occurrence, Slot
from core.claims import Claim, Roster
from core.feature import Feature
from core.kind import ActivityKind, Arrangement
from core.reading.posts import Posting
from core.words import LANGUAGES, text
from tests.adapters.hostile import CORPUS
from tests.ours import read_post
from tests.street import MONDAY, YANG, street

SHANGHAI = ZoneInfo("Asia/Shanghai")
SECRET = "王奶奶302室刚出院"
KEPT = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # the fixture is a value that nothing changes
)


def sheet(arrangement: Arrangement, kind: str) -> Roster:
    """The rows that an arrangement becomes, with one claim in each slot."""
    occurrence = Occurrence(community_id=1, id=1, kind=kind, title=arrangement.title, place=arrangement.place)
    slots = [
        Slot(community_id=1, id=n, label=wanted.label, min=wanted.min, max=wanted.max, unit=wanted.unit)
        for n, wanted in enumerate(arrangement.slots)
    ]
    return Roster(
        occurrence, slots, [Claim(community_id=1, id=n, slot_id=n, made_at=MONDAY) for n in range(len(slots))]
    )


class FeatureContract:
    """Inherit from this, supply `feature`."""

    def posted(self, kind: ActivityKind, more: str = "", lang: str = "zh") -> Posting:
        """What somebody posts who names the kind as the bot does."""
        words = f"发布 {text('zh', f'{kind.name}.name')} 周五 19:00-21:00 3号楼 2人 {more}"
        return read_post(words, base=datetime(2026, 11, 23, 9, tzinfo=SHANGHAI), lang=lang)

    @pytest.fixture
    def kind(self, feature: Feature) -> ActivityKind:
        if feature.activity is None:
            pytest.skip("it brings no kind of activity")
        return feature.activity

    # ------------------------------------------------------------ where it is known

    def test_it_has_one_name_for_its_folder_its_rows_and_its_settings(self, feature: Feature) -> None:
        folder = Path(importlib.import_module(f"core.features.{feature.name}").__file__ or "").parent
        assert feature.folder == folder
        assert features.enabled([feature.name]) == {feature.name: feature}
        assert feature.activity is None or feature.activity.name == feature.name
        assert feature.settings is None or feature.name in CONFIG.model_fields

    def test_its_reminders_can_be_set(self, kind: ActivityKind) -> None:
        assert kind.name in type(CONFIG().reminders).model_fields

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_it_has_a_name_for_people(self, kind: ActivityKind, lang: str) -> None:
        assert text(lang, f"{kind.name}.name").strip()

    def test_what_is_posted_under_its_name_is_of_its_kind(self, kind: ActivityKind) -> None:
        assert self.posted(kind).kind == kind.name

    def test_it_is_told_in_scenes(self, feature: Feature) -> None:
        folder = feature.folder / "scenes"
        assert [*folder.glob("*.scene")]

    # ------------------------------------------------------------ whatever people write

    @pytest.mark.parametrize("name", CORPUS)
    def test_hostile_words_are_arranged_on_lines_of_their_own(self, kind: ActivityKind, name: str) -> None:
        arranged = kind.arrange(Posting(kind=kind.name, title=CORPUS[name], place=CORPUS[name]), "zh")
        assert "\n" not in arranged.title + arranged.place

    @KEPT
    @given(words=st.text(max_size=80), lang=st.sampled_from(LANGUAGES))
    def test_no_words_make_it_raise(self, kind: ActivityKind, words: str, lang: str) -> None:
        arranged = kind.arrange(self.posted(kind, words, lang), lang)
        assert arranged.slots
        made = sheet(arranged, kind.name)
        assert isinstance(kind.title(made.occurrence, lang, private=True), str)
        assert isinstance(kind.open_place(made.occurrence), str)
        assert isinstance(kind.missing(made, lang), str)
        assert text(lang, kind.join_key(made))
        assert all(slot in made.slots for slot in kind.slots_for(made, words))
        for slot, claim in zip(made.slots, made.claims, strict=True):
            claim.thing = words
            assert isinstance(kind.slot_label(slot, lang) + kind.thing(claim, lang), str)

    # ------------------------------------------------------------ through the whole bot

    async def test_nothing_reaches_the_group_before_it_is_posted_and_then_one_roster(
        self, kind: ActivityKind, tmp_path: Path
    ) -> None:
        async with street(tmp_path, "陈伯", posted="") as here:
            before = here.texts()
            await here.say(YANG, f"发布 {text('zh', f'{kind.name}.name')} 周五 19:00-21:00 3号楼 2人", None)
            await here.deliver()
            assert here.texts() == before
            await here.press(YANG, "发布")
            await here.deliver()
            (roster,) = here.texts()[len(before) :]
            assert "0/2" in roster
            assert "3号楼" in roster
            await here.press("陈伯", "我来")
            await here.deliver()
            assert "1/2" in here.texts()[-1]
            assert "陈伯" in here.texts()[-1]
            await here.press("陈伯", "退出")
            await here.deliver()
            assert "0/2" in here.texts()[-1]
            assert "陈伯" not in here.texts()[-1]

    async def test_a_kind_that_confides_shows_a_group_nothing_that_was_confided(
        self, kind: ActivityKind, tmp_path: Path
    ) -> None:
        if not kind.confides:
            assert kind.open_place(Occurrence(community_id=1, id=1, kind=kind.name, place="东门")) == "东门"
            return
        async with street(tmp_path, "陈伯", posted="") as here:
            await here.post(f"发布 {text('zh', f'{kind.name}.name')} 周五 19:00 3号楼 2人 {SECRET}")
            await here.press("陈伯", "我来")
            await here.deliver()
            everything = "".join(shown.text for shown in here.shown())
            assert not [part for part in ("王奶奶", "302", "出院") if part in everything]
            assert "302" in "".join(here.texts("陈伯"))
