"""Plain http for a page that others reach: refused where the bot is to run, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.complaints import ConfigError
from bot.config import load


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ('[web]\npublic_url = "http://stool.example.org"', 2, "web.public_url"),
        ('[web]\npublic_url = "http://192.168.1.5:8765"', 2, "web.public_url"),
        ('[web]\ndemo = false\naddress = "192.168.1.5:8765"', 3, "web.address"),
    ],
)
def test_to_run_a_page_in_plain_http_for_others_is_refused_and_all_else_goes_on(
    tmp_path: Path, text: str, line: int, key: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    load(path, {})  # a backup, a new link, a check: they go on
    with pytest.raises(ConfigError) as raised:
        load(path, {}, serving=True)
    (complaint,) = raised.value.complaints
    assert (complaint.where, complaint.line, complaint.key) == (str(path), line, key)
    assert 'public_url = "https://' in complaint.said


@pytest.mark.parametrize(
    "text",
    [
        "",
        '[web]\npublic_url = "https://stool.example.org"',
        '[web]\npublic_url = "https://stool.example.org"\naddress = "0.0.0.0:8765"',
        '[web]\npublic_url = "http://localhost:8765"\ndemo = false',
        '[telegram]\ntoken = "1:abc"',
        # a page that is not running harms nobody
        '[telegram]\ntoken_file = ""\ntoken = "1:abc"',
    ],
)
def test_behind_a_server_that_speaks_tls_and_on_this_machine_it_runs(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    load(path, {}, serving=True)
