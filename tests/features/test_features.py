"""Every feature keeps the contract."""

from __future__ import annotations

import pytest

from core.feature import Feature
from core.features import FEATURES
from tests.features.contract import ActivityContract, FeatureContract


class TestEveryActivity(ActivityContract):
    @pytest.fixture(params=[f for f in FEATURES if f.activity is not None], ids=lambda feature: feature.name)
    def feature(self, request: pytest.FixtureRequest) -> Feature:
        feature: Feature = request.param
        return feature


class TestEveryOtherFeature(FeatureContract):
    @pytest.fixture(params=[f for f in FEATURES if f.activity is None], ids=lambda feature: feature.name)
    def feature(self, request: pytest.FixtureRequest) -> Feature:
        feature: Feature = request.param
        return feature
