"""Every feature keeps the contract."""

from __future__ import annotations

import pytest

from core.feature import Feature
from core.features import FEATURES
from tests.features.contract import FeatureContract


class TestEveryFeature(FeatureContract):
    @pytest.fixture(params=FEATURES, ids=lambda feature: feature.name)
    def feature(self, request: pytest.FixtureRequest) -> Feature:
        feature: Feature = request.param
        return feature
