"""Partner units talked of: by coordinators, who write them down, and by their contacts, who say how many come."""

from __future__ import annotations

from dataclasses import replace

from core import rules
from core.activities import CLOSED, OPEN
from core.claims import THERE, Roster, rosters_of
from core.deeds.outcome import Outcome
from core.deeds.people import enrol
from core.features.partners import heads as deeds
from core.features.partners.said import OfUnit, read
from core.features.partners.told import Heads, UnitTold
from core.members import Member, accounts_of
from core.posts import Say
from core.reading.parts import read_days, same
from core.rules import Refusal
from core.talk import people
from core.talk.asking import ask, last_asked
from core.talk.choosing import choose
from core.talk.titled import titled
from core.talk.wishes import Wish
from core.turn import Meant, Turn
from core.words import text
from core.words.clean import tidy_name

COORDINATORS = ("keep", "whose", "all", "end", "hold")


def hears(turn: Turn, about: int, words: str) -> bool:
    """Whether words are about a partner unit, and were acted upon."""
    known = deeds.units(turn.session, turn.here.id)
    own = [unit.name for unit in known if deeds.contact(turn.session, unit).id == turn.member.id]
    asked = own != [] and (bool(about) or (turn.chat.private and not turn.may("partners")))
    said = read(words, [unit.name for unit in known], own, asked=asked)
    if said is None:
        return False
    if said.among:
        return of_several(turn, [unit for unit in known if unit.name in said.among], said, about)
    unit = next((each for each in known if each.name == said.name), None)
    if said.act in COORDINATORS:
        return of_coordinators(turn, unit, said, about)
    if unit is None:
        return False
    wish = activity(turn, said, about)
    if wish is None:
        return False
    if unit.name not in own:
        who = deeds.contact(turn.session, unit)
        turn.tell("partners.contact_only", name=unit.name, contact=who.name)
        return True
    carry_heads(turn, replace(wish, people=(unit.id,), kind="", thing=said.act, portions=said.n), "")
    return True


def of_several(turn: Turn, units: list[Member], said: OfUnit, about: int) -> bool:
    """A short name fits several: which is meant is asked, of who may say it."""
    if said.act in COORDINATORS and not turn.may("partners"):
        turn.refuse(Refusal("coordinators_only"))
        return True
    wish = activity(turn, said, about)
    if wish is None:
        return False
    turn.meant = Meant.SURELY
    if said.act in ("end", "keep"):
        turn.tell("partners.whole_name", names=text(turn.lang, "list.comma").join(unit.name for unit in units))
        return True
    of = replace(wish, kind="", thing=said.act, portions=said.n)
    ask(turn, "partners.which", [(unit.name, replace(of, people=(unit.id,))) for unit in units[:9]])
    return True


def activity(turn: Turn, said: OfUnit, about: int) -> Wish | None:
    """What the words beside it say of which activity is meant; None where they say something else."""
    wish = Wish("unit_heads", occurrence=about, number=said.number, myself=False)
    for words in said.about:
        if (kind := turn.kinds.just(words)) is not None:
            ids = [row.id for row in turn.posted() if row.kind == kind.name]
            wish = replace(wish, occurrence=ids[0] if len(ids) == 1 else about)
        elif (found := titled(turn, words)) is not None and not found.rest:
            wish = replace(wish, occurrence=found.occurrence.id)
        elif read_days(words, base=turn.local, lang=turn.lang) is not None:
            wish = replace(wish, day=words)
        else:
            return None
    return replace(wish, occurrence=0) if said.number is not None else wish


# ------------------------------------------------------------ by coordinators


def of_coordinators(turn: Turn, unit: Member | None, said: OfUnit, about: int) -> bool:
    if not turn.chat.private and said.act in ("whose", "all"):
        return False
    if said.act == "whose" and turn.chat.private and last_asked(turn, "draft", "ask"):
        return False
    if not turn.may("partners"):
        turn.refuse(Refusal("coordinators_only"))
        return True
    match said.act:
        case "all":
            turn.privately("partners.all")
        case "whose" if unit is None:
            turn.tell("partners.whom", name=tidy_name(said.name))
        case "whose" if unit is not None:
            turn.privately("partners.kept", body=UnitTold(unit=unit.id))
        case "end" if unit is not None:
            deeds.give_up(turn.work, unit)
            turn.mark()
            turn.tell("partners.ended", name=unit.name)
        case "end":
            turn.tell("partners.unknown", name=tidy_name(said.name))
        case "hold" if unit is not None:
            wish = Wish("unit_heads", occurrence=about, people=(unit.id,), thing="hold", portions=said.n, myself=False)
            carry_heads(turn, wish, "")
        case _:
            wish = Wish("unit", said=tidy_name(said.name), names=(said.who,), myself=False)
            if turn.member.name and same(said.who, turn.member.name):
                wish = replace(wish, names=(), people=(turn.member.id,))
            carry_kept(turn, wish, "")
    return True


