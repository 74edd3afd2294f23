"""Every kind of activity keeps the contract."""

from __future__ import annotations

import pytest

from core.feature import Feature
from core.features import ALL
from tests.features.contract import FeatureContract


class TestEveryKind(FeatureContract):
    @pytest.fixture(params=ALL, ids=lambda feature: feature.name)
    def feature(self, request: pytest.FixtureRequest) -> Feature:
        feature: Feature = request.param
        return feature
