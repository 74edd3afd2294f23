"""Coming late: 我晚到十分钟, running 10 minutes late; said of oneself and of now."""

from __future__ import annotations

import re

from core.reading.parts import plain

LONGEST = 120
"""Letters that are read: who is late says so in a sentence."""
_LASTS = r"(?:\d{1,3}|[一二两三四五六七八九十半几廿]{1,3})个?多?(?:分钟|分|刻钟|刻|小时|钟头|半小时|半钟头)"
_MANY_EN = r"(?:\d{1,3}|a few|a couple of|five|ten|fifteen|twenty|thirty|forty|half an|an|one|two)"
_LASTS_EN = rf"{_MANY_EN}[ -]?(?:minutes?|mins?|hours?)"
_LATE = re.compile(
    rf"(?:晚|迟)(?P<zh>{_LASTS})(?:左右)?(?:才|再|就)?(?:能|会|可以)?(?:到|来|过来|过去|出发)"
    rf"|(?:晚|迟)(?:到|来)(?:大概|大约|差不多|个)?(?P<zh2>{_LASTS})?"
    r"|(?:晚|迟)(?:一?会儿?|一?点儿?|一?些|几分钟)(?:才|再|就)?(?:能|会)?(?:到|来|过来|过去|出发)"
    rf"|^(?:我|今天|今晚|明天|可能|会|要|大概|,|\s)*(?:晚|迟)(?P<zh3>{_LASTS})(?:左右)?$"
    rf"|\b(?:running|be|come|coming|arrive|arriving|there|bit|little|i'm|i am|we're) (?:about |maybe |probably )*"
    rf"(?P<en>{_LASTS_EN})? ?late\b(?! (?:night|supper|dinner))|\b(?P<en2>{_LASTS_EN}) late\b"
    rf"|\blate by (?:about )?(?P<en3>{_LASTS_EN})|\bdelayed\b"
)
_NOT_SO = re.compile(
    r"(?:别|不要|勿要|覅|不|没|没有|怎么|谁|为什么|为啥|昨天|上次|上回|以前|老是|总是|从来)[^,。!?]{0,3}(?:晚|迟)(?:到|来|点|会)"
    r"|\b(?:don't|do not|never|not|yesterday|last|too late|why|who|was late|were late|being late)\b"
)


def lateness(words: str) -> str | None:
    """By how much somebody will be late, as they said it, '' where they did not; None: it says nothing of the kind."""
    if len(words) > LONGEST:
        return None
    text = " ".join(plain(words).text.replace("\u2019", "'").split()).strip(" .!,。~")
    found = _LATE.search(text)
    if found is None or _NOT_SO.search(text) or text.endswith(("吗", "?", "？")):
        return None
    return next((said for said in found.groups() if said), "")
