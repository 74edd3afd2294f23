"""What falls due together is asked for together: four times as many reminders cost hardly a statement more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import event

from bench.village import NOW, Nowhere, Still, build
from bot.courier import Courier
from core.heres import Heres


async def statements(folder: Path, reminders: int) -> tuple[int, int]:
    """How many statements a courier needs for so many reminders that are due at once, and how many it sent."""
    folder.mkdir()
    database, here = build(folder, reminders, reminders, NOW)
    network, asked = Nowhere(), list[str]()

    def heard(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", heard)
    await Courier(database, Heres([here]), {"nowhere": network}, Still()).deliver()
    database.close()
    return len(asked), network.sent


async def test_reminders_that_are_due_at_once_are_asked_for_at_once(tmp_path: Path) -> None:
    few, sent_few = await statements(tmp_path / "few", 50)
    many, sent_many = await statements(tmp_path / "many", 200)
    assert (sent_few, sent_many) == (50, 200)
    assert many - few < 50, f"{few} statements for 50, {many} for 200"
