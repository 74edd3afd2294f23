"""撤销: pressed once under what says that something was done. What is taken back, and how, the kind of post knows."""

from __future__ import annotations

from collections.abc import Callable

from core.posts import Post, Press, Undoable
from core.rules import Refusal
from core.turn import Turn


def undoes(back: Callable[[Turn, Post], None]) -> Callable[[Turn, Press], None]:
    """The press of 撤销 where `back` takes back what the post says; once."""

    def undo(turn: Turn, press: Press) -> None:
        if Undoable.of(press.post).undone:
            turn.refuse(Refusal("nothing_to_undo"))
        else:
            back(turn, press.post)

    return undo
