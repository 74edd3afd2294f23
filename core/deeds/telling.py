"""Telling: rosters are shown anew, and whoever must know is owed a word. What it says is the renderers' matter."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlmodel import col, select

from core import posts
from core.activities import Occurrence
from core.claims import Roster
from core.confiding import look_again
from core.deeds.standing import crowded, follow, renew, soon, stand
from core.members import accounts_of, member
from core.news import Notice
from core.posts import NOTICE, OFFER, Body, Post
from core.weeks import rosters_of
from core.work import Work


def concerned(
    work: Work, on: Roster, whose: Collection[int] | None = None, also: Collection[str] = ()
) -> Sequence[Post]:
    """The posts that a change of this occurrence concerns, of these members (None: of all), asked for at once.

    `also`: kinds of posts that whoever changes it looks at besides.
    """
    kinds = work.here.posts.values()
    more = {*also, *(("notice",) if soon(work, on) else ())}
    return posts.following(work.session, work.here.id, on.occurrence.id, kinds, whose, more)


def changed(work: Work, on: Roster, whose: Collection[int] | None = None, there: Sequence[Post] | None = None) -> None:
    """The occurrence changed: rosters are to be shown anew, and what was said of it to these members (None: to all).

    `there`: the posts that are concerned, where they were asked for already.

    A read-back is followed while it offers 撤销: once more when that must go, and then it stays as it was said. What
    shows confided words is followed as long as it does.
    """
    there = concerned(work, on, whose) if there is None else there
    follows = {name for name, kind in work.here.posts.items() if kind.follows != "never"}
    posts.touch(work.session, [post for post in there if post.kind in follows], work.now)
    if on.occurrence.shown_with not in (0, on.occurrence.id):
        posts.touch(work.session, rosters_of(work.session, work.here.id, [on.occurrence.id]), work.now)
    if work.kind(on.occurrence).keeps(on.occurrence):
        look_again(work.session, work.here.id, work.now, members=whose, occurrence_id=on.occurrence.id)
    follow(work, on, there)
    for feature in work.here.features.values():
        if feature.changed is not None:
            feature.changed(work, on)


STILL_READ = timedelta(days=2)
"""What was sent longer ago offers nothing of a place any more."""


def off_the_screens(work: Work, off: Sequence[Occurrence]) -> None:
    """These were called off: what stands on anybody's screen is to offer no place in them, and to undo nothing.

    A question names several activities, and what was done on several days is about all of them: their rows name none.
    """
    ids = [0, *(o.id for o in off)]
    rows = work.session.exec(
        select(Post).where(
            Post.community_id == work.here.id,
            col(Post.occurrence_id).in_(ids),
            Post.state == posts.OPEN,
            col(Post.message).is_not(None),
            col(Post.member_id) != 0,
            Post.due > work.now - STILL_READ,
        )
    ).all()
    posts.touch(work.session, [row for row in rows if row.actions], work.now)


def notify(work: Work, member_id: int, kind: str, occurrence: Occurrence, body: Body, *, urgency: int = OFFER) -> None:
    """Owe somebody else a private message about an occurrence; when it goes to and fro, the last one is edited."""
    if (before := crowded(work, member_id, kind, occurrence, body)) is not None:
        renew(work.session, before, work.now, body)
        return
    work.owe(
        kind,
        urgency=urgency,
        member_id=member_id,
        occurrence_id=occurrence.id,
        occasion=f"{work.occasion}>{member_id}",
        expires=occurrence.ends() if occurrence.starts_at else None,
        body=body,
    )


def tell_holders(work: Work, on: Roster, key: str, *, spared: Collection[int] = (), **facts: str | int) -> None:
    """Tell everybody who has promised, who acts left out; who waits is told as well. Whoever hears for several is told
    once, with their names. `spared`: members whom it does not touch."""
    for id, wards in hearers(work, on, spared).items():
        body = Notice(key=key, facts=facts, whom=wards, by=work.by.member)
        notify(work, id, "notice", on.occurrence, body)


def tell_holders_of(work: Work, rosters: Sequence[Roster], key: str) -> None:
    """The same of several activities at once: whoever is on more than one of them is told once."""
    heard: dict[int, list[tuple[Roster, tuple[int, ...]]]] = {}
    for on in rosters:
        for id, wards in hearers(work, on).items():
            heard.setdefault(id, []).append((on, wards))
    for id, news in heard.items():
        whom = tuple(dict.fromkeys(ward for _, wards in news for ward in wards))
        also = tuple(on.occurrence.id for on, _ in news[1:])
        body = Notice(key=key, whom=whom, by=work.by.member, also=also)
        notify(work, id, "notice", news[0][0].occurrence, body)


def hearers(work: Work, on: Roster, spared: Collection[int] = ()) -> dict[int, tuple[int, ...]]:
    """Who is to be told of what happened to an activity, and for whom each hears it besides themselves."""
    heard: dict[int, list[int]] = {}
    for id in dict.fromkeys(c.member_id for c in on.claims if c.member_id not in (work.by.member, *spared)):
        who = member(work.session, work.here.id, id)
        proxy = who.proxy_id if who.proxy_id and not accounts_of(work.session, work.here.id, who.id) else None
        wards = heard.setdefault(proxy or id, [])
        if proxy:
            wards.append(id)
    return {id: tuple(wards) for id, wards in heard.items()}


def tell_coordinator(work: Work, on: Roster, key: str, *, whose: int, **facts: str | int) -> None:
    """A private word about `whose` doing to the coordinator who posted it, unless that is who acts."""
    maker = on.occurrence.made_by
    if maker and maker != work.by.member:
        stand(work, maker, on, key, whose=whose, urgency=NOTICE, **facts)


def name_of(work: Work, member_id: int) -> str:
    """How somebody is called now."""
    return member(work.session, work.here.id, member_id).name