def carry_kept(turn: Turn, wish: Wish, _rest: str) -> None:
    """A unit has this contact, once it is known who that is."""
    if not turn.may("partners"):
        turn.refuse(Refusal("coordinators_only"))
        return
    found = people.resolve(turn, wish, make=True)
    if found is None or not (found.people or found.strangers):
        return
    who = found.people[0] if found.people else enrol(turn.work, tidy_name(found.strangers[0]), proxy=True).id
    known = deeds.units(turn.session, turn.here.id)
    unit = next((each for each in known if each.name == found.said), None)
    unit = deeds.keep(turn.work, unit, found.said, who)
    turn.mark()
    turn.privately("partners.kept", body=UnitTold(unit=unit.id, new=True))
    if who != turn.member.id and accounts_of(turn.session, turn.here.id, who):
        facts = {"name": unit.name, "who": turn.member.name}
        turn.privately("say", member_id=who, body=Say(key="partners.yours", facts=facts))


# ------------------------------------------------------------ heads


def carry_heads(turn: Turn, wish: Wish, _rest: str) -> None:
    """So many come, or are there, or have places held: of the activity that is meant, or it is asked."""
    unit = turn.session.get(Member, (turn.here.id, wish.people[0])) if wish.people else None
    if unit is None or unit.proxy_id is None or not may(turn, unit, wish.thing):
        turn.refuse(Refusal("old_button"))
        return
    turn.meant = Meant.SURELY
    on = which(turn, unit, wish)
    if on is None:
        return
    n = amount(on, unit, wish)
    match wish.thing:
        case "hold":
            came = deeds.hold(turn.work, on, unit, n)
        case "here":
            came = deeds.arrive(turn.work, on, unit, n)
        case _ if n > deeds.MOST:
            came = Refusal("too_many_heads")
        case _:
            came = deeds.bring(turn.work, on, unit, n)
    if isinstance(came, Refusal):
        turn.refuse(came)
        return
    turn.mark()
    say_back(turn, on, unit, came, n, wish.thing)


def may(turn: Turn, unit: Member, act: str) -> bool:
    return turn.may("partners") if act == "hold" else deeds.contact(turn.session, unit).id == turn.member.id


def amount(on: Roster, unit: Member, wish: Wish) -> int:
    """How many in all: 再来3人 is three more than now."""
    n, there = wish.portions or 0, len(on.of(unit.id))
    match wish.thing:
        case "more":
            return there + n
        case "fewer":
            return max(0, there - n)
    return n


def which(turn: Turn, unit: Member, wish: Wish) -> Roster | None:
    """The activity that is meant: of those that are open; by a change, of those that the unit is on if on any."""
    rosters = rosters_of(turn.session, turn.posted())
    mine = {on.occurrence.id for on in rosters if on.of(unit.id)}
    now = {on.occurrence.id for on in rosters if on.occurrence.id in mine and is_now(turn, on)}

    def fits(on: Roster) -> bool:
        o = on.occurrence
        if o.starts_at is None or o.state not in (OPEN, CLOSED):
            return False
        if turn.kind(o).attends and o.id not in mine:
            return False  # a meeting is for the people of a list
        if wish.thing == "here":
            return o.id in now or (not now and is_now(turn, on))
        if wish.thing in ("change", "fewer", "more") and mine:
            return o.id in mine
        return rules.still_open(on, turn.now) is None

    nothing = "nothing_now" if wish.thing == "here" else "nothing_open"
    return choose(turn, wish, fits, nothing, "ask.which")


def is_now(turn: Turn, on: Roster) -> bool:
    """Whether it is time to say who is there."""
    if on.occurrence.starts_at is None:
        return False
    begins, ends = on.occurrence.check_in()
    return begins <= turn.now <= ends


def say_back(turn: Turn, on: Roster, unit: Member, came: Outcome, n: int, act: str) -> None:
    there = [claim for claim in on.of(unit.id) if act != "here" or claim.happened in THERE]
    moved = tuple((each.claim, each.changes, each.promised, each.happened) for each in came.moved)
    body = Heads(unit=unit.id, n=len(there), asked=n, act=act, moved=moved)
    turn.privately("partners.heads", occurrence_id=on.occurrence.id, body=body)
    who = deeds.contact(turn.session, unit).id
    if act == "hold" and who != turn.member.id:
        turn.privately(
            "partners.heads", occurrence_id=on.occurrence.id, member_id=who, body=replace(body, act="held", moved=())
        )
