"""Whether any library that the program is installed with is known to be vulnerable: `python -m tests.audit [--strict]`.

`pip-audit` asks a service on the Internet about each. Where it does not answer nobody knows, and that is what is said;
it is a failure with `--strict` only, for a check that runs offline would else fail for no fault.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

CONSTRAINTS = Path(__file__).parents[1] / "constraints.txt"
PATIENCE = 200
"""Seconds."""

Found = list[dict[str, Any]]


def asked(lines: str) -> Found | None:
    """What the service says of these lines of `constraints.txt`; None if it said nothing at all."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lines.txt"
        file.write_text(lines, "utf-8")
        words = ["--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json"]
        command = [sys.executable, "-m", "pip_audit", *words, "--requirement", str(file)]
        try:
            said = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False).stdout
            found: Found = json.loads(said)["dependencies"]
        except (subprocess.TimeoutExpired, ValueError, KeyError):
            return None
        return found


def verdict(found: Found | None, of: int, *, strict: bool) -> tuple[list[str], int]:
    """The lines to print and the exit code, of an answer about `of` libraries."""
    known = [each for each in found or () if "skip_reason" not in each]
    bad = [
        f"{each['name']} {each['version']}: {hole['id']}, mended in {' or '.join(hole['fix_versions']) or 'none yet'}"
        for each in known
        for hole in each["vulns"]
    ]
    unasked = of - len(known)
    sound = (
        f"{len(known)} of {of} libraries are known, {len({line.split(':')[0] for line in bad})} of them as vulnerable"
    )
    lines = [*bad, sound if known else "not audited: the service of advisories does not answer here"]
    if known and unasked:
        lines.append(f"{unasked} could not be looked up")
    return lines, 1 if bad or (strict and unasked) else 0


def main(words: Sequence[str]) -> int:
    strict = "--strict" in words
    text = CONSTRAINTS.read_text("utf-8")
    entries = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
    first = asked(entries[0])  # where the service does not know one library it need not be asked about all
    answers = first and "skip_reason" not in first[0]
    lines, code = verdict(asked(text) if answers else None, len(entries), strict=strict)
    print(*lines, sep="\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
