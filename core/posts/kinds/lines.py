"""What a group reads for private messages that nobody can hear: one line for each, or one for all of a moment."""

from __future__ import annotations

from collections.abc import Sequence

from core import when
from core.activities import CANCELLED
from core.claims import Claim, Roster
from core.deeds.group_line import Line
from core.deeds.reminding import Lines
from core.members import Account, Presence, groups
from core.messages import Mention, Message, Person, Span
from core.posts.kind import PostKind
from core.posts.row import REMINDER, Post
from core.reading.parts import spell_part
from core.views.details import headline, names
from core.views.view import View, asking, lines


def line(view: View) -> Message | None:
    """The short line in the group for those who have no private chat: what was understood, and how to open one.

    It is made of what everybody may know; nothing of a private message is repeated here. Who reads the same is named
    together.
    """
    body = Line.of(view.post)
    said: dict[tuple[Span, ...], list[Mention | str]] = {}
    for account, about in body.named:
        said.setdefault(publicly(view, about), []).append(mention(view, account))
    only_asked = said.pop((), [])
    told = [(*who(view, names), *words) for words, names in said.items()]
    if only_asked:
        return Message(lines(*told, who(view, only_asked)), asks=asking(view, " "))
    return Message(lines(*told), asks=asking(view, "\n") if body.ask else None)


def who(view: View, names: Sequence[Mention | str]) -> tuple[Span, ...]:
    """'赵叔、钱婶 ', each so that it rings."""
    comma = view.text("list.comma")
    return view.say("line.who", name=tuple(span for each in names for span in (comma, each))[1:])


def publicly(view: View, about: int) -> tuple[Span, ...]:
    """What of a private message that could not be delivered everybody may read, on one line: its kind says."""
    lookup = view.lookup
    post = lookup.session.get(Post, (lookup.here.id, about)) if about else None
    kind = lookup.here.posts.get(post.kind) if post is not None else None
    return kind.line(view, post) if post is not None and kind is not None and kind.line is not None else ()


def mention(view: View, account: tuple[str, ...]) -> Mention | str:
    row = view.lookup.session.get(Account, (view.lookup.here.id, *account))
    if row is None:
        return "?"
    return Mention(Person(row.network, row.id, view.lookup.name(row.member_id)))


def lines_for(view: View, on: Roster) -> list[Claim]:
    """Claims of people with an account in this network whom a reminder cannot reach privately."""
    chat = view.lookup.chat(view.post.chat_id)
    out = []
    for claim in on.taking():
        accounts = view.lookup.accounts(claim.member_id)
        here = chat is not None and any(home(view, on, account) == chat.id for account in accounts)
        if here and view.lookup.recipient(claim.member_id) is None:
            out.append(claim)
    return out


def home(view: View, on: Roster, account: Account) -> int:
    """The one group in which somebody is named: where the roster stands and they have been seen; 0 for none."""
    session, community = view.lookup.session, view.lookup.here.id
    known = view.lookup.once(("groups",), lambda: groups(session, community))
    shown = [c.id for c in known if c.network == account.network and c.id in (on.occurrence.chats or [c.id])]
    for id in shown:
        there = session.get(Presence, (community, id, account.id))
        if there is not None and not there.left:
            return id
    return shown[0] if shown else 0


def unheard(view: View) -> list[tuple[Roster, list[Claim]]]:
    """What the group's line of this moment has to name: activities, and the people of each."""
    found = []
    for occurrence_id in dict(Lines.of(view.post).about):
        on = view.lookup.roster(occurrence_id)
        if on is None or on.occurrence.starts_at is None or on.occurrence.state == CANCELLED:
            continue
        if on.occurrence.starts_at <= view.lookup.now or not Lines.of(view.post).holds(on.occurrence):
            continue
        theirs = lines_for(view, on)
        if theirs:
            found.append((on, theirs))
    return found


def group_lines(view: View) -> Message | None:
    """One message for a group: who has a place in what begins soon, and cannot be told privately."""
    found = unheard(view)
    if not found:
        return None
    parts = []
    for on, theirs in found:
        starts = on.occurrence.starts_at
        assert starts is not None  # noqa: S101 - those without a start were left out
        day = when.near(starts, view.lookup.here.tz, view.lang, view.lookup.now)
        people = rung(view, on, list(dict.fromkeys(c.member_id for c in theirs)))
        title = headline(view.lookup, on, view.lang)
        if on.occurrence.all_day:
            day = spell_part(day, on.occurrence.daypart, view.lang)
            parts.append(view.say("lines.all_day", day=day, title=title, names=people))
            continue
        at = when.clock(starts, view.lookup.here.tz, view.lang)
        parts.append(view.say("lines.one", day=day, time=at, title=title, names=people))
    return Message(lines(*parts))


def rung(view: View, on: Roster, ids: list[int]) -> tuple[Span, ...]:
    """Names on one line, each of which rings at their account in this group's network."""
    chat, comma = view.lookup.chat(view.post.chat_id), view.text("list.comma")
    found: list[Span] = []
    for id in ids:
        account = next((a for a in view.lookup.accounts(id) if chat is not None and a.network == chat.network), None)
        name = names(view.lookup, [id], view.lang, on)
        who = Mention(Person(account.network, account.id, name)) if account is not None else name
        found += [comma, who] if found else [who]
    return tuple(found)


LINE = PostKind("line", Line, line, chatty=True)
LINES = PostKind("lines", Lines, group_lines, urgency=REMINDER)
