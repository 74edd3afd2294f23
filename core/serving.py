"""What a community wants its bot to be like: a row that is read strictly, whoever wrote it, and made a `Here` of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator
from sqlmodel import Session, SQLModel, select

from core import columns
from core.described import Described
from core.feature import Feature
from core.features import FEATURES
from core.here import Here
from core.ids import new_id
from core.keeping import Keeping
from core.known import appoint
from core.manners import DEFAULT, Manners, read_quiet, read_reminder
from core.members import Community
from core.posts.kind import PostKind
from core.posts.kinds import POST_KINDS


class Settings(BaseModel):
    """How a community wants its bot to behave.

    What an older version left out is as usual; what a later one added is not read.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    features: tuple[str, ...] = tuple(feature.name for feature in FEATURES)
    sections: dict[str, dict[str, Any]] = {}  # of features that have settings of their own
    groups: tuple[str, ...] = ()
    quiet: str = str(DEFAULT.quiet)
    group_budget: int = Field(DEFAULT.group_budget, ge=0)
    share: int = Field(DEFAULT.share, ge=1)
    chat_share: int = Field(DEFAULT.chat_share, ge=1)
    reminders: dict[str, tuple[str, ...]] = {}
    administrators_coordinate: bool = True
    late_hours: int = Field(DEFAULT.late // timedelta(hours=1), ge=0)
    under_filled: tuple[str, ...] = tuple(map(str, DEFAULT.under_filled))
    two_at_night: bool = False
    dark: str = str(DEFAULT.dark)
    morning: str = ""
    roster_ahead: int = Field(DEFAULT.roster_ahead, ge=0)
    weekly_roster: bool = False
    keeps_people: int = Field(DEFAULT.keeps_people, ge=0)
    keeping: dict[str, Any] = {}

    @field_validator("quiet")
    @classmethod
    def _quiet(cls, text: str) -> str:
        read_quiet(text)
        return text

    @field_validator("reminders")
    @classmethod
    def _reminders(cls, kinds: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for text in (text for texts in kinds.values() for text in texts):
            read_reminder(text)
        return kinds

    def manners(self, features: Iterable[Feature]) -> Manners:
        own = {feature.name: feature.settings for feature in features if feature.settings is not None}
        return Manners(
            quiet=read_quiet(self.quiet),
            group_budget=self.group_budget,
            share=self.share,
            chat_share=self.chat_share,
            reminders={kind: tuple(map(read_reminder, texts)) for kind, texts in self.reminders.items()},
            sections=tuple(made.model_validate(self.sections.get(name, {})) for name, made in own.items()),
            administrators_coordinate=self.administrators_coordinate,
            late=timedelta(hours=self.late_hours),
            under_filled=tuple(map(read_reminder, self.under_filled)),
            two_at_night=self.two_at_night,
            dark=read_quiet(self.dark),
            morning=time.fromisoformat(self.morning) if self.morning else None,
            roster_ahead=self.roster_ahead,
            weekly_roster=self.weekly_roster,
            keeps_people=self.keeps_people,
            keeping=Keeping.model_validate(
                {name: n for name, n in self.keeping.items() if name in Keeping.model_fields}
            ),
        )


class Kept(SQLModel, table=True):
    """The row of a community's settings."""

    __tablename__ = "settings"

    community_id: int = columns.key()
    body: dict[str, Any] = columns.json()


def settings_of(described: Described) -> Settings:
    manners = described.manners
    names = {feature.settings: feature.name for feature in (*FEATURES, *described.features)}
    return Settings(
        features=tuple(feature.name for feature in described.features),
        sections={names[type(section)]: section.model_dump(mode="json") for section in manners.sections},
        groups=tuple(described.groups),
        quiet=str(manners.quiet) if manners.quiet is not None else "off",
        group_budget=manners.group_budget,
        share=manners.share,
        chat_share=manners.chat_share,
        reminders={kind: tuple(map(str, reminders)) for kind, reminders in manners.reminders.items()},
        administrators_coordinate=manners.administrators_coordinate,
        late_hours=manners.late // timedelta(hours=1),
        under_filled=tuple(map(str, manners.under_filled)),
        two_at_night=manners.two_at_night,
        dark=str(manners.dark) if manners.dark is not None else "off",
        morning=f"{manners.morning:%H:%M}" if manners.morning is not None else "",
        roster_ahead=manners.roster_ahead,
        weekly_roster=manners.weekly_roster,
        keeps_people=manners.keeps_people,
        keeping=manners.keeping.model_dump(),
    )


def here_of(session: Session, community: Community, features: Iterable[Feature] = (), page: str = "") -> Here:
    """A community as its rows say that it is to be served. Raises ValidationError for a row that says nonsense.

    `features`: more than the bot's own that it may name.
    """
    row = session.get(Kept, community.id)
    settings = Settings.model_validate(row.body if row is not None else {})
    known = {feature.name: feature for feature in (*FEATURES, *features)}
    on = {name: known[name] for name in settings.features if name in known}
    off = {name: feature for name, feature in known.items() if name not in on}
    groups = {group: group for group in settings.groups}
    return Here(community, settings.manners(known.values()), on, groups, off, posts_of(known.values()), page)


def posts_of(features: Iterable[Feature]) -> Mapping[str, PostKind]:
    """Every kind of post by its name: the core's own, and what features bring, used here or not."""
    return {**POST_KINDS, **{kind.name: kind for feature in features for kind in feature.posts}}


def seed(session: Session, described: Described, now: datetime) -> Here:
    """The community as the operator's settings have it now: who coordinates, how it is served. Called at each start."""
    community = find(session, described.named)
    if community is None:
        community = Community(id=new_id(now), name="", zone="", lang="", named=described.named)
    community.name, community.zone, community.lang = described.name, described.zone, described.lang
    session.add(community)
    appoint(session, community.id, described.coordinators)
    row = session.get(Kept, community.id) or Kept(community_id=community.id)
    row.body = settings_of(described).model_dump(mode="json")
    session.add(row)
    session.flush()
    return here_of(session, community, described.features, described.page)


def find(session: Session, named: str) -> Community | None:
    """The community that the settings know by this word."""
    return session.exec(select(Community).where(Community.named == named)).first()


def sown(session: Session, described: Described, now: datetime) -> Here:
    """The community as it is served now; seeded first where nobody has served it yet."""
    community = find(session, described.named)
    return seed(session, described, now) if community is None else here_of(session, community)
