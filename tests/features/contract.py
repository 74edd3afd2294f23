"""What every feature must do: one suite for all that `core.features.FEATURES` names.

`tests/features/test_features.py` supplies the feature. Nothing here knows what a kind is about: its scenes tell that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.config import settings_of
from core import features
from core.activities import Occurrence, Slot
from core.claims import Claim, Roster
from core.feature import Feature
from core.here import kinds_of
from core.kind import ActivityKind, Arrangement
from core.reading.posts import Posting, read_post
from core.reading.typed import LABELS
from core.talk import deciding
from core.words import LANGUAGES, text
from tests.adapters.hostile import CORPUS
from tests.street import MONDAY, YANG, Street, street

SHANGHAI = ZoneInfo("Asia/Shanghai")
SECRET = "王奶奶302室刚出院"
KEPT = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # the fixture is a value that nothing changes
)


def known(feature: Feature) -> tuple[Feature, ...]:
    """All features, with this one."""
    return (*features.FEATURES, *(() if feature in features.FEATURES else (feature,)))


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
    """Inherit from this, supply `feature`: what holds of every feature, also of one without a kind of activity."""

    def test_it_has_one_name_for_its_folder_its_rows_and_its_settings(self, feature: Feature) -> None:
        assert feature.folder.name == feature.name
        assert feature.activity is None or feature.activity.name == feature.name
        assert feature.settings is None or feature.name in settings_of([feature]).model_fields

    def test_its_verbs_are_nobody_else_s(self, feature: Feature) -> None:
        others = {verb.intent for other in features.FEATURES if other is not feature for verb in other.verbs}
        assert not {verb.intent for verb in feature.verbs} & {*others, *deciding.VERBS, *LABELS}

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_help_says_how_its_verbs_are_used(self, feature: Feature, lang: str) -> None:
        for verb in feature.verbs:
            assert text(lang, f"help.{verb.intent}").strip()

    def test_its_posts_bear_its_name(self, feature: Feature) -> None:
        names = [kind.name for kind in feature.posts]
        assert all(name.startswith(f"{feature.name}.") for name in names)
        assert len(names) == len(set(names))

    def test_it_is_told_in_scenes(self, feature: Feature) -> None:
        folder = feature.folder / "scenes"
        assert [*folder.glob("*.scene")]


class ActivityContract(FeatureContract):
    """Inherit from this for a feature that brings a kind of activity."""

    def posted(self, feature: Feature, more: str = "", lang: str = "zh") -> Posting:
        """What somebody posts who names the kind as the bot does."""
        words = f"发布 {text('zh', f'{feature.name}.name')} 周五 19:00-21:00 3号楼 2人 {more}"
        return read_post(
            words, kinds=kinds_of(known(feature)), base=datetime(2026, 11, 23, 9, tzinfo=SHANGHAI), lang=lang
        )

    @pytest.fixture
    def kind(self, feature: Feature) -> ActivityKind:
        assert feature.activity is not None
        return feature.activity

    # ------------------------------------------------------------ where it is known

    def test_its_reminders_can_be_set(self, kind: ActivityKind, feature: Feature) -> None:
        assert kind.name in type(settings_of([feature])().reminders).model_fields

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_it_has_a_name_for_people(self, kind: ActivityKind, lang: str) -> None:
        assert text(lang, f"{kind.name}.name").strip()

    def test_what_is_posted_under_its_name_is_of_its_kind(self, feature: Feature, kind: ActivityKind) -> None:
        assert self.posted(feature).kind == kind.name

    # ------------------------------------------------------------ whatever people write

    @pytest.mark.parametrize("name", CORPUS)
    def test_hostile_words_are_arranged_on_lines_of_their_own(self, kind: ActivityKind, name: str) -> None:
        arranged = kind.arrange(Posting(kind=kind.name, title=CORPUS[name], place=CORPUS[name]), "zh")
        confided = (arranged.title_confided, arranged.place_confided, arranged.bring_confided)
        assert "\n" not in arranged.title + arranged.place + "".join(words.privately() for words in confided)

    @KEPT
    @given(words=st.text(max_size=80), lang=st.sampled_from(LANGUAGES))
    def test_no_words_make_it_raise(self, feature: Feature, kind: ActivityKind, words: str, lang: str) -> None:
        arranged = kind.arrange(self.posted(feature, words, lang), lang)
        assert arranged.slots
        made = sheet(arranged, kind.name)
        assert isinstance(kind.title(made.occurrence, lang), str)
        assert isinstance(kind.missing(made, lang), str)
        assert text(lang, kind.join_key(made))
        assert all(slot in made.slots for slot in kind.slots_for(made, words))
        for slot, claim in zip(made.slots, made.claims, strict=True):
            claim.thing = words
            assert isinstance(kind.slot_label(slot, lang) + kind.thing(claim, lang), str)

    # ------------------------------------------------------------ through the whole bot

    async def test_nothing_reaches_the_group_before_it_is_posted_and_then_one_roster(
        self, feature: Feature, kind: ActivityKind, tmp_path: Path
    ) -> None:
        async with street(tmp_path, "陈伯", posted="", features=known(feature)) as here:
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
            await here.press("陈伯", "请假" if kind.attends else "退出")
            await here.deliver()
            assert "0/2" in here.texts()[-1]
            assert "陈伯" not in here.texts()[-1]

    async def test_a_kind_that_confides_shows_a_group_nothing_that_was_confided(
        self, feature: Feature, kind: ActivityKind, tmp_path: Path
    ) -> None:
        if not kind.confides:
            arranged = kind.arrange(Posting(kind=kind.name, place="东门"), "zh")
            assert (arranged.place, bool(arranged.place_confided), bool(arranged.confided)) == ("东门", False, False)
            return
        async with street(tmp_path, "陈伯", posted="", features=known(feature)) as here:
            await here.post(f"发布 {text('zh', f'{kind.name}.name')} 周五 19:00 3号楼 2人 {SECRET}")
            await here.press("陈伯", "我来")
            await here.deliver()
            everything = "".join(shown.text for shown in here.shown())
            assert not [part for part in ("王奶奶", "302", "出院") if part in everything]
            assert "302" in "".join(here.texts("陈伯"))

    # ------------------------------------------------------------ the obvious conversation

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("gap", ["", " "])
    async def test_posted_without_facts_it_asks_what_is_missing_and_the_answer_may_follow(
        self, feature: Feature, kind: ActivityKind, tmp_path: Path, lang: str, gap: str
    ) -> None:
        if lang == "en" and not gap:
            return  # English words stand apart
        talk, x = TALK[lang], called(kind, lang)
        async with street(tmp_path, posted="", features=known(feature), lang=lang) as here:
            await said(here, YANG, f"{talk.post}{gap}{x}")
            (draft,) = here.texts(YANG)
            assert text(lang, f"{kind.name}.name") in draft
            assert talk.when in draft
            await said(here, YANG, talk.facts)
            await said(here, YANG, talk.post)
            assert [row.kind for row in here.rows(Occurrence) if row.number == 1] == [kind.name]
            assert "0/2" in here.texts()[-1]

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("pressed", [True, False])
    async def test_a_draft_of_another_kind_is_made_one_of_this(
        self, feature: Feature, kind: ActivityKind, tmp_path: Path, lang: str, pressed: bool
    ) -> None:
        talk = TALK[lang]
        async with street(tmp_path, posted="", features=known(feature), lang=lang) as here:
            await said(here, YANG, f"{talk.post} {called(another(kind), lang)} {talk.facts}")
            if pressed:
                await said(here, YANG, talk.change)
            await said(here, YANG, f"{talk.make_it}{called(kind, lang)}")
            await said(here, YANG, talk.post)
            assert [row.kind for row in here.rows(Occurrence) if row.number == 1] == [kind.name]

    @pytest.mark.parametrize("lang", LANGUAGES)
    async def test_what_is_posted_never_becomes_one_of_this_kind(
        self, feature: Feature, kind: ActivityKind, tmp_path: Path, lang: str
    ) -> None:
        talk, other = TALK[lang], another(kind)
        async with street(tmp_path, posted="", features=known(feature), lang=lang) as here:
            await post(here, other, lang)
            before = here.texts()
            await said(here, YANG, f"{talk.edit} 1 {talk.make_it}{called(kind, lang)}")
            assert here.texts() == before
            assert text(lang, "edit.kind", number=1) in here.texts(YANG)

    @pytest.mark.parametrize("lang", LANGUAGES)
    async def test_its_name_joins_or_shows_it_and_where_none_is_open_that_is_said(
        self, feature: Feature, kind: ActivityKind, tmp_path: Path, lang: str
    ) -> None:
        talk, x = TALK[lang], called(kind, lang)
        async with street(tmp_path, "陈伯", posted="", features=known(feature), lang=lang) as here:
            for words in (x, *(f"{join}{x}" for join in talk.join)):
                assert await said(here, "陈伯", words) == [text(lang, "refusal.nothing_open")], words
            await post(here, another(kind), lang)
            for words in (x, *(f"{join}{x}" for join in talk.join)):
                assert await said(here, "陈伯", words) == [text(lang, "refusal.none_such")], words
            await post(here, kind, lang)
            assert "0/2" in "".join(await said(here, "陈伯", x))
            for join in talk.join:
                await said(here, "陈伯", f"{join}{x}")
                assert "1/2" in here.texts()[-1]
                assert "陈伯" in here.texts()[-1]
                await said(here, "陈伯", talk.leave)
                assert "0/2" in here.texts()[-1]


@dataclass(frozen=True, slots=True)
class Talk:
    """What people type in one language; `when` is what the bot asks where no time was said."""

    post: str
    facts: str
    when: str
    change: str
    make_it: str
    edit: str
    join: tuple[str, ...]
    leave: str


TALK = {
    "zh": Talk("发布", "2026-11-28 9:00 2人", "什么时候", "修改", "改成", "改", ("报名", "报名 ", "参加"), "退出"),
    "en": Talk(
        "post", "2026-11-28 9:00 2 people", "When is it", "change", "make it a ", "edit",
        ("sign up ", "join ", "sign up for the "), "leave",
    ),
}  # fmt: skip


def called(kind: ActivityKind, lang: str) -> str:
    return kind.called.zh if lang == "zh" else kind.called.en.lower()


def another(kind: ActivityKind) -> ActivityKind:
    others = (feature.activity for feature in features.FEATURES)
    return next(other for other in others if other is not None and other is not kind)


async def said(here: Street, name: str, words: str) -> list[str]:
    """Said privately; what is new there then."""
    before = len(here.texts(name))
    await here.say(name, words, None)
    await here.deliver()
    return here.texts(name)[before:]


async def post(here: Street, kind: ActivityKind, lang: str) -> None:
    await said(here, YANG, f"{TALK[lang].post} {called(kind, lang)} {TALK[lang].facts}")
    await said(here, YANG, TALK[lang].post)
