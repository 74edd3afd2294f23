"""What is done on a coordinator's desk: fields of a form, handed to the deeds and the talk that words come to as well.

A page shows what was so when it was drawn. Whatever changed since (somebody left, a colleague was quicker) is looked at
again here, and said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from core import posts
from core.activities import DRAFT, Occurrence
from core.claims import THERE, Claim, Roster, roster_of
from core.deeds import attending, withdrawing
from core.drafts import LOST, read_of
from core.fields import FIELDS, filled
from core.kind import squeeze
from core.messages import Arranged
from core.posts import Post, Press
from core.reading import read_command
from core.rules import Refusal, stands
from core.talk import attending as being_there
from core.talk import coordinating, drafting, passing
from core.talk.kept import kept
from core.talk.pressing import carry_out, pressed
from core.talk.saying import say_back
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.calls import to_ring
from core.views.details import names
from core.views.view import View
from core.words import text

Fields = Mapping[str, str]
SHARED = frozenset({"call", "no_word"})
"""What is put before several coordinators alike, so that whichever of them is quicker may answer it."""
LONGEST = 1_500
MOMENT = ("day", "begin", "end")
BETWEEN = re.compile(r"[、，,;；\n]+")
MYSELF = frozenset({"我", "我自己", "自己", "本人", "me", "myself"})


def arrange(turn: Turn, event: Arranged) -> None:
    """Do what was filled in or pressed, or say kindly why not."""
    do = DOES.get(event.what) if turn.here.id == event.community else None
    if not turn.may("arrange"):
        turn.refuse(Refusal("coordinators_only"))
    elif do is None:
        turn.refuse(Refusal("old_button"))
    else:
        do(turn, {name: value[:LONGEST] for name, value in event.fields.items()})


def id_in(fields: Fields, name: str) -> int:
    """An id that a form carries; 0 for none."""
    said = fields.get(name, "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 20 else 0


# ------------------------------------------------------------ 发布


def draft(turn: Turn, fields: Fields, replaces: Occurrence | None = None) -> None:
    """What was filled in, or said in one line, is read as a posting and shown to its author."""
    kind = fields.get("kind", "")
    said = together(fields.get("words", ""), words_of(turn, fields))
    if not said and not kind:
        turn.refuse(Refusal("desk_empty"))
    elif kind and kind not in turn.here.may_post:
        turn.refuse(Refusal("old_button"))
    else:
        name = text(turn.lang, f"{kind}.name") if kind else ""
        drafting.draft(turn, together(name, said), kind, replaces)


def amend(turn: Turn, fields: Fields) -> None:
    """Of a draft, the fields that say something else than before, and a line of words: only that changes."""
    o = own_draft(turn, fields)
    if o is None:
        return
    read = read_of(turn.session, o)
    if read is LOST:
        turn.refuse(Refusal("lost"))
        return
    before = filled(read.posting, turn.here.tz)
    anew = {name: fields.get(name, before[name]).strip() for name in FIELDS}
    changed = {name for name in FIELDS if anew[name] != before[name]}
    if "kind" in changed and anew["kind"] in turn.here.may_post:
        draft(turn, fields, replaces=o)
        return
    if changed & set(MOMENT):
        changed |= set(MOMENT)
    said = together(fields.get("words", ""), words_of(turn, {name: anew[name] for name in changed}))
    posting = kept(read.posting)
    if "note" in changed:
        posting = replace(posting, rest="")
    if "place" in changed:
        posting = replace(posting, place=None)
    if said:
        drafting.changed_to(turn, o, said, posting)
    else:
        drafting.lay_out(turn, o, posting, "", asked=read.question)
        drafting.show(turn, o)


def together(*parts: str) -> str:
    """What was written, and what fields say, under one another."""
    return "\n".join(part for said in parts if (part := said.strip()))


def own_draft(turn: Turn, fields: Fields) -> Occurrence | None:
    """A draft that still waits, of who acts; None: it was said what became of it."""
    o = turn.session.get(Occurrence, (turn.here.id, id_in(fields, "occurrence")))
    if o is None or o.made_by != turn.member.id or not turn.may("arrange", o.kind):
        turn.refuse(Refusal("old_button"))
        return None
    if o.state != DRAFT:
        turn.tell("draft.already" if o.number else "draft.discarded")
        return None
    return o


def words_of(turn: Turn, fields: Fields) -> str:
    """What stands in fields, a line each, in the words in which one would write it."""
    day, begin, end = (fields.get(name, "").strip() for name in ("day", "begin", "end"))
    hours = f"{begin}-{end}" if begin and end else begin
    count = fields.get("count", "").strip()
    values = {"when": f"{day} {hours}", "place": fields.get("place", ""), "note": fields.get("note", "")}
    values["count" if count.isdecimal() else "wanted"] = count
    lines = ((name, " ".join(value.split())) for name, value in values.items())
    return "\n".join(text(turn.lang, f"desk.field.{name}", value=value) for name, value in lines if value)


# ------------------------------------------------------------ what a post offers


def press(turn: Turn, fields: Fields) -> None:
    """What a post offers its reader: their own, or one that several coordinators have."""
    post = turn.session.get(Post, (turn.here.id, id_in(fields, "post")))
    action = fields.get("action", "")
    if post is None or post.state == posts.ENDED or not offered(turn, post, action):
        turn.refuse(Refusal("old_button"))
    else:
        carry_out(turn, pressed(post, action))


def offered(turn: Turn, post: Post, action: str) -> bool:
    """Whether this post offers that, or once did, to who acts."""
    kind = turn.here.posts.get(post.kind)
    found = pressed(post, action)
    if kind is None or kind.render is None or found.verb not in kind.presses:
        return False
    if post.kind in SHARED:
        return to_be_rung(turn, found)
    if post.member_id != turn.member.id:
        return False
    shown = kind.render(View(turn.lookup(), post, turn.lang, private=True, reader=turn.member.id))
    now = [each.id for each in shown.actions] if shown is not None else []
    return action in now or any(action == known for known, *_ in posts.ever_offered(post))


def to_be_rung(turn: Turn, found: Press) -> bool:
    """Whether somebody on the roster is meant, of a kind that who acts arranges."""
    lookup = turn.lookup()
    on = lookup.roster(found.post.occurrence_id)
    if on is None or not turn.may("arrange", on.occurrence.kind) or not found.arg.isdecimal():
        return False
    return int(found.arg) in {*to_ring(lookup, on), *(claim.member_id for claim in on.taking())}


def answer(turn: Turn, fields: Fields) -> None:
    """Words to who said what was passed on."""
    post = turn.session.get(Post, (turn.here.id, id_in(fields, "post")))
    words = fields.get("words", "").strip()
    if post is None or post.kind != "passed" or post.member_id != turn.member.id:
        turn.refuse(Refusal("old_button"))
    elif not words:
        turn.refuse(Refusal("desk_empty"))
    elif not passing.answer_to(turn, post, words):
        turn.refuse(Refusal("old_button"))


# ------------------------------------------------------------ a roster


def roster(turn: Turn, fields: Fields) -> Roster | None:
    """The activity that a form is about, held for a change; None: it was said why not."""
    o = turn.session.get(Occurrence, (turn.here.id, id_in(fields, "occurrence")))
    if o is None or not turn.may("arrange", o.kind):
        turn.refuse(Refusal("old_button" if o is None else "not_of_your_kind"))
        return None
    on = roster_of(turn.session, o, lock=True)
    if (refusal := stands(on)) is not None:
        turn.refuse(refusal)
        return None
    return on


def add(turn: Turn, fields: Fields) -> None:
    """Names to be put down, each with what they bring, into the place that was chosen if there are several."""
    on = roster(turn, fields)
    if on is None:
        return
    slot = id_in(fields, "slot")
    of_all = Wish("add", occurrence=on.occurrence.id, slot=slot if on.slot(slot) else 0, myself=False, typed=False)
    wishes = [put_down(turn, of_all, said) for part in BETWEEN.split(fields.get("names", "")) if (said := part.strip())]
    if any("+" in name for wish in wishes for name in wish.names):
        turn.refuse(Refusal("desk_guests"))
        return
    plain = [wish for wish in wishes if not wish.thing]
    together = replace(of_all, names=sum((w.names for w in plain), ()), people=sum((w.people for w in plain), ()))
    told = []
    for wish in (*([together] if plain or not wishes else ()), *(wish for wish in wishes if wish.thing)):
        coordinating.add(turn, wish)
        told.append(turn.answer.toast)
        turn.answer = replace(turn.answer, toast="")
    turn.answer = replace(turn.answer, toast="\n".join(filter(None, told)))


def put_down(turn: Turn, wish: Wish, said: str) -> Wish:
    """Who is to be put down by these words, read as after 加: 李阿姨 红烧肉, 我."""
    word = text(turn.lang, "desk.add")
    command = read_command(f"{word} {said}", context="private", kinds=turn.kinds, lang=turn.lang)
    if said.casefold() in MYSELF or squeeze(said) == squeeze(turn.member.name):
        return replace(wish, people=(turn.member.id,))
    if command.who and command.intent in ("add", "join"):
        return replace(wish, names=command.who, thing=command.thing or "", portions=command.portions)
    return replace(wish, names=(said,))


def remove(turn: Turn, fields: Fields) -> None:
    """Somebody is taken off, with those they bring; or one of these alone."""
    on = roster(turn, fields)
    if on is None:
        return
    claim = next((c for c in on.claims if c.id == id_in(fields, "claim")), None)
    if claim is None:
        turn.refuse(Refusal("desk_gone"))
        return
    theirs = [claim] if claim.ordinal and claim.guest_of else on.of(claim.member_id)
    say_back(turn, withdrawing.withdraw(turn.work, on, theirs, verb="remove"), on, "leave")


def attend(turn: Turn, fields: Fields) -> None:
    """到了 or 平安结束 of somebody who was rung up."""
    on = roster(turn, fields)
    verb, whose = fields.get("verb", ""), id_in(fields, "member")
    if on is None:
        return
    if verb not in ("here", "done") or not on.of(whose):
        turn.refuse(Refusal("desk_gone"))
        return
    being_there.attend(turn, Wish(verb, occurrence=on.occurrence.id, people=(whose,), myself=False, typed=False))


def roll(turn: Turn, fields: Fields) -> None:
    """Who is ticked was there. Only ticks that differ from what the page showed are written down, so that whoever else
    does the same meanwhile is not overruled.
    """
    on = roster(turn, fields)
    if on is None:
        return
    marks, gone = ticked(on, fields)
    if marks:
        came = attending.record(turn.work, on, marks)
        if isinstance(came, Refusal):
            turn.refuse(came)
            return
    there = len({claim.member_id for claim in on.taking() if claim.happened in THERE})
    if gone:
        turn.tell("desk.rolled_but", n=there, names=names(turn.lookup(), gone, turn.lang))
    else:
        turn.tell("desk.rolled", n=there)


def ticked(on: Roster, fields: Fields) -> tuple[dict[int, str], list[int]]:
    """What is to be written of each claim (a negative id: of who promised nothing), and who is there no more."""
    live: dict[int, Claim | None] = {claim.id: claim for claim in on.taking()}
    live |= dict.fromkeys(-id for id in on.unheard())
    marks: dict[int, str] = {}
    gone: list[int] = []
    for name, was in fields.items():
        kind, _, said = name.partition(".")
        if kind != "was" or not said.removeprefix("-").isdecimal():
            continue
        id, tick = int(said), f"there.{said}" in fields
        if tick == (was.partition(" ")[0] == "1"):
            continue
        if id not in live:
            gone += [int(whose)] if tick and (whose := was.partition(" ")[2]).isdecimal() else []
            continue
        claim = live[id]
        if tick:
            marks[id] = "present"
        elif claim is not None and claim.happened in THERE:
            marks[id] = "unknown"
    return marks, gone


DOES: Mapping[str, Callable[[Turn, Fields], None]] = {
    "draft": draft,
    "amend": amend,
    "press": press,
    "answer": answer,
    "add": add,
    "remove": remove,
    "attend": attend,
    "roll": roll,
}
