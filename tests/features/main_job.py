"""The main job with every kind of activity: posted, joined, full, left, reminded of; passed by supplying a `sample`.

`contract.py` beside it holds what a kind is on its own. A sample of a new kind is added in `test_main_job.py`:

    class TestMyKind(MainJob):
        @pytest.fixture
        def sample(self) -> Sample:
            return Sample(...)
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from adapters.scene.network import CAN, person
from bot.play import play
from core.claims import LIVE, Claim
from core.features import FEATURES
from core.network import Can
from core.posts import Post
from core.words import catalogue
from tests.street import GROUP, YANG, Street, street

CHINESE = re.compile("[\u4e00-\u9fff]")
EVE = datetime(2026, 11, 26, 11, tzinfo=UTC)
"""19:00 of the day before every sample's start."""
PEOPLE = {"zh": ("陈伯", "李阿姨", "王伯", "赵叔"), "en": ("Ann", "Ben", "Cleo", "Dan")}


@dataclass(frozen=True, slots=True)
class Sample:
    """One activity of a kind, in both languages, on Friday 2026-11-27, with two places that one claim each fills.

    `joins`: what somebody says in answer to the roster to have a place; everybody the same. `full`: so many such joins
    leave no place for them. `wants`: how many the roster wants in all. `confided`: words of the posting that no group
    may ever see. `offers`: what may be done with its draft beside publishing, changing and discarding it.
    """

    kind: str
    posting: dict[str, str]
    joins: dict[str, str]
    wants: int
    full: int = 2
    confided: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()


