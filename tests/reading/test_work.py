"""The time that reading takes: one message must not hold everybody."""

from __future__ import annotations

import subprocess
import sys

import pytest

READ = "import sys; from core.reading.chains import read_chain; read_chain(sys.stdin.read())"


@pytest.mark.parametrize(
    "words",
    ["@" * 44 + "\n谢谢", "@陈伯" * 44 + " 谢谢", "@陈伯@" * 1000, "@ " * 2000 + "接", "@陈伯 接龙" * 500 + "谢"],
    ids=lambda words: words[:8],
)
def test_any_number_of_mentions_is_read(words: str) -> None:
    """In a process of its own, which can be ended should it not be read."""
    subprocess.run([sys.executable, "-c", READ], input=words, encoding="utf-8", timeout=30, check=True)
