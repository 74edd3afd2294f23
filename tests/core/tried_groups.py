"""How each deed about a group that the bot is cut off from is tried."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.deeds import cut_off
from core.members import KnownChat, open_groups
from core.work import Work


def ours(work: Work) -> KnownChat:
    return next(chat for chat in open_groups(work.session, work.here.id) if chat.bound)


def out(work: Work, _: Any) -> Callable[[], Any]:
    chat = ours(work)
    return lambda: cut_off.out(work.session, work.here, chat, work.now)


def after_out(
    do: Callable[[Work, KnownChat], Any],
) -> Callable[[Work, Any], Callable[[], Any]]:
    def made(work: Work, _: Any) -> Callable[[], Any]:
        chat = ours(work)
        cut_off.out(work.session, work.here, chat, work.now)
        work.session.flush()
        return lambda: do(work, chat)

    return made


def on_ours(do: Callable[[Work, KnownChat], Any]) -> Callable[[Work, Any], Callable[[], Any]]:
    def made(work: Work, _: Any) -> Callable[[], Any]:
        chat = ours(work)
        return lambda: do(work, chat)

    return made


def welcome(work: Work, _: Any) -> Callable[[], Any]:
    chat = ours(work)
    chat.deaf, chat.greeted = True, False
    work.session.add(chat)
    work.session.flush()
    return lambda: cut_off.welcome(work.session, work.here, chat, work.now)


CUT_OFF: dict[str, Callable[[Work, Any], Callable[[], Any]]] = {
    "cut_off.out": out,
    "cut_off.back": after_out(lambda work, chat: cut_off.back(work.session, work.here, chat, work.now)),
    "cut_off.let_go": after_out(lambda work, chat: cut_off.let_go(work.session, chat, work.now)),
    "cut_off.hears": on_ours(lambda work, chat: cut_off.hears(work.session, work.here, chat, work.now, hears=False)),
    "cut_off.speaks": on_ours(lambda work, chat: cut_off.speaks(work.session, work.here, chat, work.now, speaks=False)),
    "cut_off.welcome": welcome,
}
