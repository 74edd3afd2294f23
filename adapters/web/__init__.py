"""The local web page: a network of our own, with the community's groups and each person's private chat with the bot."""

from collections.abc import Sequence

from adapters.adapter import Adapter, Clock, Finding, Id
from adapters.settings import Around
from adapters.web.settings import WebSection, told
from adapters.web.wording import catalogue
from core.db import Database
from core.forgetting import FORGETS
from core.network import Can, Network

CAN = Can(max_text=20_000, in_flight=4, leaves=False)
"""Everything but reactions as presses: what has a button needs none. The page and its groups are ours: it needs no
pace, and there is no group to leave."""


def _build(section: WebSection, around: Around, database: Database, clock: Clock) -> Network:
    from adapters.web.forgetting import forget_person
    from adapters.web.network import WebNetwork

    FORGETS[WEB.name] = forget_person
    settings = told(section, around)
    return WebNetwork(settings, database, clock, push=clock.push if settings.playing else None)


async def _check(section: WebSection, around: Around) -> Sequence[Finding]:
    from adapters.web.check import check

    return check(section, around)


WEB = Adapter(
    name="web",
    can=CAN,
    section=WebSection,
    person=Id(r"\S{1,64}", "web:yang"),
    group=Id(r"\S{1,64}", "web:group"),
    words=catalogue,
    build=_build,
    check=_check,
    otherwise=True,
    invites=True,
)
