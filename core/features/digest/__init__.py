"""简报: a short digest of what happened and what comes, drafted for a coordinator and posted with one press."""

from __future__ import annotations

from pathlib import Path

from core.deeds.digest import look_next
from core.digest import Digesting
from core.feature import Feature, Verb
from core.features.digest.article import ARTICLE, ARTICLE_FILE, ask
from core.features.digest.drafted import DRAFT, POSTED, TIME, WHAT, draft, draft_month, hears, stop, want
from core.reading.parts import Spelt

DIGEST = Spelt(
    "digest",
    zh="(?:我?要?(?:看|出|发|写|做|来)(?:一?[份期个下])?)?(?:本周|这周|这个?星期|这一周|每周)?(?:的)?(?:简报|周报)",
    en="(?:(?:make|write|send|the|a|this|week's|weekly)\\s+)*digest",
)
MONTH = Spelt(
    "digest_month",
    zh="(?:上个?月|(?:上个?月)?的?月度)(?:的)?(?:简报|月报)|简报[\\s,:]*上个?月的?|上个?月的?(?:简报|月报)",
    en="(?:last month's digest|digest,? (?:of |for )?(?:the )?last month)",
)
WRITTEN = Spelt(
    "digest_article",
    zh="(?:简报|周报)[\\s,:]*(?:的|写成|做成|出)?(?:一篇)?(?:公众号)?(?:的)?(?:文章|推文|推送)|(?:写|出|做)(?:一?篇)?(?:简报|公众号)(?:的)?(?:文章|推文|推送)|公众号(?:文章|推文|推送)",
    en="(?:the |a )?digest(?: as)?(?: an)? article|article (?:for|of) the digest",
)
SUBSCRIBE = Spelt(
    "subscribe",
    zh="(?:我要?)?(?:也要?)?(?:想)?(?:订阅(?:一下|一份)?(?:简报|周报)?|订(?:一份|一下)?(?:简报|周报))|(?:我也?)?(?:想|要)(?:私下)?看(?:简报|周报)",
    en="subscribe(?: to (?:the )?digest)?",
)
UNSUBSCRIBE = Spelt(
    "unsubscribe",
    zh="(?:我)?(?:不|别|不想|不要)(?:再)?(?:订阅?|看|收|发)(?:简报|周报)?了?|(?:退订|取消订阅)(?:简报|周报)?了?|(?:简报|周报)(?:不要|不订|不看|别发)了?|"
    "(?:我)?(?:不要|别|勿要|不用)(?:再)?(?:给我|跟我)?发(?:这个|这些)?(?:简报|周报)(?:给我)?了?",
    en="unsubscribe(?: from (?:the )?digest)?|"
    "(?:no|no more|stop(?: sending)?(?: me)?(?: the)?) digests?(?: any more)?(?: please)?",
)
FOLDER = Path(__file__).parent
FEATURE = Feature(
    folder=FOLDER,
    verbs=(
        Verb(DIGEST, draft, who="coordinators"),
        Verb(MONTH, draft_month, who="coordinators"),
        Verb(WRITTEN, ask, who="coordinators"),
        Verb(UNSUBSCRIBE, stop),
        Verb(SUBSCRIBE, want),
    ),
    posts=(DRAFT, WHAT, POSTED, TIME, ARTICLE, ARTICLE_FILE),
    settings=Digesting,
    hears=hears,
    begins=look_next,
)
