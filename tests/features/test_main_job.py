"""The main job with each of the kinds."""

from __future__ import annotations

import pytest

from core.features import FEATURES
from tests.features.main_job import MainJob, Sample


class TestPatrol(MainJob):
    @pytest.fixture
    def sample(self) -> Sample:
        return Sample(
            kind="patrol",
            posting={
                "zh": "发布 巡逻 2026-11-27 19:00-21:00 东门集合 2人",
                "en": "post patrol 2026-11-27 19:00-21:00 meet at the east gate 2 people",
            },
            joins={"zh": "报名", "en": "join"},
            wants=2,
        )


class TestVisits(MainJob):
    @pytest.fixture
    def sample(self) -> Sample:
        return Sample(
            kind="visit",
            posting={
                "zh": "发布 慰问 2026-11-27 09:00-11:00 2户 每户1人 1号楼302室张秀英奶奶 3号楼101室刘建国爷爷 腿脚不便",
                "en": "post visit 2026-11-27 09:00-11:00 2 households 1 person each",
            },
            joins={"zh": "报名", "en": "join"},
            wants=2,
            confided=("张秀英", "刘建国", "302", "101室", "腿脚不便"),
            offers=("register",),
        )


class TestBalcony(MainJob):
    @pytest.fixture
    def sample(self) -> Sample:
        return Sample(
            kind="balcony",
            posting={
                "zh": "发布 一米阳台 2026-11-27 09:00-11:00 1号楼 3号楼 每处1人",
                "en": "post balcony 2026-11-27 09:00-11:00 buildings 1 and 3, 1 person each",
            },
            joins={"zh": "报名 3号楼", "en": "join building 3"},
            wants=2,
            full=1,
        )


class TestPotluck(MainJob):
    @pytest.fixture
    def sample(self) -> Sample:
        return Sample(
            kind="potluck",
            posting={
                "zh": "发布 百家饭 2026-11-27 11:00 活动室 热菜2 汤1",
                "en": "post potluck 2026-11-27 11:00 hot 2 soup 1",
            },
            joins={"zh": "红烧肉 10份", "en": "roast chicken 10 portions"},
            wants=3,
        )


class TestAnythingElse(MainJob):
    @pytest.fixture
    def sample(self) -> Sample:
        return Sample(
            kind="other",
            posting={
                "zh": "发布 大扫除 2026-11-27 09:00-11:00 南门 2人",
                "en": "post clean-up 2026-11-27 09:00-11:00 south gate 2 people",
            },
            joins={"zh": "报名", "en": "join"},
            wants=2,
        )


def test_every_kind_has_a_sample() -> None:
    held = {cls.sample.__wrapped__(cls()).kind for cls in MainJob.__subclasses__()}
    # A round is over days, without an hour of reminders and signing in; a meeting counts those of a list, and nobody is
    # wanted: what they are is told in their scenes.
    others = {"study", "meeting"}
    assert held | others == {feature.name for feature in FEATURES if feature.activity}
