"""Dishes talked of: brought, changed, taken off again; and people who come to eat."""

from __future__ import annotations

import re
from dataclasses import replace

from core import posts
from core.activities import Occurrence
from core.claims import Claim, Roster, roster_of
from core.deeds import claiming
from core.deeds.claiming import Coming
from core.features.potluck import hosting, minding, said
from core.features.potluck.changing import come_to_eat, eaters, own_dishes
from core.features.potluck.dishes import bare
from core.features.potluck.mine import ASKED, ask_how, changed, drop, same_dish
from core.features.potluck.settings import Table
from core.reading import read_command
from core.reading.parts import COURSES, plain
from core.rules import Refusal
from core.talk.asking import Ask, ask, last_asked
from core.talk.deciding import do
from core.talk.leaving import put_down_by
from core.talk.saying import say_back
from core.talk.wishes import Wish, restored
from core.turn import Turn
from core.words import text
from core.words.clean import tidy_line

NAME = "potluck"


def hear(turn: Turn, about: int, words: str) -> bool:
    """Words that speak of the dishes of a potluck: in answer to its board or to its question, privately, or with its
    name before them. False: they say something else.
    """
    if turn.chat.private and last_asked(turn, ASKED.name):
        return False  # 改 was pressed: the words say what the dish shall be
    if hosting.hear(turn, about, words) or shows(turn, about, words):
        return True
    minds, words = minding.said(turn, words, about=about)
    return (bool(words) and hear_dishes(turn, about, words)) or minds


def shows(turn: Turn, about: int, words: str) -> bool:
    """The board, to who asks privately or in answer to it for what stands there: 还缺什么菜, 烧菜的几点到."""
    if not (turn.chat.private or about) or not said.asks(words):
        return False
    found = [on for on in tables(turn) if about in (0, on.occurrence.id)]
    others = any(row.kind != NAME for row in turn.posted())
    if len(found) != 1 or (others and not about and not said.of_food(words)):
        return False
    return do(turn, Wish("roster", occurrence=found[0].occurrence.id))


def hear_dishes(turn: Turn, about: int, words: str) -> bool:
    question = waiting_question(turn) if turn.chat.private and not about else None
    wish = restored(Ask.of(question).wish) if question is not None else Wish("join", occurrence=about)
    named, rest = by_name(turn, words)
    told = said.read(rest if named else words)
    if told is None or (isinstance(told, said.Eating) and told.bare and question is None):
        return False
    named = named or joins_outright(turn, told, words)
    on = the_table(turn, wish.occurrence, told, named=named)
    if on is None:
        return False
    match told:
        case said.Eating(coming=True) if not own_dishes(on, turn.member.id):
            return do(turn, Wish("join", occurrence=on.occurrence.id))  # and what they bring is asked
        case said.Something() if question is not None or not about:
            return False
        case said.Something():
            return do(turn, Wish("join", occurrence=on.occurrence.id))
        case said.Eating():
            return eat(turn, on, told)
        case said.Change():
            return change(turn, on, told)
    command = read_command(words, context="reply" if about else "private", kinds=turn.kinds, lang=turn.lang)
    if command.who or command.intent == "post" or (command.intent not in (None, "join") and not told.aside):
        return False  # 帮吴奶奶报名 八宝饭 6份; what is posted is no dish, whatever stands in it
    if not claims_here(turn, told, wish, asked=bool(question), named=named):
        return False
    if question is not None:
        posts.settle(turn.session, question, turn.now)
    bring(turn, on, told)
    return True


def joins_outright(turn: Turn, told: said.Said, words: str) -> bool:
    """Whether several dishes are brought in the group in so many words: 我做糟毛豆和葱油饼，各十份."""
    if turn.chat.private or not isinstance(told, said.Bringing) or len(told.dishes) < 2:
        return False
    command = read_command(words, context="group", kinds=turn.kinds, lang=turn.lang)
    return command.intent == "join" and bool(command.thing)


def by_name(turn: Turn, words: str) -> tuple[bool, str]:
    """Whether the words begin with the meal's name, and those behind it: 百家饭 红烧肉 10份."""
    kind = turn.kinds.get(NAME)
    found = kind and re.match(rf"\s*(?:{kind.begins})[\s,:，：]*", plain(words).text)
    return (True, words[found.end() :]) if found and len(words) == len(plain(words).text) else (False, words)


def waiting_question(turn: Turn) -> posts.Post | None:
    """The question what is brought, if it is the last thing said in this private chat."""
    post = last_asked(turn, "ask")
    if post is None or Ask.of(post).expects != "thing":
        return None
    wish = restored(Ask.of(post).wish)
    return post if wish.myself and not (wish.names or wish.people or wish.strangers or wish.guests) else None


def tables(turn: Turn) -> list[Roster]:
    """The meals that are open, soonest first, to which dishes are brought."""
    rows = [row for row in turn.posted() if row.kind == NAME]
    return [on for on in (roster_of(turn.session, row) for row in rows) if any(slot.of_things for slot in on.slots)]


def the_table(turn: Turn, occurrence: int, told: said.Said, *, named: bool) -> Roster | None:
    """The meal that is meant: the one answered; else the only one, where the words can mean nothing else."""
    if occurrence:
        row = turn.session.get(Occurrence, (turn.here.id, occurrence))
        if row is None or row.kind != NAME:
            return None
        on = roster_of(turn.session, row)
        return on if any(slot.of_things for slot in on.slots) else None
    found = tables(turn)
    shortest = 1 if turn.chat.private else 2  # 饭不做了, said in the group, may be of any meal
    if isinstance(told, said.Change) and len(told.old) >= shortest:  # of several, the one with that dish of one's own
        found = [on for on in found if any(same_dish(claim, told.old) for claim in mine(turn, on))]
    elif not (turn.chat.private or named):
        return None
    elif isinstance(told, said.Change):
        found = [on for on in found if mine(turn, on)]
    elif isinstance(told, said.Eating) and not (named or told.outright):
        return None
    return found[0] if len(found) == 1 else None


