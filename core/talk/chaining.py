"""Chains (接龙): a roster handed out for a WeChat group, and grown copies of it taken back in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from core import rules
from core.activities import Occurrence, Slot, numbered, posted
from core.claims import Claim, Head, Sheet, put_down, sheet
from core.reading.chains import Chain, Entry, merge, public_note, read_chain, write_chain
from core.reading.commands import read_command
from core.reading.names import same
from core.reading.posts import read_post
from core.reminders import schedule
from core.talk import people
from core.talk.asking import ask
from core.talk.choosing import choose, held, label
from core.talk.drafting import draft
from core.talk.joining import next_ordinal
from core.talk.leaving import withdraw
from core.talk.saying import changed
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.chain import chain_of
from core.words import text
from core.words.clean import tidy_line

KEPT = 6
"""Copies remembered for each activity: the one that a paste grew out of is among the last few that were seen."""
NUMBER = re.compile(r"#\s?(\d{1,5})(?!\d)")


def give(turn: Turn, wish: Wish) -> None:
    """接龙 N: the roster as a chain, privately, ready to be copied into WeChat."""
    on = choose(turn, wish, lambda _: True, "nothing_open", "ask.which")
    if on is None:
        return
    remember(turn, on, chain_of(turn.books(), on, turn.lang))
    turn.privately("chain", occurrence_id=on.occurrence.id)


def taken(turn: Turn, words: str, answered: int) -> bool:
    """Take in a chain that somebody pasted; False if the words are none, or one that is nobody's business here."""
    if "\n" not in words:
        return False
    chain = read_chain(words)
    if chain is None or not chain.entries:
        return False
    about = meant(turn, chain, answered)
    if len(about) == 1:
        take(turn, words, about[0])
        return True
    if len(about) > 1:
        options = [(label(turn, o), Wish("chain", occurrence=o.id, thing=words)) for o in about]
        ask(turn, "ask.chain", options)
        return True
    if turn.coordinates:
        options = [
            (text(turn.lang, "chain.new"), Wish("chain_new", thing=words)),
            (text(turn.lang, "chain.not_new"), Wish("nothing")),
        ]
        ask(turn, "ask.chain_new", options, title=tidy_line(chain.title or "", 40))
        return True
    return False


def meant(turn: Turn, chain: Chain, answered: int) -> list[Occurrence]:
    """The activities that a chain may be a copy of: by answer, by number, by an earlier copy, by kind and day."""
    if answered:
        return [turn.session.get_one(Occurrence, (turn.community.id, answered))]
    if found := NUMBER.search(chain.title or ""):
        row = numbered(turn.session, turn.community.id, int(found[1]))
        if row is not None:
            return [row]
    open_ones = list(posted(turn.session, turn.community.id, turn.now))
    copied = [o for o in open_ones if any(title_of(kept) == chain.title for kept in o.draft.get("chains", []))]
    if copied:
        return copied
    tz = turn.community.tz
    says = "\n".join(part for part in (chain.title, *chain.lines) if part)
    posting = read_post(says, base=turn.now.astimezone(tz), kinds=turn.house.kinds, lang=turn.lang)
    day = posting.start.date() if isinstance(posting.start, datetime) else posting.start
    if posting.kind is None and day is None:
        return []
    return [
        o
        for o in open_ones
        if (posting.kind is None or o.kind == posting.kind)
        and (day is None or (o.starts_at is not None and o.starts_at.astimezone(tz).date() == day))
    ]


def title_of(words: str) -> str | None:
    chain = read_chain(words)
    return chain.title if chain is not None else None


# ------------------------------------------------------------ taking a copy in


@dataclass(slots=True)
class Difference:
    """What a pasted copy changed: claims made and ended, and names for the read-back."""

    made: list[Claim] = field(default_factory=list)
    ended: list[Claim] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # left out of the copy, but not the paster's to remove
    unclear: list[str] = field(default_factory=list)  # more than one member may be meant


