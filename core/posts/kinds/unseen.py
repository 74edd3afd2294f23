"""Posts that are never shown: the deed that each stands for is done at its time, once, over a restart as well."""

from __future__ import annotations

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


def again(work: Work, post: Post) -> None:
    """What was edited meanwhile is said once more, if it is still so."""
    ring(work.session, post, work.now)


NEXT = PostKind("next", act=next_one, urgency=NOTICE)
FADE = PostKind("fade", act=fade, urgency=NOTICE, restored=True)
DROPPING = PostKind(retention.NIGHT, act=retention.at_its_time, urgency=NOTICE, restored=True)
ARRIVALS = PostKind(ARRIVED.kind, Climb, act=ARRIVED.climb, urgency=OFFER)
RETURNS = PostKind(BACK.kind, Climb, act=BACK.climb, urgency=OFFER)
SHORT_OF = PostKind(SHORT.kind, Climb, act=SHORT.climb, urgency=NOTICE)
SETTING_OUT = PostKind("set_out", act=offer_setting_out, urgency=NOTICE)
ANEW = PostKind(KIND, act=show_anew, urgency=NOTICE)
AGAIN = PostKind("again", act=again, urgency=NOTICE)
