"""The audit of the libraries: a hole is a failure, and silence is said to be silence."""

from __future__ import annotations

import pytest

from tests.audit import Found, verdict

SOUND = {"name": "aiohttp", "version": "3.14.5", "vulns": []}
HOLE = {"name": "jinja2", "version": "3.1.5", "vulns": [{"id": "GHSA-1", "fix_versions": ["3.1.6"], "aliases": []}]}
UNKNOWN = {"name": "borax", "skip_reason": "not found"}


SILENCE = ["not audited: the service of advisories does not answer here"]


@pytest.mark.parametrize(
    ("found", "lines", "code", "strict"),
    [
        ([SOUND], ["1 of 1 libraries are known, 0 of them as vulnerable"], 0, 0),
        (
            [HOLE],
            ["jinja2 3.1.5: GHSA-1, mended in 3.1.6", "1 of 1 libraries are known, 1 of them as vulnerable"],
            1,
            1,
        ),
        ([SOUND, UNKNOWN], ["1 of 2 libraries are known, 0 of them as vulnerable", "1 could not be looked up"], 0, 1),
        ([UNKNOWN], SILENCE, 0, 1),
        (None, SILENCE, 0, 1),
    ],
)
def test_a_hole_is_a_failure_and_silence_is_not_taken_for_soundness(
    found: Found | None, lines: list[str], code: int, strict: int
) -> None:
    of = len(found or [UNKNOWN])
    assert verdict(found, of, strict=False) == (lines, code)
    assert verdict(found, of, strict=True) == (lines, strict)
