"""Every kind of post, one file for each or for a few that belong together.

They stand on everything else in the core, for their presses are talk; only what puts a community together imports them
(`core/serving.py`). Whoever meets a post asks `here.posts` what its kind says.
"""

from __future__ import annotations

from collections.abc import Mapping

from core.posts.kind import PostKind
from core.posts.kinds.answered import ANSWERED
from core.posts.kinds.ask import ASK
from core.posts.kinds.away import AWAY, AWAY_OVER
from core.posts.kinds.calls import CALL
from core.posts.kinds.chain import CHAIN, CHAINED
from core.posts.kinds.confirm import CONFIRM
from core.posts.kinds.coordinator import EMPTY, UNTOLD
from core.posts.kinds.cut_off import CUT_OFF, GREETING, LET_GO
from core.posts.kinds.details import DETAILS
from core.posts.kinds.draft import DRAFT
from core.posts.kinds.exchange import EXCHANGE, EXCHANGED
from core.posts.kinds.holidays import HOLIDAYS
from core.posts.kinds.lines import LINE, LINES
from core.posts.kinds.linking import LINK, LINKED
from core.posts.kinds.lists import MINE, OPEN_ONES
from core.posts.kinds.looking_after import ANY_WORD, NO_WORD
from core.posts.kinds.meetings import MEETINGS
from core.posts.kinds.notice import NOTICE
from core.posts.kinds.offer import OFFER, OFFER_ENDS, SETTLED_AT_START
from core.posts.kinds.ours import FOREIGN, LEAVE, OURS
from core.posts.kinds.passed import PASSED, PUZZLE, REPLY
from core.posts.kinds.quieted import QUIETED
from core.posts.kinds.readback import READBACK
from core.posts.kinds.records import MISSING, MISSING_TOLD, RECORD, RECORD_FILE
from core.posts.kinds.regular import REGULAR
from core.posts.kinds.remind import REMIND
from core.posts.kinds.rights import CONSENTS, ERASE, FORGET_ME, MY_DATA, MY_DATA_FILE
from core.posts.kinds.roll import ROLL
from core.posts.kinds.roster import ROSTER
from core.posts.kinds.rounds import ROUNDS
from core.posts.kinds.sameness import MERGED, SAME, VOUCH
from core.posts.kinds.say import SAY
from core.posts.kinds.several import SEVERAL
from core.posts.kinds.stand_in import SEEK, STAND_IN, STOOD_IN
from core.posts.kinds.todays import MORNING, TODAYS
from core.posts.kinds.underfilled import WANTED
from core.posts.kinds.unseen import AGAIN, ANEW, ARRIVALS, DROPPING, FADE, NEXT, OVER, RETURNS, SETTING_OUT, SHORT_OF

ALL: tuple[PostKind, ...] = (
    *(ROSTER, DRAFT, DETAILS, ASK, CONFIRM, SAY, MINE, OPEN_ONES, CHAIN, CHAINED, QUIETED),
    *(READBACK, SEVERAL, REGULAR, EXCHANGE, EXCHANGED, OFFER, NOTICE, REMIND, LINE, LINES, EMPTY, CALL, UNTOLD),
    *(SAME, VOUCH, MERGED, OURS, FOREIGN, LEAVE, CUT_OFF, GREETING, LET_GO),
    *(PUZZLE, PASSED, REPLY, ANSWERED),
    *(SEEK, STAND_IN, STOOD_IN, OFFER_ENDS, SETTLED_AT_START),
    *(HOLIDAYS, AWAY, AWAY_OVER, ROLL, RECORD, RECORD_FILE, MISSING, MISSING_TOLD),
    *ROUNDS,
    *MEETINGS,
    *(MY_DATA, MY_DATA_FILE, CONSENTS, FORGET_ME, ERASE, LINK, LINKED),
    *(ARRIVALS, RETURNS, SETTING_OUT, ANY_WORD, NO_WORD, SHORT_OF, WANTED, MORNING, TODAYS),
    *(NEXT, OVER, FADE, AGAIN, ANEW, DROPPING),
)
POST_KINDS: Mapping[str, PostKind] = {kind.name: kind for kind in ALL}
"""By name, as rows have it."""
