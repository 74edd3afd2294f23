"""Balconies talked of: shown, watered, seen to be dry, adopted, handed over, given back, pictured."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import select

from core import posts
from core.claims import Roster, roster_of
from core.features.balcony import care, rows, said
from core.features.balcony.rows import Balcony
from core.features.balcony.told import Of
from core.members import Member
from core.rules import Refusal
from core.talk import people
from core.talk.asking import ask
from core.talk.wishes import Wish
from core.turn import Meant, Turn
from core.words import text
from core.words.clean import tidy_line, tidy_name


def meant(turn: Turn, words: str) -> bool:
    """Whether words are about a balcony that is looked after, and not about a place on a planting day.

    3号楼我包了 takes the place where one is open to be taken, 浇完了 ends the hours of who is planting just now.
    """
    told = said.read(words, pictured=turn.attached is not None and turn.attached.what == "picture")
    if told is None:
        return False
    if told.act == "all":
        return True
    if told.mine and only_one(turn) is None:
        return False  # somebody's own flowers, at home
    days = [on for row in turn.posted() if row.kind == rows.KIND and (on := roster_of(turn.session, row))]
    if told.act == "adopt" and told.place and not said.for_good(words):
        return not any(rows.key(slot.label) == rows.key(told.place) for on in days for slot in on.slots)
    if told.act == "watered" and not told.place:
        return not any(
            on.occurrence.starts_at and on.occurrence.starts_at <= turn.now and held_by(on, turn) for on in days
        )
    return True


def held_by(on: Roster, turn: Turn) -> bool:
    return any(claim.member_id == turn.member.id for slot in on.slots for claim in on.taking(slot))


def carry(turn: Turn, _wish: Wish, words: str) -> bool:
    """All that can be said of balconies."""
    thing = turn.attached
    pictured = thing is not None and thing.what == "picture"
    told = said.read(words, pictured=pictured)
    if told is None:
        return False
    rows.learn(turn.work)
    care.begin(turn.work)
    kept = thing.kept if thing is not None and pictured else ""
    if told.act == "all":
        if not rows.balconies(turn.session, turn.here.id):
            return False  # then it is the kind of activity that is meant
        turn.privately("balcony.places")
        return True
    if told.act == "rained":
        return rained(turn)
    if told.act == "of_plant":
        return of_plant(turn, told, words, kept)
    if told.act == "give_back" and not (told.place or told.mine):
        return of_mine(turn, told)
    row = only_one(turn) if told.mine else None
    row = rows.called(turn.session, turn.here.id, told.place) if told.place else row
    if told.place and row is None:
        return unknown(turn, told)
    if row is None:
        return watered_somewhere(turn, kept)
    turn.meant = Meant.SURELY
    done = about(turn, row, told, words, kept)
    if done and kept and told.act in ("needs", "adopt"):
        rows.tell_picture(turn.work, row, "after", kept)
    return done


def unknown(turn: Turn, told: said.OfBalcony) -> bool:
    """A building of which nobody knows a balcony: who coordinates makes one by saying how it stands."""
    if told.act in ("state", "adopt") and turn.coordinates:
        row = rows.make(turn.work, tidy_line(told.place.removesuffix("阳台").removesuffix("的"), 20))
        return about(turn, row, told, "", "")
    if not turn.chat.private:
        return False
    turn.tell("balcony.no_such", name=tidy_line(told.place, 20))
    return True


def of_plant(turn: Turn, told: said.OfBalcony, words: str, kept: str) -> bool:
    """薄荷蔫了, where one balcony alone has mint, or the speaker looks after one alone. False: it was talk."""
    growing = [row for row in rows.balconies(turn.session, turn.here.id) if row.state in rows.GROWING]
    own = only_one(turn) if turn.chat.private and said.of_any(told.grows) else None
    found = [own] if own is not None else [row for row in growing if told.grows in row.grows]
    mine = [row for row in found if rows.carer(turn.session, row) == turn.member.id]
    found = mine or found
    whole = of_a_place(words) if len(found) == 1 else None
    if whole is None:
        return False
    turn.meant = Meant.SURELY
    return about(turn, found[0], whole, words, kept)


def of_a_place(words: str) -> said.OfBalcony | None:
    """The same words, said of a place; which one is known."""
    bare = words.strip().removeprefix("the ").removeprefix("The ")
    return said.read(f"1号楼的{words}") or said.read(f"building 1: {bare}")


def only_one(turn: Turn) -> Balcony | None:
    """The only one that the speaker looks after."""
    every = rows.balconies(turn.session, turn.here.id)
    mine = [row for row in every if rows.carer(turn.session, row) == turn.member.id]
    return mine[0] if len(mine) == 1 else None


def of_mine(turn: Turn, told: said.OfBalcony) -> bool:
    """我不养了: of the only one that the speaker looks after."""
    row = only_one(turn)
    if row is None:
        return False
    turn.meant = Meant.SURELY
    return about(turn, row, told, "", "")


def about(turn: Turn, row: Balcony, told: said.OfBalcony, words: str, kept: str) -> bool:
    """What was said of this one."""
    match told.act:
        case "story":
            show(turn, row)
        case "watered":
            water(turn, [row], kept)
        case "needs":
            needs(turn, row, words if told.helps else "", helps=told.helps)
        case "adopt":
            adopt(turn, row)
        case "give_back":
            give_back(turn, row)
        case "hand":
            return hand_over(turn, row, told.who)
        case "photo":
            return photo(turn, row, told.state, kept)
        case "state":
            stand(turn, row, told, words, kept)
    return True


def show(turn: Turn, row: Balcony) -> None:
    """Its story, and its first and last picture."""
    turn.privately("balcony.story", claim_id=row.id)
    taken = [step for step in rows.steps(turn.session, turn.here.id, row.id) if step.picture]
    for step in {taken[0].id: taken[0], taken[-1].id: taken[-1]}.values() if taken else ():
        turn.work.owe(
            "balcony.picture", member_id=turn.member.id, claim_id=row.id, occasion=f"{step.id}>{turn.work.once()}"
        )


def water(turn: Turn, found: list[Balcony], kept: str = "") -> None:
    rows.water(turn.work, found, picture=kept)
    turn.mark()
    turn.tell("balcony.thanks_water", name=text(turn.lang, "list.comma").join(row.name for row in found))


def watered_somewhere(turn: Turn, kept: str) -> bool:
    """浇过了: of one's own; else of the only one that waits for water; else it is asked. False: it was talk."""
    growing = [row for row in rows.balconies(turn.session, turn.here.id) if row.state in rows.GROWING]
    mine = [row for row in growing if rows.carer(turn.session, row) == turn.member.id]
    dry = [row for row in growing if rows.overdue(turn.work, row) >= 0]
    found = mine or (dry if len(dry) == 1 else [])
    if found:
        water(turn, found, kept)
        return True
    if not turn.chat.private or not growing:
        return False
    options = [(row.name, Wish("balcony_watered", slot=row.id)) for row in (dry or growing)[:9]]
    ask(turn, "balcony.which", options)
    return True


