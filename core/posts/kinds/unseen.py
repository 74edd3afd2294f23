"""Posts that are never shown: the deed that each stands for is done at its time, once, over a restart as well."""

from __future__ import annotations

from core import posts
from core.activities import Occurrence
from core.confiding import faded
from core.deeds import retention
from core.deeds.ladders import Climb
from core.deeds.looking_after import ARRIVED, BACK, offer_setting_out
from core.deeds.newcomers import KIND, show_anew
from core.deeds.posting import next_of
from core.deeds.standing import ring
from core.deeds.underfilled import SHORT
from core.posts.kind import PostKind
from core.posts.row import NOTICE, OFFER, Post
from core.visiting import Visiting
from core.work import Work


def next_one(work: Work, post: Post) -> None:
    """An activity of a series is over: the next goes up."""
    occurrence = work.session.get(Occurrence, (work.here.id, post.occurrence_id))
    if occurrence is not None:
        next_of(work, occurrence)


def fade(work: Work, post: Post) -> None:
    """So long after the end as the settings say, what was confided goes from all screens."""
    occurrence = work.session.get(Occurrence, (work.here.id, post.occurrence_id))
    if occurrence is not None:
        faded(work.session, occurrence, work.now, work.here.settings(Visiting).lasts)


def over(work: Work, post: Post) -> None:
    """It is over: its roster, which says what is missing, asks for nothing any more. Or it was moved meanwhile."""
    occurrence = work.session.get(Occurrence, (work.here.id, post.occurrence_id))
    if occurrence is None or occurrence.starts_at is None:
        return
    if work.now < occurrence.ends():
        work.owe_at("over", occurrence.ends(), occurrence_id=occurrence.id, occasion="over")
    else:
        posts.touch(work.session, posts.standing(work.session, work.here.id, occurrence.id, "roster"), work.now)


def again(work: Work, post: Post) -> None:
    """What was edited meanwhile is said once more, if it is still so."""
    ring(work.session, post, work.now)


OVER = PostKind("over", act=over, urgency=NOTICE, restored=True)
NEXT = PostKind("next", act=next_one, urgency=NOTICE)
FADE = PostKind("fade", act=fade, urgency=NOTICE, restored=True)
DROPPING = PostKind(retention.NIGHT, act=retention.at_its_time, urgency=NOTICE, restored=True)
ARRIVALS = PostKind(ARRIVED.kind, Climb, act=ARRIVED.climb, urgency=OFFER)
RETURNS = PostKind(BACK.kind, Climb, act=BACK.climb, urgency=OFFER)
SHORT_OF = PostKind(SHORT.kind, Climb, act=SHORT.climb, urgency=NOTICE)
SETTING_OUT = PostKind("set_out", act=offer_setting_out, urgency=NOTICE)
ANEW = PostKind(KIND, act=show_anew, urgency=NOTICE)
AGAIN = PostKind("again", act=again, urgency=NOTICE)