def take(turn: Turn, words: str, occurrence: Occurrence, *, sure: bool = False) -> None:
    """Merge a pasted chain with the roster, three ways and by person; say in two lines what changed."""
    pasted = read_chain(words)
    if pasted is None:
        return
    on = held(turn, occurrence)
    if (refusal := rules.may_join(on, 0, turn.now)) is not None:
        turn.refuse(refusal)
        return
    roster = chain_of(turn.books(), on, turn.community.lang)
    merged = merge(base_of(on, pasted, turn.member.name), roster, pasted)
    if merged.doubtful and not sure:
        options = [
            (text(turn.lang, "action.confirm"), Wish("chain_sure", occurrence=occurrence.id, thing=words)),
            (text(turn.lang, "action.back"), Wish("nothing")),
        ]
        ask(turn, "ask.chain_short", options, names=text(turn.lang, "list.comma").join(merged.missing[:8]))
        return
    wanted = pasted.entries if sure and merged.doubtful else merged.entries
    difference = apply(turn, on, roster, wanted)
    remember(turn, on, replace(pasted, title=pasted.title))
    turn.did("chain", on.occurrence)
    if difference.made or difference.ended:
        changed(turn, on, {c.member_id for c in (*difference.made, *difference.ended)})
    turn.mark()
    d = difference
    turn.privately(
        "chained",
        occurrence_id=on.occurrence.id,
        body={
            "made": [[c.id, c.changes] for c in d.made],
            "ended": [[c.id, c.changes] for c in d.ended],
            **{name: getattr(d, name) for name in ("added", "removed", "changed", "kept", "unclear")},
        },
    )
    for name in d.unclear[:3]:
        wish = Wish("join", occurrence=on.occurrence.id, names=(name,), myself=False)
        people.resolve(turn, wish, make=True)


def base_of(on: Sheet, pasted: Chain, paster: str) -> Chain:
    """The copy that a paste grew out of: of those seen, the one of which the fewest are missing, the latest of several.

    So two who grow the same copy both stay. Somebody who takes themselves off is not missing.
    """
    best, fewest = Chain(pasted.title), 0
    for words in reversed(on.occurrence.draft.get("chains", [])):
        chain = read_chain(words)
        if chain is None or not chain.entries:
            continue
        gone = [e for e in chain.entries if not any(same(e.name, p.name) for p in pasted.entries)]
        missing = sum(not same(e.name, paster) for e in gone)
        if len(gone) < len(chain.entries) and (not best.entries or missing < fewest):
            best, fewest = chain, missing
    return best


def remember(turn: Turn, on: Sheet, chain: Chain) -> None:
    """Keep a copy that was seen, so that the next one can be told from it."""
    o = on.occurrence
    kept = [*o.draft.get("chains", []), write_chain(chain, turn.community.lang)]
    o.draft = {**o.draft, "chains": kept[-KEPT:]}
    turn.session.add(o)


def apply(turn: Turn, on: Sheet, roster: Chain, wanted: Sequence[Entry]) -> Difference:
    """Bring the roster to what the merged chain says."""
    d = Difference()
    coming = [e for e in wanted if e.status != "cancelled"]
    before = list(on.claims)
    for entry in coming:
        old = next((e for e in roster.entries if same(e.name, entry.name)), None)
        if old is None:
            put(turn, on, entry, d)
        elif entry.count != old.count:
            resize(turn, on, entry, d)
    for entry in roster.entries:
        if not any(same(e.name, entry.name) for e in coming):
            drop(turn, on, entry.name, before, d)
    turn.session.flush()
    for claim in d.made:
        schedule(turn.session, turn.community, turn.house, on.occurrence, claim.member_id, turn.now)
    return d


