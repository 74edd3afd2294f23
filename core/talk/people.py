"""Which person a name means: finding members, those without an account, and two who may be one."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from sqlmodel import col, select

from core import claims
from core.activities import Occurrence
from core.deeds import people as deeds
from core.members import Account, Member, member, members, namesakes, welcome
from core.messages import Person
from core.reading import Ambiguous, Known
from core.reading.parts import OTHERS, SURE, another_of, at_home, find_all, judged
from core.rules import Refusal
from core.said.shown_names import has_a_name
from core.talk.asking import ask, expect
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.details import headline
from core.words import text
from core.words.clean import tidy_name


@dataclass(frozen=True, slots=True)
class Several:
    """More than one member may be meant."""

    people: tuple[Member, ...]


def find(
    turn: Turn,
    name: str,
    among: set[int] | None = None,
    *,
    lives: str = "",
    make: bool = False,
    everybody: Sequence[Member] = (),
) -> Member | Several | None:
    """The member whom a name means, several who may be meant, or None. `among`: only these ids. `lives`: where.

    `everybody`: the community's members, where many names are looked up. `make`: somebody is put down. A full name,
    a building or a nickname that does not fit is another person then, and who may live there is asked about. Whoever is
    called like one for whom the speaker speaks is not taken for them.
    """
    if is_handle(name):
        return mentioned(turn, name, among)
    people = {m.id: m for m in everybody or members(turn.session, turn.here.id)}
    if among is None:
        people.pop(turn.member.id, None)  # nobody speaks of themselves by name
    else:
        people = {id: m for id, m in people.items() if id in among}
    at, bare = (lives, name) if lives else at_home(name)
    known = [Known(m.id, m.name) for m in people.values() if m.name]
    homes = homes_of(turn, [match.known for match in find_all(bare, known)]) if at else {}
    matches = find_all(f"{at}{bare}", [replace(k, unit=homes.get(k.id, "")) for k in known])
    if there := [match for match in matches if homes.get(match.known.id) and match.how in SURE]:
        matches = tuple(there)
    if make:
        matches = tuple(match for match in matches if match.how not in OTHERS)
    match judged(matches):
        case Known(id=id) if make and at and not homes.get(id):
            return Several((people[id],))
        case Known(id=id):
            ward = judged([match for match in matches if people[match.known.id].proxy_id == turn.member.id])
            if isinstance(ward, Known) and ward.id != id:
                return Several((people[ward.id], people[id]))
            return people[id]
        case Ambiguous(people=several):
            return Several(tuple(people[k.id] for k in several))
        case None:
            return None
        case other:
            assert_never(other)


def homes_of(turn: Turn, known: Sequence[Known]) -> dict[int, str]:
    """Where those of them live of whom it was said when they were put down, or is in their name."""
    homes = {k.id: home for k in known if (home := at_home(k.name)[0])}
    typed = turn.session.exec(
        select(claims.Claim.member_id, claims.Claim.name).where(
            claims.Claim.community_id == turn.here.id,
            col(claims.Claim.member_id).in_([k.id for k in known]),
            claims.Claim.ordinal == 0,
            claims.Claim.name != "",
        )
    ).all()
    return homes | {id: home for id, name in typed if (home := at_home(name)[0])}


def is_handle(name: str) -> bool:
    """Whether somebody is called by their name on a network: @li_ayi."""
    return name[:1] in ("@", "＠")


def mentioned(turn: Turn, name: str, among: set[int] | None = None) -> Member | Several | None:
    """Whom @li_ayi means: the one account that is called so, on the speaker's network before others; else as `find`.

    A name in letters is a network's and is taken as it stands: 李阿姨 need not be li_ayi.
    """
    shown = unicodedata.normalize("NFKC", name).casefold()
    accounts = turn.session.exec(select(Account).where(Account.community_id == turn.here.id)).all()
    alike = [a for a in accounts if shown in called(a)]
    if not alike and (named := next((p for p in turn.mentions if shown.removeprefix("@") in handles(p)), None)):
        account, _ = welcome(turn.session, turn.here.community, named, turn.now, None, reachable=turn.can.opens)
        turn.session.flush()
        alike = [account]
    near = [a for a in alike if a.network == turn.chat.network] or alike
    ids = {member(turn.session, turn.here.id, account.member_id).id for account in near}
    ids |= {m.id for m in members(turn.session, turn.here.id) if m.name.casefold() == shown}
    meant = tuple(member(turn.session, turn.here.id, id) for id in sorted(ids) if among is None or id in among)
    if len(meant) > 1:
        return Several(meant)
    if meant or shown.isascii():
        return meant[0] if meant else None
    return find(turn, name[1:], among)


def called(account: Account) -> set[str]:
    """All that means an account behind an @, and its id alone."""
    names = (f"@{name}".casefold() for name in (account.id, account.name, account.handle) if name)
    return {account.id.casefold(), *names}


def handles(person: Person) -> set[str]:
    """By what a person is mentioned, without the @."""
    return {name.casefold().removeprefix("@") for name in (person.id, person.handle) if name}


def coordinates(turn: Turn, name: str) -> bool:
    """Whether @杨老师 is a coordinator's name."""
    who = mentioned(turn, name)
    return isinstance(who, Member) and who.id in turn.work.coordinators


