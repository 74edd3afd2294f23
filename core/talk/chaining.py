"""Chains (接龙): a roster handed out for a WeChat group, and grown copies of it taken back in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from core import chain_copies, rules
from core.activities import Occurrence, Slot
from core.claims import Claim, Roster, roster_of
from core.deeds.claiming import MOST_GUESTS, Coming, claim
from core.deeds.outcome import Moved, Outcome
from core.deeds.telling import changed
from core.deeds.withdrawing import whose, withdraw
from core.drafts import read_of
from core.members import Member, members
from core.posts import Undoable
from core.reading import Chain, Entry, read_chain, read_command, read_post
from core.reading.parts import merge, name_key, places_in, public_note, read_all, same, write_chain
from core.talk import people
from core.talk.asking import ask
from core.talk.choosing import choose, held, label
from core.talk.drafting import draft
from core.talk.namesakes import as_typed
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.chain import chain_of
from core.views.details import called
from core.words import text
from core.words.clean import storable, tidy_line

NUMBER = re.compile(r"#\s?(\d{1,5})(?!\d)")


def give(turn: Turn, wish: Wish) -> None:
    """接龙 N: the roster as a chain, privately, ready to be copied into WeChat."""
    on = choose(turn, wish, lambda _: True, "nothing_open", "ask.which")
    if on is None:
        return
    remember(turn, on, chain_of(turn.lookup(), on, turn.lang))
    turn.privately("chain", occurrence_id=on.occurrence.id)


def taken(turn: Turn, words: str, answered: int) -> bool:
    """Take in a chain that somebody pasted; False if the words are none, or one that is nobody's business here."""
    if "\n" not in words:
        return False
    chain = read_chain(words, expected=bool(answered))
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
        return [turn.session.get_one(Occurrence, (turn.here.id, answered))]
    if found := NUMBER.search(chain.title or ""):
        row = turn.numbered(int(found[1]))
        if row is not None:
            return [row]
    open_ones = list(turn.posted())
    seen = chain_copies.copies(turn.session, turn.here.id, [o.id for o in open_ones])
    read = read_all(read_chain, [copy.words.privately() for copy in seen])
    alike = {
        copy.occurrence_id
        for copy, earlier in zip(seen, read, strict=True)
        if chain.title == (earlier.title if earlier is not None else None)
    }
    copied = [o for o in open_ones if o.id in alike]
    if copied:
        return copied
    tz = turn.here.tz
    says = "\n".join(part for part in (chain.title, *chain.lines) if part)
    posting = read_post(says, base=turn.local, kinds=turn.kinds, lang=turn.lang)
    day = posting.start.date() if isinstance(posting.start, datetime) else posting.start
    if posting.kind is None and day is None:
        return []
    return [
        o
        for o in open_ones
        if (posting.kind is None or o.kind == posting.kind)
        and (day is None or (o.starts_at is not None and o.starts_at.astimezone(tz).date() == day))
    ]


# ------------------------------------------------------------ taking a copy in


@dataclass(slots=True)
class Difference:
    """What a pasted copy changed: claims made and ended, and names for the read-back."""

    made: list[Moved] = field(default_factory=list)
    ended: list[Moved] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # left out of the copy, but not the paster's to remove
    unclear: list[str] = field(default_factory=list)  # more than one member may be meant
    nowhere: list[str] = field(default_factory=list)  # at a place that this activity does not have


