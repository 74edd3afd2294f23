"""Private words and presses on a street, each with what it leads to delivered before the next."""

from __future__ import annotations

from tests.street import Street


async def say(here: Street, name: str, *words: str) -> None:
    """Privately, one after another."""
    for each in words:
        await here.say(name, each, None)
        await here.deliver()


async def press(here: Street, name: str, label: str, on: str = "") -> None:
    await here.press(name, label, on)
    await here.deliver()