def put(turn: Turn, on: Sheet, entry: Entry, d: Difference) -> None:
    """Somebody new in the chain: the member of that name, else a new one for whom the paster speaks."""
    if same(entry.name, turn.member.name):
        who = turn.member
    else:
        match people.find(turn, entry.name):
            case people.Several():
                d.unclear.append(entry.name)
                return
            case None:
                who = people.without_account(turn, entry.name, proxy=True)
            case found:
                who = found
    if on.of(who.id):
        return
    note = public_note(entry.note) or ""
    slot = slot_for(turn, on, entry, note)
    said = (
        read_command(note, context="reply", kinds=turn.house.kinds, lang=turn.lang)
        if slot.unit == "dish" and note
        else None
    )
    thing = tidy_line((said.thing if said and said.thing else note), 30) if slot.unit == "dish" else ""
    head = Head(who.id, name=tidy_line(entry.name, 24), thing=thing, portions=said.portions if said else None)
    first = put_down(turn.session, on, slot, head, turn.speaker, turn.now)
    d.made.append(first)
    for _ in range(min(entry.count, 10) - 1):
        d.made.append(bring(turn, on, slot, first))
    d.added.append(tidy_line(entry.name, 24))


def bring(turn: Turn, on: Sheet, slot: Slot, host: Claim) -> Claim:
    head = Head(host.member_id, next_ordinal(on, host.member_id), guest_of=host.id)
    return put_down(turn.session, on, slot, head, turn.speaker, turn.now)


def slot_for(turn: Turn, on: Sheet, entry: Entry, note: str) -> Slot:
    feature = turn.feature(on.occurrence)
    for words in (note, entry.unit or ""):
        fits = feature.slots_for(on, words)
        if len(fits) == 1:
            return fits[0]
    return next((s for s in on.slots if on.room(s)), on.slots[0])


def resize(turn: Turn, on: Sheet, entry: Entry, d: Difference) -> None:
    """More or fewer heads on somebody's line."""
    theirs = named(turn, on.claims, entry.name)
    if not theirs or entry.count < 1:
        return
    host = theirs[0]
    slot = on.slot(host.slot_id)
    if slot is None:
        return
    for _ in range(min(entry.count, 10) - len(theirs)):
        d.made.append(bring(turn, on, slot, host))
    surplus = theirs[entry.count :]
    if surplus and mine_to_change(turn, surplus):
        withdraw(turn, on, surplus)
        d.ended += surplus
    d.changed.append(tidy_line(entry.name, 24))


def drop(turn: Turn, on: Sheet, name: str, before: Sequence[Claim], d: Difference) -> None:
    """Somebody was taken off the copy: done where the paster may, else said."""
    theirs = [c for c in named(turn, before, name) if c in on.claims]
    if not theirs:
        return
    if not mine_to_change(turn, theirs):
        d.kept.append(name)
        return
    withdraw(turn, on, theirs)
    d.ended += theirs
    d.removed.append(name)


def named(turn: Turn, claims: Sequence[Claim], name: str) -> list[Claim]:
    books = turn.books()
    return [c for c in claims if same(books.name(c.member_id), name)]


def mine_to_change(turn: Turn, theirs: Sequence[Claim]) -> bool:
    return all(rules.speaks_for(c, turn.speaker, turn.member.id, coordinates=turn.coordinates) is None for c in theirs)


# ------------------------------------------------------------ a chain becomes an activity


def begin(turn: Turn, words: str) -> None:
    """A coordinator's chain as the draft of a new activity; its people are put down when it is posted."""
    chain = read_chain(words)
    if chain is None:
        return
    says = "\n".join(part for part in (chain.title, *chain.lines) if part)
    if chain.need is not None and str(chain.need) not in says:
        says = f"{says} {chain.need}人"
    draft(turn, says, chain=words)


def fill_from_chain(turn: Turn, o: Occurrence) -> None:
    """Right after an activity made of a chain is posted: its people are on the roster."""
    words = o.draft.get("chain", "")
    chain = read_chain(words) if words else None
    if chain is None:
        return
    on = sheet(turn.session, o)
    apply(turn, on, Chain(chain.title), chain.entries)
    remember(turn, on, chain)
    changed(turn, on)
