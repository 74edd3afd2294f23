"""Whether what a line of a scene says about the screens is true."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.scene.network import owner
from adapters.scene.screens import Screens, Shown, contains
from adapters.scene.steps import Check, Never, New, Posted, See, Told
from core.messages import Chat, Person


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the log: what is noted after `begin`, up to `end` and that included."""

    begin: int
    end: int

    def __contains__(self, order: int) -> bool:
        return self.begin < order <= self.end


@dataclass(frozen=True, slots=True)
class View:
    """What a check looks at: the screen it names, what came since the last `at` began, what a line caused."""

    screens: Screens
    chat: Chat
    since: int
    caused: Span | None = None  # by the last line of the person whose private chat `chat` is
    spoken: str = ""  # id of the chat in which that line was


def wrong(check: Check, view: View) -> str:
    """Why `check` does not hold, in a few words; '' if it does."""
    match check:
        case See(text=text, absent=absent):
            found = _with(text, view.screens.now_on(view.chat))
            if absent:
                return f"is there: {_brief(found[-1].text)}" if found else ""
            return "" if found else _instead([shown.text for shown in view.screens.now_on(view.chat)])
        case New(text=text, absent=absent):
            put = [shown.versions[0].plain() for shown in view.screens.put_on(view.chat) if shown.order > view.since]
            found_new = [first for first in put if contains(first, text)]
            if absent:
                return f"came: {_brief(found_new[-1])}" if found_new else ""
            return "" if found_new else _instead(put)
        case Never(text=text):
            return _ever(text, view)
        case Posted(count=count):
            have = len(view.screens.put_on(view.chat))
            return "" if have == count else f"it is {have}"
        case Told(text=text):
            told = _told(view)
            return "" if any(contains(words, text) for words in told) else _instead(told)
    return "not a check"


def _with(text: str, among: list[Shown]) -> list[Shown]:
    return [shown for shown in among if contains(shown.text, text)]


def _ever(text: str, view: View) -> str:
    for shown in view.screens.put_on(view.chat):
        for version in shown.versions:
            if contains(version.plain(), text):
                return f"was there: {_brief(version.plain())}"
    return ""


def _told(view: View) -> list[str]:
    """What this person's last line caused to be said to them: a toast, privately, or in the group they spoke in.

    A line of the group that names others already is theirs too when it comes to name them.
    """
    if view.caused is None:
        return []
    who = Person(view.chat.network, owner(view.chat))
    spoken = Chat(who.network, view.spoken)
    named = {shown.id for shown in view.screens.now_on(spoken) if shown.names(who)}
    return [
        moment.text
        for moment in view.screens.log
        if moment.order in view.caused
        and (
            (moment.kind == "toast" and moment.to == who.id)
            or (moment.kind in ("put", "changed") and moment.chat.id == view.chat.id)
            or (moment.kind == "put" and moment.chat.id == view.spoken)
            or (moment.kind == "changed" and moment.message in named)
        )
    ]


def _instead(texts: list[str]) -> str:
    return "there is: " + " ‖ ".join(_brief(text) for text in texts[-5:]) if texts else "there is nothing"


def _brief(text: str) -> str:
    """On one line, and not more of it than helps."""
    line = " ".join(text.split())
    return line if len(line) <= 200 else line[:199] + "…"