class MainJob:
    """Inherit from this, supply `sample`."""

    # ------------------------------------------------------------ the main job

    async def test_it_drafts_privately_and_nothing_reaches_a_group_before_it_is_posted(
        self, sample: Sample, tmp_path: Path
    ) -> None:
        async with self.place(sample, tmp_path, posted=False) as here:
            await here.say(YANG, sample.posting["zh"], None)
            await here.deliver()
            (draft,) = here.shown(YANG)
            assert str(sample.wants) in draft.text
            offered = {action.id.split(".")[1] for action in draft.message.actions}
            assert offered == {"publish", "change", "discard", *sample.offers}
            assert here.texts() == []
            await here.press(YANG, "放弃")
            await here.deliver()
            assert here.texts() == []

    async def test_it_is_posted_with_a_roster_that_says_how_many(self, sample: Sample, tmp_path: Path) -> None:
        async with self.place(sample, tmp_path) as here:
            (roster,) = here.shown()
            assert f"0/{sample.wants}" in roster.text
            assert "候补" not in roster.text
            assert "待确认" not in roster.text
            assert 1 <= len(roster.message.actions) <= 4

    async def test_people_join_and_the_roster_is_edited_in_place(self, sample: Sample, tmp_path: Path) -> None:
        async with self.place(sample, tmp_path) as here:
            before = here.shown()[0].id
            await self.join(here, sample, "陈伯")
            (roster,) = here.shown()
            assert roster.id == before
            assert "陈伯" in roster.text
            assert f"1/{sample.wants}" in roster.text
            assert "陈伯" in here.texts("陈伯")[-1]

    async def test_joining_twice_is_joining_once(self, sample: Sample, tmp_path: Path) -> None:
        async with self.place(sample, tmp_path) as here:
            message, words = here.shown()[0].id, sample.joins["zh"]
            event = here.network.said(person("陈伯"), GROUP, words, message)
            assert await here.tell(event) == await here.tell(event)
            assert len(self.live(here)) == 1

    async def test_who_comes_when_it_is_full_waits_and_has_the_place_that_falls_free(
        self, sample: Sample, tmp_path: Path
    ) -> None:
        async with self.place(sample, tmp_path) as here:
            first, *_ = joined = PEOPLE["zh"][: sample.full]
            late = PEOPLE["zh"][sample.full]
            for name in (*joined, late):
                await self.join(here, sample, name)
            assert "候补" in here.texts()[0]
            assert here.promised()[late] == "waitlisted"
            await here.press(first, "退出")
            await here.deliver()
            assert here.promised()[late] == "offered"
            assert "待确认" in here.texts()[0]
            await here.press(late, "接受")
            await here.deliver()
            assert here.promised()[late] == "claimed"
            assert "候补" not in here.texts()[0]
            assert "待确认" not in here.texts()[0]
            assert first not in here.texts()[0]

    async def test_who_leaves_is_off_the_roster_and_may_take_it_back(self, sample: Sample, tmp_path: Path) -> None:
        async with self.place(sample, tmp_path) as here:
            await self.join(here, sample, "陈伯")
            await here.say("陈伯", "退出")
            await here.deliver()
            assert f"0/{sample.wants}" in here.texts()[0]
            await here.press("陈伯", "撤销")
            await here.deliver()
            assert f"1/{sample.wants}" in here.texts()[0]

    async def test_those_who_promised_are_reminded_privately_and_nobody_else(
        self, sample: Sample, tmp_path: Path
    ) -> None:
        async with self.place(sample, tmp_path) as here:
            await self.join(here, sample, "陈伯")
            await self.join(here, sample, "李阿姨")
            await here.say("李阿姨", "退出")
            await here.at(EVE)
            assert [text for text in here.texts("陈伯") if "明天" in text]
            for other in ("李阿姨", "王伯"):
                assert not [text for text in here.texts(other) if "明天" in text]
            await here.at(EVE.replace(day=27))
            assert len([text for text in here.texts("陈伯") if "明天" in text]) == 1
            assert not [post for post in here.rows(Post) if post.kind == "remind" and post.pending]

    async def test_cancelled_it_says_so_and_reminds_nobody(self, sample: Sample, tmp_path: Path) -> None:
        async with self.place(sample, tmp_path) as here:
            await self.join(here, sample, "陈伯")
            await here.say(YANG, "取消 1", None)
            await here.deliver()
            await here.press(YANG, "确认")
            await here.deliver()
            assert "取消" in here.texts()[0]
            assert here.shown()[0].message.actions == ()
            await here.at(EVE)
            assert not [text for text in here.texts("陈伯") if "明天" in text]

    # ------------------------------------------------------------ in every chat, in every language

    async def test_it_speaks_english_without_a_word_of_chinese(self, sample: Sample, tmp_path: Path) -> None:
        async with self.place(sample, tmp_path, lang="en") as here:
            for name in PEOPLE["en"][: sample.full + 1]:
                await self.join(here, sample, name, "en")
            await here.say("Ann", "leave")
            await here.say("Ben", "mine", None)
            await here.say("Ben", "list", None)
            await here.at(EVE)
            assert f"/{sample.wants}" in here.texts()[0]
            for place in ("", *PEOPLE["en"], YANG):
                for shown in here.shown(place):
                    for version in shown.versions:
                        said = version.plain().replace(YANG, "").replace("小板凳", "")
                        assert not CHINESE.search(said), said
                        assert not CHINESE.search("".join(action.label for action in version.actions))

    async def test_what_is_confided_is_told_to_those_who_promised_and_never_to_a_group(
        self, sample: Sample, tmp_path: Path
    ) -> None:
        async with self.place(sample, tmp_path) as here:
            for name in PEOPLE["zh"][: sample.full]:
                await self.join(here, sample, name)
            await here.say("赵叔", "名单 1", None)
            await here.say("赵叔", "活动", None)
            await here.at(EVE)
            everywhere = "\n".join(v.plain() for s in here.network.screens.put_on(GROUP) for v in s.versions)
            told = "\n".join(text for name in PEOPLE["zh"][: sample.full] for text in here.texts(name))
            for words in sample.confided:
                assert words not in everywhere
                assert words not in "\n".join(here.texts("赵叔"))
                assert words in told

    async def test_without_buttons_and_edits_it_can_be_used_by_words_alone(
        self, sample: Sample, tmp_path: Path
    ) -> None:
        bare = replace(CAN, buttons=False, reactions=False, toasts=False, edits=False, marks=False, pins=False)
        async with self.place(sample, tmp_path, can=bare) as here:
            await self.join(here, sample, "陈伯")
            assert here.promised() == {"陈伯": "claimed"}
            await here.say("陈伯", "退出")
            await here.deliver()
            assert here.promised() == {"陈伯": "withdrawn"}

    async def test_a_restart_in_the_middle_changes_nothing(self, sample: Sample, tmp_path: Path) -> None:
        async with self.place(sample, tmp_path) as here:
            await self.join(here, sample, "陈伯")
            await here.again()  # at a start it is looked what is kept, and owed when that is to be dropped
            before = here.state(), here.texts()
            await here.again()
            await here.deliver()
            assert (here.state(), here.texts()) == before

    # ------------------------------------------------------------ its folder

    def test_all_its_words_are_there_in_both_languages(self, sample: Sample) -> None:
        folder = self.folder(sample) / "words"
        zh, en = [tomllib.loads((folder / f"{lang}.toml").read_text("utf-8")) for lang in ("zh", "en")]
        assert zh.keys() == en.keys()
        assert catalogue().has(f"{self.folder(sample).name}.name")

    def test_its_scenes_hold(self, sample: Sample) -> None:
        scenes = sorted((self.folder(sample) / "scenes").glob("*.scene"))
        assert scenes
        lines: list[str] = []
        assert play(scenes[:1], lines.append) == 0, "\n".join(lines)

    # ------------------------------------------------------------ shared by the above

    @staticmethod
    def folder(sample: Sample) -> Path:
        return next(feature.folder for feature in FEATURES if feature.name == sample.kind)

    @staticmethod
    def live(here: Street) -> list[Claim]:
        return [claim for claim in here.rows(Claim) if claim.promised in LIVE]

    @staticmethod
    async def join(here: Street, sample: Sample, name: str, lang: str = "zh") -> None:
        await here.say(name, sample.joins[lang], GROUP, here.shown()[0].id)
        await here.deliver()

    @asynccontextmanager
    async def place(
        self, sample: Sample, folder: Path, *, posted: bool = True, lang: str = "zh", can: Can = CAN
    ) -> AsyncIterator[Street]:
        async with street(folder, *PEOPLE[lang], posted="", lang=lang, can=can) as here:
            if posted:
                await here.say(YANG, sample.posting[lang], None)
                await here.deliver()
                await here.say(YANG, {"zh": "发布", "en": "post"}[lang], None)
                await here.deliver()
                assert here.shown(), f"not posted: {here.texts(YANG)}"
            yield here
