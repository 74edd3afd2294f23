"""Configuration: what config.toml and the environment may say, as typed, frozen values."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, TypeVar
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    AliasChoices,
    Field,
    PrivateAttr,
    StrictBool,
    StrictInt,
    ValidationError,
    create_model,
)
from sqlalchemy.engine import make_url

from adapters import ADAPTERS
from adapters.adapter import Adapter
from adapters.settings import Around, Place, Section, exposed
from bot.complaints import Complaint, ConfigError, Keys, sentences, shown
from bot.conduct import Conduct, Safety
from bot.environment import overlay
from bot.tomlfile import TomlFile, read
from bot.values import (
    Address,
    DatabaseUrl,
    GroupAddress,
    PersonAddress,
    Reminding,
    Zone,
)
from core.described import Described
from core.feature import Feature
from core.features import FEATURES
from core.keeping import Keeping
from core.manners import USUAL, Manners
from core.settings import Table

S = TypeVar("S", bound=Section)


class Community(Table):
    name: str = Field("邻里", min_length=1, max_length=60, description="a name of 1 to 60 letters", examples=['"邻里"'])
    zone: Zone = Field(ZoneInfo("Asia/Shanghai"), description="a time zone", examples=['"Asia/Shanghai"'])
    lang: Literal["zh", "en"] = Field("zh", description='"zh" or "en"', examples=['"zh"'])
    coordinators: tuple[PersonAddress, ...] = Field(
        (), description="a list of people", examples=['["telegram:1234", "matrix:@y:example.org"]']
    )
    administrators_coordinate: StrictBool = Field(True, description="true or false", examples=["true"])
    groups: tuple[GroupAddress, ...] = Field(
        (), description="a list of groups", examples=['["telegram:-1001234567890"]']
    )


class Storage(Table):
    url: DatabaseUrl = Field(
        "sqlite:///xiaobandeng.db",
        validate_default=True,
        repr=False,  # may hold a password
        description="a database URL",
        examples=['"sqlite:///xiaobandeng.db"'],
    )

    key: Place = Field(
        Path("xiaobandeng.key"),
        validate_default=True,
        description="the file of the key",
        examples=['"xiaobandeng.key"'],
    )

    seen_days: StrictInt = Field(14, ge=7, le=366, description="a whole number of days from 7 to 366", examples=["14"])

    @property
    def file(self) -> Path | None:
        """SQLite's file; None for a database server."""
        url = make_url(self.url)
        return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


Remind = Annotated[Reminding, Field(description="a list of reminders", examples=['["eve 19:00", "1h"]'])]


class OneOfMany(Community):
    """One of several communities. What it does not say of its own, it has from the tables for all."""

    id: str = Field("", pattern=r"^([\w.-]{1,40})?$", description="a short word without spaces", examples=['"east"'])
    features: tuple[str, ...] | None = None
    manners: Conduct | None = None
    safety: Safety | None = None
    keeping: Keeping | None = None
    reminders: Table | None = None

    @property
    def named(self) -> str:
        """The word by which it is known for ever: without an `id` that is its name, which then must not change."""
        return self.id or self.name


class Log(Table):
    level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description='"debug", "info", "warning" or "error"', examples=['"info"']
    )
    format: Literal["auto", "json", "plain"] = Field(
        "auto", description='"auto", "json" or "plain"', examples=['"auto"']
    )


