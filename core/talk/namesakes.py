"""Two of one name: who is put down may be another than the one on the list, and 另一位 says so."""

from __future__ import annotations

from dataclasses import replace

from core.claims import by_id
from core.members import member
from core.news import Told
from core.posts import Post
from core.reading.parts import at_home, without_flat
from core.rules import Refusal
from core.talk.asking import ask
from core.talk.people import is_handle
from core.talk.wishes import Wish, restored
from core.turn import Turn
from core.words import text
from core.words.clean import tidy_name


def as_typed(wish: Wish, said: str) -> tuple[str, str]:
    """The name of somebody to be put down, and as it was typed: with the building, if that was said, never the flat."""
    at, name = (wish.lives, said) if wish.lives else at_home(said)
    door = without_flat(at)[0] if at else ""
    return tidy_name(name), tidy_name(f"{name}（{door}）" if door else name)


def another(wish: Wish, name: str) -> Wish:
    """The same, for one more of this name instead of the one who was found."""
    return replace(wish, people=(), called=(), strangers=(*wish.strangers, name), myself=False, typed=True)


def there_already(turn: Turn, wish: Wish, id: int) -> None:
    """Who is named stands on the roster: said, and another of that name is offered."""
    known = Refusal("already_there", {"name": turn.lookup().name(id)})
    name = dict(zip(wish.people, wish.called, strict=False)).get(id, "")
    if not name or is_handle(name) or not turn.hears_privately:
        turn.refuse(known)
        return
    ask(turn, known.key, [(text(turn.lang, "action.another"), another(wish, name))], **known.facts)


def may_be_another(turn: Turn, wish: Wish) -> Wish | None:
    """What a read-back needs so that 另一位 can be pressed under it: for one who was found by name alone."""
    if wish.myself or wish.strangers or len(wish.people) != 1 or len(wish.called) != 1 or is_handle(wish.called[0]):
        return None
    if member(turn.session, turn.here.id, wish.people[0]).proxy_id == turn.member.id:
        return None  # whom they speak for they know
    return another(wish, wish.called[0])


def wished(turn: Turn, post: Post) -> Wish:
    """What 另一位 under a read-back wishes for: the same place and thing, for another."""
    body = Told.of(post)
    claims = by_id(turn.session, turn.here.id, [id for id, _ in body.claims])
    wish = restored(dict(body.another))
    return replace(wish, occurrence=post.occurrence_id, slot=claims[0].slot_id if claims else 0)
