"""The key that the tests' databases are sealed with: the same in every process."""

from __future__ import annotations

from core.seals import Keys

KEYS = Keys({"tests": bytes(range(32))})