def resolve(turn: Turn, wish: Wish, *, make: bool, among: set[int] | None = None) -> Wish | None:
    """Turn the names of a wish into members, asking when two fit. None: it was asked, come back with the answer.

    `make`: a name that nobody has, unless it is a network's, becomes a new member without an account, for whom the
    speaker is the proxy.
    """
    while wish.names:
        name, rest = wish.names[0], wish.names[1:]
        if make and (again := another_of(name)):
            wish = replace(wish, names=rest, strangers=(*wish.strangers, again))
            continue
        match find(turn, name, among, lives=wish.lives, make=make):
            case Member() as found if not (make and another_s(turn, found)):
                wish = replace(wish, names=rest, people=(*wish.people, found.id), called=(*wish.called, name))
            case Several() | Member() as found:
                people = found.people if isinstance(found, Several) else (found,)
                options = [(label(turn, m), replace(wish, names=rest, people=(*wish.people, m.id))) for m in people[:9]]
                if make and not is_handle(name):
                    other = replace(wish, names=rest, strangers=(*wish.strangers, name))
                    options.append((text(turn.lang, "action.another"), other))
                ask(turn, "ask.who" if len(people) > 1 else "ask.is_it", options, name=tidy_name(name))
                return None
            case None if is_handle(name):
                known = None if among is None else mentioned(turn, name)
                code, called = ("unknown_person", name) if known is None else ("nobody_called", name_of(known))
                turn.refuse(Refusal(code, {"name": tidy_name(called)}))
                return None
            case None:
                wish = replace(wish, names=rest, strangers=(*wish.strangers, name))
    return wish


def name_of(found: Member | Several) -> str:
    return found.name if isinstance(found, Member) else found.people[0].name


def another_s(turn: Turn, who: Member) -> bool:
    """Whether somebody else speaks for them: 王奶奶 put down by a neighbour need not be the one who is meant here."""
    return who.proxy_id is not None and who.proxy_id != turn.member.id and not turn.coordinates


def label(turn: Turn, who: Member) -> str:
    """A name with what tells it from the same: who speaks for them, or what they have a place in; else a number."""
    twins = namesakes(turn.session, turn.here.id, who.name)
    homes = homes_of(turn, [Known(m.id, m.name) for m in twins])
    if (home := homes.get(who.id)) and home not in who.name:
        return text(turn.lang, "person.apart", name=who.name, apart=home)
    if who.proxy_id is not None:
        return text(
            turn.lang, "person.proxied", name=who.name, proxy=member(turn.session, turn.here.id, who.proxy_id).name
        )
    twins = [m for m in twins if not homes.get(m.id)]
    if len(twins) < 2:
        return who.name
    on = {m.id: latest(turn, m) for m in twins}
    mine = on[who.id]
    if mine is not None and [o.id for o in on.values() if o].count(mine.id) == 1:
        title = headline(turn.lookup(), claims.roster_of(turn.session, mine), turn.lang)
        return text(turn.lang, "person.on", name=who.name, title=title)
    return f"{who.name} ({[m.id for m in twins].index(who.id) + 1})"


def latest(turn: Turn, who: Member) -> Occurrence | None:
    """The activity for which somebody last came forward, if they still hold their place or wait."""
    return turn.session.exec(
        select(Occurrence)
        .join(
            claims.Claim,
            (col(claims.Claim.community_id) == Occurrence.community_id)
            & (col(claims.Claim.occurrence_id) == Occurrence.id),
        )
        .where(
            Occurrence.community_id == turn.here.id,
            claims.Claim.member_id == who.id,
            col(claims.Claim.promised).in_(claims.LIVE),
            col(Occurrence.number).is_not(None),
        )
        .order_by(col(claims.Claim.made_at).desc())
    ).first()


# ------------------------------------------------------------ names


def ask_name(turn: Turn) -> None:
    """After the first claim, once: what to call somebody whose network name does not look like a name.

    What came of the claim is still said over the button; the question stands beside it.
    """
    if turn.member.named or has_a_name(turn.account.name, turn.lang):
        return
    turn.member.named = True
    turn.session.add(turn.member)
    said = turn.answer.toast
    expect(turn, "ask.name", "name")
    if said and turn.answer.toast != said:
        asked = turn.answer.toast if turn.answer.open else text(turn.lang, "ask.name_too")
        turn.answer = replace(turn.answer, toast=f"{said}\n{asked}")


def call_me(turn: Turn, name: str) -> None:
    """我叫 NAME: from now on rosters say so."""
    shown = tidy_name(name)
    if not shown:
        turn.tell("name.missing")
        return
    deeds.rename(turn.work, turn.member, shown)
    turn.tell("name.set", name=shown)
