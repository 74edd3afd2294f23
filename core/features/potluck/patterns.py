"""The patterns of what is said of dishes, as `said.toml` has them."""

from __future__ import annotations

from core.reading.parts import Written

pattern = Written(__file__, "said.toml").pattern