def mine(turn: Turn, on: Roster) -> list[Claim]:
    """The dishes of the speaker, and of those whom they put down."""
    return own_dishes(on, turn.member.id) or own_dishes(on, turn.member.id, [*put_down_by(turn)])


def claims_here(turn: Turn, told: said.Bringing, wish: Wish, *, asked: bool, named: bool) -> bool:
    """Whether these dishes are brought by saying so: privately, unasked, more must be said than a name."""
    if wish.occurrence or asked or named:
        return True
    return turn.chat.private and any(dish.portions for dish in told.dishes)


# ------------------------------------------------------------ dishes


def bring(turn: Turn, on: Roster, told: said.Bringing) -> None:
    """Put the dishes down at once; of which course one is, is asked where its name does not say."""
    kind = turn.kind(on.occurrence)
    coming, unknown = [], []
    for dish in told.dishes:
        thing = written(turn, dish, told)
        again = next((claim for claim in own_dishes(on, turn.member.id) if bare(claim.thing) == bare(thing)), None)
        if again is not None:
            says = dish.portions or dish.measure  # else it is as it was
            new = replace(dish, name=thing if says else again.thing, measure="")
            changed(turn, on, again, said.Change(dish.name, None if says else again.portions, new))
            continue
        slots = kind.slots_for(on, dish.name if not dish.course else COURSES[dish.course].label)
        if len(slots) == 1:
            coming.append(Coming(turn.member.id, slots[0], "", thing, dish.portions))
        else:
            unknown.append((thing, dish.portions))
    eat_too = told.heads and turn.here.settings(Table).eaters
    with_them = eaters(turn.work, on, turn.member.id, told.heads) if eat_too and coming else None
    coming += [with_them] if with_them is not None else []
    if coming:
        came = claiming.claim(turn.work, on, coming)
        if isinstance(came, Refusal):
            turn.refuse(came)
            return
        turn.mark()
        say_back(turn, came, on)
    if eat_too and with_them is None:
        eat(turn, on, said.Eating(told.heads))
    for thing, portions in unknown:
        do(turn, Wish("join", occurrence=on.occurrence.id, thing=thing, portions=portions))


def written(turn: Turn, dish: said.Dish, told: said.Bringing) -> str:
    """A dish as it stands on the board: what it comes in behind it, and with whom it was made."""
    thing = dish.thing
    if told.whom:
        thing = text(turn.lang, "potluck.with", dish=thing, who=told.whom)
    elif told.homes:
        thing = text(turn.lang, "potluck.homes", dish=thing, n=told.homes)
    return tidy_line(thing, 30)


def change(turn: Turn, on: Roster, told: said.Change) -> bool:
    """红烧肉改成25份, 不做了，改做酱鸭: of one's own dishes the one that is named, or the only one."""
    dishes = mine(turn, on)
    meant = [claim for claim in dishes if same_dish(claim, told.old)] if told.old else dishes
    if not meant:
        turn.tell("potluck.not_yours", dish=told.old) if told.old else turn.refuse(Refusal("not_joined"))
        return True
    if len(meant) > 1:
        ask(turn, "potluck.which", [(claim.thing, change_wish(on, claim, told)) for claim in meant])
        return True
    changed(turn, on, meant[0], told)
    return True


def change_wish(on: Roster, claim: Claim, told: said.Change) -> Wish:
    """A change of this dish, for a question which of several is meant."""
    thing = replace(told.new, name=told.new.name or bare(claim.thing)).thing if told.new else ""
    portions = told.portions or (told.new.portions if told.new else None)
    if told.by:
        portions = max(1, (claim.portions or 0) + told.by)
    return Wish("change_dish", occurrence=on.occurrence.id, slot=claim.id, thing=thing, portions=portions)


def carry_change(turn: Turn, wish: Wish, _rest: str) -> None:
    """The answer to that question."""
    row = turn.session.get(Occurrence, (turn.here.id, wish.occurrence))
    on = roster_of(turn.session, row) if row is not None else None
    claim = next((claim for claim in mine(turn, on) if claim.id == wish.slot), None) if on is not None else None
    if on is None or claim is None:
        turn.refuse(Refusal("old_button"))
    elif wish.portions == 0:
        ask_how(turn, on, claim)
    elif not wish.thing and wish.portions is None:
        drop(turn, on, [claim])
    else:
        new = said.Dish(wish.thing, wish.portions, sure=True) if wish.thing else None
        changed(turn, on, claim, said.Change("", wish.portions, new))


# ------------------------------------------------------------ people


def eat(turn: Turn, on: Roster, told: said.Eating) -> bool:
    """我来吃饭，不带菜: counted apart, where the settings let them."""
    if not turn.here.settings(Table).eaters:
        turn.tell("potluck.all_bring")
        return True
    dishes = own_dishes(on, turn.member.id) if told.outright else []
    if dishes:  # 菜不做了，人还来吃
        drop(turn, on, dishes)
        if not told.said_so:
            return True
        on = roster_of(turn.session, on.occurrence)
    came = come_to_eat(turn.work, on, turn.member.id, told.heads)
    if isinstance(came, Refusal):
        turn.refuse(came)
        return True
    turn.mark()
    say_back(turn, came, on)
    return True
