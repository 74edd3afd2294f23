"""Every kind of activity keeps the contract."""

from __future__ import annotations

import pytest

from core.features import ALL
from core.kind import ActivityKind
from tests.features.contract import FeatureContract


class TestEveryKind(FeatureContract):
    @pytest.fixture(params=ALL, ids=lambda feature: feature.name)
    def kind(self, request: pytest.FixtureRequest) -> ActivityKind:
        feature: ActivityKind = request.param
        return feature
