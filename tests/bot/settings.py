"""Settings written down for a test, and what was said about them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.complaints import Complaint, ConfigError
from bot.config import CONFIG, Config, load
from bot.environment import leaves

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "config.example.toml"
TOKEN = "123456:AAHk-canary_canary_canary_canary_42"
LEAVES = [keys for keys, _ in leaves(CONFIG)]


def written(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "config.toml"
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return path


def read(folder: Path, text: str, environ: Mapping[str, str] | None = None) -> Config:
    return load(written(folder, text), environ or {})


def wrong(folder: Path, text: str, environ: Mapping[str, str] | None = None) -> Complaint:
    """The one complaint about these settings."""
    with pytest.raises(ConfigError) as raised:
        read(folder, text, environ)
    assert len(raised.value.complaints) == 1, str(raised.value)
    assert "\n" not in str(raised.value)
    return raised.value.complaints[0]