@dataclass(frozen=True, slots=True)
class Chained(Undoable):
    """What a pasted chain changed: claims made and ended, each with how often it had been moved, and names."""

    made: tuple[tuple[int, int], ...] = ()
    ended: tuple[tuple[int, int], ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    nowhere: tuple[str, ...] = ()


def take(turn: Turn, words: str, occurrence: Occurrence, *, sure: bool = False) -> None:
    """Merge a pasted chain with the roster, three ways and by person; say in two lines what changed."""
    pasted = read_chain(words, expected=True)
    if pasted is None:
        return
    on = held(turn, occurrence)
    if (refusal := rules.may_join(on, 0, turn.now)) is not None:
        turn.refuse(refusal)
        return
    roster = chain_of(turn.lookup(), on, turn.here.lang)
    merged = merge(base_of(turn, on, pasted), roster, pasted)
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
    turn.work.log("chain", on.occurrence)
    turn.mark()
    say_difference(turn, on, difference)


def say_difference(turn: Turn, on: Roster, d: Difference) -> None:
    """What a chain changed, and a question for each of the first names that more than one member bears."""
    turn.privately(
        "chained",
        occurrence_id=on.occurrence.id,
        body=Chained(
            made=tuple((each.claim, each.changes) for each in d.made),
            ended=tuple((each.claim, each.changes) for each in d.ended),
            added=tuple(d.added),
            removed=tuple(d.removed),
            changed=tuple(d.changed),
            kept=tuple(d.kept),
            unclear=tuple(d.unclear),
            nowhere=tuple(d.nowhere),
        ),
    )
    for name in d.unclear[:3]:
        wish = Wish("join", occurrence=on.occurrence.id, names=(name,), myself=False)
        people.resolve(turn, wish, make=True)


def base_of(turn: Turn, on: Roster, pasted: Chain) -> Chain:
    """The copy that a paste grew out of: of those seen, the one of which the fewest are missing, the latest of several.

    So two who grow the same copy both stay. Somebody who takes themselves off is not missing.
    """
    best, fewest = Chain(pasted.title), 0
    there = {name_key(e.name) for e in pasted.entries} - {""}
    copies = reversed(chain_copies.copies(turn.session, turn.here.id, [on.occurrence.id]))
    for chain in read_all(read_chain, [copy.words.privately() for copy in copies], expected=True):
        if chain is None or not chain.entries:
            continue
        gone = [e for e in chain.entries if name_key(e.name) not in there]
        missing = sum(not same(e.name, turn.member.name) for e in gone)
        if len(gone) < len(chain.entries) and (not best.entries or missing < fewest):
            best, fewest = chain, missing
    return best


def remember(turn: Turn, on: Roster, chain: Chain) -> None:
    """Keep a copy that was seen, so that the next one can be told from it."""
    words = storable(write_chain(chain, turn.here.lang))
    chain_copies.remember(turn.session, on.occurrence, words, turn.now)


def apply(turn: Turn, on: Roster, roster: Chain, wanted: Sequence[Entry]) -> Difference:
    """Bring the roster to what the merged chain says."""
    d = Difference()
    coming = [e for e in wanted if e.status != "cancelled"]
    before = list(on.claims)
    new = []
    known = {name_key(e.name): e for e in reversed(roster.entries)}
    everybody = members(turn.session, turn.here.id)
    for entry in coming:
        old = known.get(name_key(entry.name)) if name_key(entry.name) else None
        if old is None:
            new += comes(turn, on, entry, d, everybody)
        elif entry.count != old.count:
            resize(turn, on, entry, d)
    put_down(turn, on, new, d)
    there = {name_key(e.name) for e in coming} - {""}
    for entry in roster.entries:
        if name_key(entry.name) not in there:
            drop(turn, on, entry.name, before, d)
    return d


def put_down(turn: Turn, on: Roster, coming: Sequence[Coming], d: Difference) -> None:
    if coming and isinstance(came := claim(turn.work, on, coming), Outcome):
        d.made += came.moved


def comes(turn: Turn, on: Roster, entry: Entry, d: Difference, everybody: Sequence[Member]) -> list[Coming]:
    """Somebody new in the chain: the one of `everybody` of that name, else a new one for whom the paster speaks."""
    myself = same(entry.name, turn.member.name)
    who = turn.member if myself else people.find(turn, entry.name, make=True, everybody=everybody)
    if isinstance(who, people.Several) or (who is None and people.is_handle(entry.name)):
        d.unclear.append(entry.name)
        return []
    if who is not None and on.of(who.id):
        return []
    note = public_note(entry.note) or ""
    slot, exactly = slot_for(turn, on, entry, note)
    if slot is None:
        place = next(words for _, words in (*places_in(note), *places_in(entry.unit or "")))
        d.nowhere.append(tidy_line(f"{entry.name} {place}", 40))
        return []
    name, typed = as_typed(Wish("join"), entry.name)
    brought = note if slot.of_things else ""
    said = read_command(brought, context="reply", kinds=turn.kinds, lang=turn.lang) if brought else None
    thing = tidy_line(said.thing if said and said.thing else brought, 30)
    d.added.append(tidy_line(entry.name, 24))
    portions = said.portions if said else None
    guests = min(entry.count, 1 + MOST_GUESTS) - 1
    id, stranger = (who.id, "") if who is not None else (0, name)
    return [Coming(id, slot, typed, thing, portions, guests, anywhere=not exactly, stranger=stranger)]


def slot_for(turn: Turn, on: Roster, entry: Entry, note: str) -> tuple[Slot | None, bool]:
    """Where the words of a line put somebody, and whether they say so; None for a place that this activity does not
    have. Who names no place comes where there is room.

    A flat may only say where somebody lives: it counts where places are told apart, or must not be guessed.
    """
    kind = turn.kind(on.occurrence)
    told_apart = kind.chooses(on) or kind.confides
    for words in (note, entry.unit or "" if told_apart else ""):
        fits = kind.slots_for(on, words)
        if len(fits) == 1:
            return fits[0], True
        if not kind.asks_thing(on) and places_in(words) and kind.minds(on, words):
            return None, True
    return next((s for s in on.slots if on.room(s)), on.slots[0]), False


def resize(turn: Turn, on: Roster, entry: Entry, d: Difference) -> None:
    """More or fewer heads on somebody's line."""
    theirs = named(turn, on, on.claims, entry.name)
    if not theirs or entry.count < 1:
        return
    host = theirs[0]
    slot = on.slot(host.slot_id)
    if slot is None:
        return
    more = min(entry.count, 1 + MOST_GUESTS) - len(theirs)
    if more > 0:
        put_down(turn, on, [Coming(host.member_id, slot, guests=more)], d)
    surplus = theirs[entry.count :]
    if surplus and not any(whose(turn.work, on, surplus)):
        d.ended += withdraw(turn.work, on, surplus).moved
    d.changed.append(tidy_line(entry.name, 24))


def drop(turn: Turn, on: Roster, name: str, before: Sequence[Claim], d: Difference) -> None:
    """Somebody was taken off the copy: done where the paster may, else said."""
    theirs = [c for c in named(turn, on, before, name) if c in on.claims]
    if not theirs:
        return
    if any(whose(turn.work, on, theirs)):
        d.kept.append(name)
        return
    d.ended += withdraw(turn.work, on, theirs).moved
    d.removed.append(name)


def named(turn: Turn, on: Roster, claims: Sequence[Claim], name: str) -> list[Claim]:
    lookup = turn.lookup()
    return [c for c in claims if same(called(lookup, on, c.member_id, turn.here.lang), name)]


# ------------------------------------------------------------ a chain becomes an activity


def begin(turn: Turn, words: str) -> None:
    """A coordinator's chain as the draft of a new activity; its people are put down when it is posted."""
    chain = read_chain(words)
    if chain is None:
        return
    says = "\n".join(part for part in (chain.title, *chain.lines) if part)
    if chain.need is not None and str(chain.need) not in says:
        says = f"{says} {chain.need}人"
    draft(turn, says, chain=storable(words))


def fill_from_chain(turn: Turn, o: Occurrence) -> None:
    """Right after an activity made of a chain is posted: its people are on the roster."""
    words = read_of(turn.session, o).chain
    chain = read_chain(words) if words else None
    if chain is None:
        return
    on = roster_of(turn.session, o)
    difference = apply(turn, on, Chain(chain.title), chain.entries)
    remember(turn, on, chain)
    changed(turn.work, on)
    if difference.nowhere or difference.unclear:
        say_difference(turn, on, difference)