class Config(Table):
    """All settings. Nothing is required: with nothing said it is the demo page on this machine.

    What features and networks bring to it, their names, reminders and sections, is added by `settings_of`.
    """

    known: ClassVar[tuple[Feature, ...]] = ()
    adapters: ClassVar[tuple[Adapter[Any], ...]] = ()

    features: tuple[str, ...] = ()
    community: Community = Community()
    communities: tuple[OneOfMany, ...] = ()
    database: Storage = Storage()
    manners: Conduct = Conduct()
    safety: Safety = Safety()
    keeping: Keeping = Keeping()
    reminders: Table = Table()
    log: Log = Log()

    _file: Path | None = PrivateAttr(None)

    def model_post_init(self, context: Any) -> None:
        self._file = (context or {}).get("file")

    @property
    def file(self) -> Path | None:
        """The file that it was read from, or None."""
        return self._file

    @property
    def running(self) -> tuple[Adapter[Any], ...]:
        """The networks to run: those that the settings set up, else the one that needs no setting up."""
        said = self.model_fields_set
        wanted = tuple(each for each in self.adapters if each.name in said and self.section(each).wanted)
        return wanted or tuple(each for each in self.adapters if each.otherwise)

    @property
    def networks(self) -> tuple[str, ...]:
        """The networks to run, by name."""
        return tuple(adapter.name for adapter in self.running)

    def section(self, adapter: Adapter[S]) -> S:
        """What the settings say of one network."""
        section: S = getattr(self, adapter.name)
        return section

    def changed(self, adapter: Adapter[S], section: S) -> Config:
        """The same with another section of one network."""
        return self.model_copy(update={adapter.name: section})

    @property
    def groups(self) -> tuple[Address, ...]:
        """The groups that are named, whichever community's they are."""
        return tuple(group for each in self.communities or (self.community,) for group in each.groups)

    def around(self, adapter: Adapter[Any]) -> Around:
        """What one network is told besides."""
        return Around(
            community=self.community.name,
            zone=self.community.zone.key,
            lang=self.community.lang,
            groups=tuple(group.id for group in self.groups if group.network == adapter.name),
            alone=self.networks == (adapter.name,),
            page=self.page,
        )

    @property
    def page(self) -> str:
        """Under which address people reach pages of ours, if any network that runs has them."""
        return next((page for each in self.running if (page := self.section(each).page)), "")

    @property
    def demo(self) -> bool:
        """Whether some network is for trying out: anybody at this machine may be anybody."""
        return any(self.section(adapter).tries(self.around(adapter)) for adapter in self.running)

    @property
    def pairs(self) -> bool:
        """Whether the first coordinator may be one by a pairing code: on the page alone the operator invites them."""
        return any(not adapter.invites for adapter in self.running)

    def described(self) -> tuple[Described, ...]:
        """The communities, as the core is told of them."""
        if not self.communities:
            return (self._one(self.community, ""),)
        return tuple(self._one(each, each.named, each) for each in self.communities)

    def _one(self, community: Community, named: str, own: Table | None = None) -> Described:
        def said(name: str) -> Any:
            """What it says of its own, else what is said for all."""
            return getattr(self, name) if getattr(own, name, None) is None else getattr(own, name)

        conduct, reminders, safety = said("manners"), said("reminders"), said("safety")
        others = {*Config.model_fields, *(adapter.name for adapter in self.adapters)}
        return Described(
            named=named,
            page=self.page,
            name=community.name,
            zone=community.zone.key,
            lang=community.lang,
            coordinators=tuple(str(person) for person in community.coordinators),
            groups=tuple(str(group) for group in community.groups),
            manners=Manners(
                quiet=conduct.quiet,
                group_budget=conduct.group_budget,
                late=timedelta(hours=conduct.late_hours),
                under_filled=conduct.under_filled,
                two_at_night=safety.two_at_night,
                dark=safety.dark,
                morning=time.fromisoformat(conduct.morning) if conduct.morning else None,
                roster_ahead=conduct.roster_ahead,
                weekly_roster=conduct.weekly_roster,
                keeps_people=conduct.keeps_people,
                keeping=said("keeping"),
                share=conduct.share,
                chat_share=conduct.chat_share,
                reminders={kind: getattr(reminders, kind) for kind in reminders.model_fields_set},
                sections=tuple(said(name) for name in type(self).model_fields if name not in others),
                administrators_coordinate=community.administrators_coordinate,
            ),
            features=tuple(feature for name in said("features") for feature in self.known if feature.name == name),
        )


def settings_of(features: Sequence[Feature], adapters: Sequence[Adapter[Any]] = ADAPTERS) -> type[Config]:
    """The settings of a bot that has these features and networks: any may be named, and set in its own section."""
    known, formerly = [f.name for f in features], {old: f.name for f in features for old in f.formerly}

    def named(said: tuple[str, ...]) -> tuple[str, ...]:
        names = tuple(formerly.get(name, name) for name in said)
        for name in names:
            if name not in known:
                near = difflib.get_close_matches(name, known, 1, 0.6)
                mend = f"did you mean {near[0]!r}?" if near else "there are: " + ", ".join(known)
                raise ValueError(f"a feature is unknown; {mend}")
        return tuple(dict.fromkeys(names))

    def remind(feature: Feature) -> Any:
        return Remind, Field(USUAL, validation_alias=AliasChoices(feature.name, *feature.formerly))

    own: dict[str, Any] = {f.name: (f.settings, f.settings()) for f in features if f.settings is not None}
    theirs: dict[str, Any] = {name: (settings | None, None) for name, (settings, _) in own.items()}
    lines: dict[str, Any] = {f.name: remind(f) for f in features if f.activity is not None}
    reminders = create_model("Reminders", __base__=Table, **lines)
    said: dict[str, Any] = {"description": "a list of features", "examples": ['["patrol", "visit"]']}
    names = Annotated[tuple[str, ...], AfterValidator(named)]
    one = create_model(
        "OneOfMany",
        __base__=OneOfMany,
        features=(names | None, Field(None, **said)),
        reminders=(reminders | None, None),
        **theirs,
    )
    networks: dict[str, Any] = {a.name: (a.section, a.section()) for a in adapters}
    made = create_model(
        "Config",
        __base__=Config,
        features=(names, Field(tuple(known), **said)),
        communities=(tuple[one, ...], ()),
        reminders=(reminders, reminders()),
        **networks,
        **own,
    )
    made.known, made.adapters = tuple(features), tuple(adapters)
    return made


