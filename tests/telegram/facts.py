"""Takes the facts of the Bot API (names, types, what is required, bounds) out of aiogram's source archive.

    pip download --no-deps --no-binary :all: aiogram && python -m tests.telegram.facts aiogram-*.tar.gz

writes `api.json` beside this file. None of its sentences are kept.
"""

from __future__ import annotations

import json
import re
import sys
import tarfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "api.json"

BOUNDS = (
    (re.compile(r"\b(\d+)-(\d+) characters"), "characters"),
    (re.compile(r"\b(\d+)-(\d+) bytes"), "bytes"),
    (re.compile(r"[Vv]alues between (\d+)-(\d+)"), "between"),
)
ALWAYS = re.compile(r"(?:always|must be) ['“\"]?(\w+)['”\"]?(?:$|[.,;])")


def bounds(description: str) -> dict[str, Any]:
    """What a description says of the values that are allowed."""
    found: dict[str, Any] = {}
    for pattern, kind in BOUNDS:
        if match := pattern.search(description):
            found[kind] = [int(match[1]), int(match[2])]
    if (match := ALWAYS.search(description)) and not match[1].isdigit() and match[1] not in {"True", "False"}:
        found["always"] = match[1]
    return found


def field(annotation: dict[str, Any]) -> list[Any]:
    """One parameter or field as `[type, required]` or `[type, required, bounds]`."""
    row = [annotation["type"], int(annotation["required"])]
    limits = bounds(annotation["description"])
    return [*row, limits] if limits else row


def facts(schema: dict[str, Any]) -> dict[str, Any]:
    """The whole API: each method's parameters, each type's fields, and the types that are one of several."""
    children = [child for group in schema["items"] for child in group["children"]]
    names = {child["anchor"]: child["name"] for child in children}
    taken: dict[str, Any] = {"version": schema["api"]["version"], "methods": {}, "types": {}, "unions": {}}
    for child in children:
        fields = {annotation["name"]: field(annotation) for annotation in child["annotations"]}
        taken[child["category"]][child["name"]] = fields
        items = re.findall(r"<li>.*?href=\"#(\w+)\"", child["html_description"])
        if child["category"] == "types" and not fields and items:
            taken["unions"][child["name"]] = [names[anchor] for anchor in items]
    return taken


def lines(taken: dict[str, Any]) -> str:
    """One line for each method and type, so that a newer version can be read as a difference."""
    out = []
    for section, rows in taken.items():
        if isinstance(rows, dict):
            body = ",\n".join(f"  {json.dumps(name)}: {json.dumps(row)}" for name, row in sorted(rows.items()))
            out.append(f'"{section}": {{\n{body}\n}}')
        else:
            out.append(f'"{section}": {json.dumps(rows)}')
    return "{\n" + ",\n".join(out) + "\n}\n"


def main() -> None:
    with tarfile.open(sys.argv[1]) as archive:
        member = next(name for name in archive.getnames() if name.endswith(".butcher/schema/schema.json"))
        handle = archive.extractfile(member)
        assert handle is not None
        HERE.write_text(lines(facts(json.load(handle))))


if __name__ == "__main__":
    main()
