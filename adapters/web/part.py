"""A part of the page: what answers some of one visitor's requests."""

from __future__ import annotations

from adapters.web.entry import Entry
from adapters.web.house import House


class Part:
    """What every part has at hand: what they all share, and who finds out who asks. `_base` is before its addresses."""

    def __init__(self, house: House, entry: Entry) -> None:
        self._house = house
        self._entry = entry
        self._settings = house.settings
        self._database = house.database
        self._clock = house.clock
        self._letterbox = house.letterbox
        self._live = house.live
        self._screen = house.screen
        self._push = house.push
        self._cards = house.cards
        self._door = house.door
        self._unseen = house.unseen
        self._base = "/as/{person}" if house.settings.playing else ""