def carry_watered(turn: Turn, wish: Wish, _rest: str) -> None:
    """Which one was watered, chosen."""
    row = rows.balcony(turn.session, turn.here.id, wish.slot)
    if row is None:
        turn.refuse(Refusal("old_button"))
    else:
        water(turn, [row])


def rained(turn: Turn) -> bool:
    """下过雨了: none needs water for today."""
    growing = [row for row in rows.balconies(turn.session, turn.here.id) if row.state in rows.GROWING]
    if not growing:
        return False
    rows.water(turn.work, growing, "rained")
    turn.mark()
    turn.tell("balcony.thanks_rain")
    return True


def needs(turn: Turn, row: Balcony, words: str = "", *, helps: bool = False) -> None:
    """3号楼阳台要浇水, 3号楼的葱黄了: its carer reads the words; where nobody looks after it, those who coordinate.

    Each reads it once a day: what others see of it later is added there, and they hear that it is known.
    """
    who = rows.carer(turn.session, row)
    if row.state not in rows.GROWING:
        row.state = "planted"
    rows.note(turn.work, row, "needs")
    asks = helps and who == turn.member.id  # its carer asks who could go
    words = words if asks or not helps else ""
    known = [knew(turn, row, id, words) for id in ([who] if who and not asks else sorted(turn.work.coordinators))]
    turn.mark()
    facts = {"name": row.name, "who": turn.lookup().name(who) if who else ""}
    if asks:
        turn.tell("balcony.told_help", **facts)
    elif who == turn.member.id:
        turn.tell("balcony.your_own", **facts)
    elif known and all(known):
        turn.tell("balcony.known_carer" if who else "balcony.known_coordinators", **facts)
    elif who:
        turn.tell("balcony.told_looks" if words else "balcony.told_carer", **facts)
    else:
        turn.tell("balcony.told_coordinators", **facts)


