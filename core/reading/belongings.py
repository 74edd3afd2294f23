"""What people are asked to bring along."""

from __future__ import annotations

import re

from core.reading.page import Page

_NOT_BRING = (
    r"(?<!附近一)(?<!地)(?<!一)(?<!不用)(?<!不要)(?<!不需要)(?<!无需)(?<!不必)"
    r"(?<!不)(?<!别)(?<!绿化)(?<!安全)(?<!磁)(?<!领)"
)
BRING_LINE = re.compile(
    r"(?:请?自带|请?自备|需?携带|需要?带|带|物品|工具|准备|携带物品|自备物品|bring|to bring|"
    r"what to bring|please bring)\s?:\s*(?P<what>[^\n¦。;]+)"
)
BRING = re.compile(
    rf"(?:请|记得|需要?|要|另外?|麻烦|各自|自己|务必|并|每人|大家|各位|可以?|最好|同时|还要|"
    rf"也){{0,6}}+{_NOT_BRING}(?:自带|自备|携带|带上|带好|带着|备好|戴好|戴上|穿好|带)(?!队|头|小孩|孩子|领|"
    rf"路|动|来|去|回|家属|教|电|班|孙)\s?(?:自己的|一下|点(?!心)|些|一些|[个把](?=[^\s¦,。;!?]))?(?P<what>[^¦,。;:!?()\[\]【】\n]+)"
)
BRING_OWN = re.compile(
    r"(?:请)?(?:各自)?(?:自带|自备)(?:自己的|一下|点(?!心)|些|一些)?(?P<what>[^¦,。;:!?()\[\]【】\n]+)|"
    r"(?:^|[¦,。;:!\n\s])(?P<own>[^¦,。;:!?()\s\d]{1,10}?)(?:请)?(?:大家|各自)?(?:自带|自备)(?=[¦,。;!\s]|哦|$)"
)
"""What is said outright to be one's own: 自带碗筷, 剪刀自带. It goes before 每家带一道菜."""
BRING_EN = re.compile(
    r"(?<!not )(?<!n't )\b(?:please )?(?:bring|carry|byo|take)(?: along| with you| your own| your|"
    r" own| some)*\s(?P<what>[^¦,.;:!?()\n]+)|(?:with|wear) (?:your |your own |"
    r"own )(?P<own>[^¦,.;:!?()\n]+)"
)


def bring(page: Page) -> str | None:
    """What to bring, struck out; None when nothing is."""
    for pattern in (BRING_LINE, BRING_OWN, BRING, BRING_EN):
        found = pattern.search(page.left)
        if not found:
            continue
        group = "what" if found["what"] else "own"
        start, end = found.span(group)
        if pattern in (BRING, BRING_OWN) and group == "what":
            end = start + len(_first_words(page.left[start:end]))
        page.strike(found.start() if group == "what" else start, found.end() if group == "own" else end)
        said = re.sub(r"(?:就行|即可|就好|就可以|哦|噢|呀|啊|过来|来|参加|等)+$", "", page.said(start, end))
        said = re.sub(r"\s+(?:please|thanks|with you|along)$", "", said, flags=re.IGNORECASE)
        said = re.sub(r"^(?:an?|the|some|your)\s+(?=\S)", "", said, flags=re.IGNORECASE)
        return said.strip(" 、,，") or None
    return None


def _first_words(text: str) -> str:
    """Up to a space between Chinese words: 手套 活动室集合 is 手套."""
    lead = len(text) - len(text.lstrip())
    found = re.match(r"\S+(?:\s?[、和与及]\s?\S+)*", text[lead:])
    return text[: lead + found.end()] if found else text
