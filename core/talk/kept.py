"""A posting as it is kept with its draft, so that a later word can change only what it says."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from core.drafts import ReadPosting
from core.reading import Posting
from core.reading.parts import Wanted
from core.words.clean import storable

NAMES = [field.name for field in fields(Posting) if field.name != "question"]
"""What is kept of a posting. Its question is not: it was asked."""


def keep(posting: Posting) -> ReadPosting:
    """What there is to keep of a posting."""
    return ReadPosting.model_validate(without_broken(asdict(posting)))


def without_broken(value: Any) -> Any:
    """The same with words that can be stored, however deep they stand."""
    match value:
        case str():
            return storable(value)
        case dict():
            return {name: without_broken(each) for name, each in value.items()}
        case list() | tuple():
            return [without_broken(each) for each in value]
    return value


def kept(stored: ReadPosting) -> Posting:
    """What `keep` made, back again."""
    facts = {name: getattr(stored, name) for name in NAMES}
    return Posting(**facts | {"slots": tuple(Wanted(**dict(slot)) for slot in stored.slots)})