CONFIG = settings_of(FEATURES)
"""The settings of this program."""


def contradictions(config: Config, *, serving: bool) -> Iterator[tuple[Keys, str]]:
    """Settings that are right one by one and wrong together: the key to change, and a sentence."""
    yield from twice(config.communities)
    for adapter in config.running if serving else ():
        for key, said in config.section(adapter).exposes(config.around(adapter)):
            yield (adapter.name, key), said
    for adapter in config.adapters:
        for key, said in config.section(adapter).contradictions(config.around(adapter)):
            yield (adapter.name, key), said


def twice(communities: Sequence[OneOfMany]) -> Iterator[tuple[Keys, str]]:
    """What two communities may not have in common: a word, a name by which people tell them apart, a group."""
    said = set()
    for n, each in enumerate(communities):
        same = [("id", each.named), ("name", " ".join(each.name.split()).casefold())]
        for found in [*same, *(("groups", str(group)) for group in each.groups)]:
            if found in said:
                what = found[0].removesuffix("s")
                yield ("communities", str(n), found[0]), f"another community has the same {what}; each needs its own"
            said.add(found)


def load(
    path: Path | None, environ: Mapping[str, str], model: type[Config] = CONFIG, *, serving: bool = False
) -> Config:
    """The settings of the file, if there is one, with the environment over them.

    `serving`: the bot is to run with them, so that what would let strangers read along is wrong too.

    Relative paths count from the file's folder, without a file from the current one. Raises `ConfigError`, which
    holds everything that is wrong and no secret.
    """
    file = read(path) if path else TomlFile()
    raw, folder = file.values, path.resolve().parent if path else Path.cwd()
    kept = _secrets(raw, model.adapters)
    sources, wrong = overlay(raw, model, environ)

    def complain(keys: Keys, said: str) -> None:
        wrong.append(_complaint(keys, said, path, file, sources))

    if path is None:  # trying out without a file must not touch the database of a real community
        own = raw.setdefault("database", {})
        own.setdefault("url", "sqlite:///xiaobandeng-demo.db")
        own.setdefault("key", "xiaobandeng-demo.key")
    # Defaults may be paths, which must count from the folder as others do. To run, the last resort must be said.
    for name in ("database", *(adapter.name for adapter in model.adapters if not adapter.otherwise)):
        raw.setdefault(name, {})
    for keys, said in _fetched(raw, sources, folder, model.adapters):
        complain(keys, said)
    try:
        config = model.model_validate(raw, context={"folder": folder, "file": path, "adapters": model.adapters})
    except ValidationError as error:
        for keys, said in sentences(error, model):
            complain(keys, said)
        raise ConfigError(wrong) from None
    if "community" in file.values and config.communities:
        complain(("community",), "there are [[communities]] too; write this one as one of them")
    for keys, said in contradictions(config, serving=serving):
        complain(keys, said)
    if config.communities:  # the first speaks where there is no telling which: on the command line
        config = config.model_copy(update={"community": config.communities[0]})
    if path and kept and not config.demo and exposed(path):
        complain(kept[0], f"everybody on this machine may read this secret; run: chmod 600 {path}")
    if wrong:
        raise ConfigError(wrong)
    return config


def _complaint(keys: Keys, said: str, path: Path | None, file: TomlFile, sources: Mapping[Keys, str]) -> Complaint:
    """A complaint with the variable, or the line, that says something about the key or the table around it."""
    for length in range(len(keys), 0, -1):
        if name := sources.get(keys[:length]):
            return Complaint(name, said, shown(keys))
        if line := file.lines.get(keys[:length]):
            return Complaint(str(path), said, shown(keys), line)
    return Complaint(str(path or "settings"), said, shown(keys))


def _secrets(raw: Mapping[str, Any], adapters: Sequence[Adapter[Any]]) -> list[Keys]:
    """The keys in the file under which a secret stands."""
    found: list[Keys] = []
    secrets = [((each.name, key), mark) for each in adapters for key, mark in each.section.secrets.items()]
    for keys, mark in (*secrets, (("database", "url"), "@")):
        table = raw.get(keys[0])
        value = table.get(keys[1]) if isinstance(table, dict) else None
        if isinstance(value, str) and value and mark in value:
            found.append(keys)
    return found


def _fetched(
    raw: dict[str, Any], sources: Mapping[Keys, str], folder: Path, adapters: Sequence[Adapter[Any]]
) -> Iterator[tuple[Keys, str]]:
    """Put what is kept in files of their own where it belongs; yields what is wrong with it."""
    for adapter in adapters:
        table = raw.get(adapter.name)
        if isinstance(table, dict):
            overlaid = {keys[1] for keys in sources if keys[0] == adapter.name}
            for key, said in adapter.section.fetch(table, overlaid, folder):
                yield (adapter.name, key), said