def knew(turn: Turn, row: Balcony, member_id: int, words: str) -> bool:
    """Whether this one knew already today; else they are told, by whoever speaks."""
    said = tidy_line(words, 60)
    post = rows.told_today(turn.work, row, member_id)
    if post is not None and (post.kind == "balcony.needs" or not said):
        body = Of.of(post)
        heard = {body.said, *(words for _, words in body.also)}
        if post.kind == "balcony.needs" and said not in heard and len(heard) < MOST_SAID:
            post.body = replace(body, also=(*body.also, (turn.member.id, said))).stored()
            posts.touch(turn.session, [post], turn.now)
        return True
    if member_id != turn.member.id:
        turn.privately("balcony.needs", member_id=member_id, claim_id=row.id, body=Of(by=turn.member.id, said=said))
    return False


MOST_SAID = 6
"""So many neighbours' words stand in one message."""


def adopt(turn: Turn, row: Balcony) -> None:
    """认养3号楼: whoever looks after it already is asked whether they hand it over."""
    has = rows.carer(turn.session, row)
    if has and has != turn.member.id:
        facts = {"name": row.name, "who": turn.lookup().name(has)}
        asked = select(posts.Post).where(
            posts.Post.community_id == turn.here.id, posts.Post.claim_id == row.id, posts.Post.kind == "balcony.want"
        )
        open_ones = turn.session.exec(asked.where(posts.Post.state == posts.OPEN)).all()
        if any(Of.of(post).by == turn.member.id and post.member_id == has for post in open_ones):
            turn.tell("balcony.taken_asked", **facts)
            return
        turn.privately("balcony.want", member_id=has, claim_id=row.id, body=Of(by=turn.member.id, was=has))
        turn.tell("balcony.taken", **facts)
        return
    if not has:
        rows.give(turn.work, row, turn.member.id)
    turn.mark()
    turn.tell("balcony.adopted", name=row.name)


def may(turn: Turn, row: Balcony) -> bool:
    """Whether the speaker looks after it or coordinates; else it was refused."""
    if turn.coordinates or rows.carer(turn.session, row) == turn.member.id:
        return True
    turn.tell("balcony.not_yours", name=row.name)
    return False


def give_back(turn: Turn, row: Balcony) -> None:
    if may(turn, row):
        rows.give(turn.work, row, 0)
        turn.mark()
        turn.tell("balcony.given_back", name=row.name)


def hand_over(turn: Turn, row: Balcony, name: str) -> bool:
    """To whom it is handed is asked first."""
    if not may(turn, row):
        return True
    match people.find(turn, tidy_name(name)):
        case Member() as found:
            body = Of(by=turn.member.id, was=rows.carer(turn.session, row))
            turn.privately("balcony.adopt", member_id=found.id, claim_id=row.id, body=body)
            turn.mark()
            turn.tell("balcony.handed", name=row.name, who=found.name)
        case _:
            turn.refuse(Refusal("nobody_called", {"name": tidy_name(name)}))
    return True


def stand(turn: Turn, row: Balcony, told: said.OfBalcony, words: str, kept: str) -> None:
    """How it stands, by who looks after it or coordinates; that it stands badly is told them by anybody."""
    minds = turn.coordinates or rows.carer(turn.session, row) == turn.member.id
    if told.state in ("care", "dead") and not minds and row.state in rows.GROWING:
        needs(turn, row, words)
    elif told.state == "thriving" and not minds and row.state in rows.GROWING:
        turn.tell("balcony.praised", name=row.name)
    elif may(turn, row):
        state: rows.State = next((each for each in rows.STATES if each == told.state), rows.EMPTY)
        rows.stand(turn.work, row, state, tidy_line(told.grows, 20), kept)
        turn.mark()
        turn.privately("balcony.story", claim_id=row.id)


def photo(turn: Turn, row: Balcony, sort: str, kept: str) -> bool:
    if not kept:
        turn.tell("balcony.picture_lost")
        return True
    rows.tell_picture(turn.work, row, sort, kept)
    turn.mark()
    turn.tell("balcony.picture_kept", name=row.name)
    return True
