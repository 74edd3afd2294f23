"""What a post looks like: one renderer for each rule of posts, from rows as they are at delivery."""

from __future__ import annotations

from core.views.board import roster
from core.views.chain import chain, chained
from core.views.drafts import draft
from core.views.lists import mine, open_ones
from core.views.notices import call, confirm, empty, group_lines, line, notice, offer, quieted, said
from core.views.ours import foreign, leaving, ours
from core.views.questions import question
from core.views.readback import shown_back
from core.views.reminder import remind
from core.views.sameness import merged, same, vouch
from core.views.view import Rule, View

RULES: dict[str, Rule] = {
    "roster": Rule(roster, pins=True),
    "draft": Rule(draft),
    "ask": Rule(question),
    "confirm": Rule(confirm),
    "say": Rule(said, chatty=True),
    "mine": Rule(mine),
    "chain": Rule(chain),
    "chained": Rule(chained),
    "open": Rule(open_ones),
    "quieted": Rule(quieted),
    "readback": Rule(shown_back, fallback="line"),
    "offer": Rule(offer, fallback="line"),
    "notice": Rule(notice, fallback="line"),
    "same": Rule(same, fallback=None),
    "vouch": Rule(vouch, fallback="coordinators"),
    "merged": Rule(merged, fallback=None),
    "remind": Rule(remind, fallback="lines"),
    "empty": Rule(empty, fallback=None),
    "call": Rule(call, fallback=None),
    "ours": Rule(ours, fallback=None),
    "foreign": Rule(foreign, chatty=True, fallback=None, anywhere=True),
    "leave": Rule(leaving, fallback=None, anywhere=True, leaves=True),
    "line": Rule(line, chatty=True),
    "lines": Rule(group_lines),
}
"""Every rule a post can have."""

__all__ = ["RULES", "Rule", "View"]
