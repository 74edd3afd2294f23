"""Configuration: what config.toml and the environment may say, as typed, frozen values."""

from __future__ import annotations

import difflib
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    AliasChoices,
    Field,
    PrivateAttr,
    SecretStr,
    StrictBool,
    StrictInt,
    ValidationError,
    create_model,
)
from sqlalchemy.engine import make_url

from bot.complaints import Complaint, ConfigError, Keys, sentences, shown
from bot.environment import overlay
from bot.tomlfile import TomlFile, read
from bot.values import (
    DatabaseUrl,
    GroupAddress,
    Http,
    Listen,
    MaybePlace,
    PersonAddress,
    Place,
    QuietTime,
    Reminding,
    Socket,
    Zone,
)
from core.described import Described
from core.feature import Feature
from core.features import FEATURES, enabled
from core.manners import USUAL, Manners
from core.settings import Table


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

    @property
    def file(self) -> Path | None:
        """SQLite's file; None for a database server."""
        url = make_url(self.url)
        return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


class Conduct(Table):
    quiet: QuietTime = Field(Manners().quiet, description="a span of the day or 'off'", examples=['"22:00-07:00"'])
    group_budget: StrictInt = Field(
        Manners().group_budget, ge=0, le=100, description="a whole number from 0 to 100", examples=["6"]
    )


Remind = Annotated[Reminding, Field(description="a list of reminders", examples=['["eve 19:00", "1h"]'])]


class Telegram(Table):
    token: SecretStr = Field(SecretStr(""), description="the bot's token from @BotFather", examples=['"123456:ABC..."'])
    token_file: MaybePlace = Field(None, description="the file that holds the token", examples=['"telegram.token"'])
    base_url: Http = Field("", description="the root of a Bot API server", examples=['"http://127.0.0.1:8081"'])
    mode: Literal["polling", "webhook"] = Field("polling", description='"polling" or "webhook"', examples=['"polling"'])
    webhook_url: Http = Field(
        "", description="the address under which Telegram reaches us", examples=['"https://bot.example.org/telegram"']
    )
    webhook_listen: Socket = Field(Listen("127.0.0.1", 8443), description="HOST:PORT", examples=['"127.0.0.1:8443"'])
    webhook_secret: SecretStr = Field(
        SecretStr(""), description="a secret of 16 to 256 letters, digits, _ and -", examples=['"..."']
    )
    proxy: str = Field("", repr=False, description="the address of a proxy", examples=['"socks5://127.0.0.1:1080"'])
    pin: StrictBool = Field(True, description="true or false", examples=["true"])
    confide: StrictBool = Field(False, description="true or false", examples=["false"])


class Matrix(Table):
    homeserver: Http = Field(
        "", description="the address of a Matrix server", examples=['"https://matrix.example.org"']
    )
    user: str = Field(
        "", pattern=r"^(@[^\s:]+:\S+)?$", description="the bot's Matrix id", examples=['"@xiaobandeng:example.org"']
    )
    store: Place = Field(
        Path("matrix"), validate_default=True, description="a folder for keys and the login", examples=['"matrix"']
    )
    invites_from: tuple[str, ...] = Field(
        (), description="a list of servers or people", examples=['["example.org", "@yang:example.org"]']
    )


class Web(Table):
    address: Socket = Field(Listen("127.0.0.1", 8765), description="HOST:PORT", examples=['"127.0.0.1:8765"'])
    public_url: Http = Field("", description="the address that people type", examples=['"https://stool.example.org"'])
    demo: StrictBool | None = Field(None, description="true or false", examples=["true"])


class Log(Table):
    level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description='"debug", "info", "warning" or "error"', examples=['"info"']
    )
    format: Literal["auto", "json", "plain"] = Field(
        "auto", description='"auto", "json" or "plain"', examples=['"auto"']
    )


class Config(Table):
    """All settings. Nothing is required: with nothing said it is the demo page on this machine.

    What features bring to it, their names, reminders and sections, is added by `with_features`.
    """

    features: tuple[str, ...] = ()
    community: Community = Community()
    database: Storage = Storage()
    manners: Conduct = Conduct()
    reminders: Table = Table()
    telegram: Telegram = Telegram()
    matrix: Matrix = Matrix()
    web: Web = Web()
    log: Log = Log()

    _file: Path | None = PrivateAttr(None)

    def model_post_init(self, context: Any) -> None:
        self._file = (context or {}).get("file")

    @property
    def file(self) -> Path | None:
        """The file that it was read from, or None."""
        return self._file

    @property
    def networks(self) -> tuple[str, ...]:
        """The networks to run, by name. The web page runs when [web] says anything, or when nothing else does."""
        others = tuple(
            name for name, on in (("telegram", self.telegram.token), ("matrix", self.matrix.homeserver)) if on
        )
        return (*others, "web") if "web" in self.model_fields_set or not others else others

    @property
    def demo(self) -> bool:
        """Whether the page is for trying out: anybody at this machine may be anybody.

        Where nothing is said it is so only when the page is all there is: beside a real network, whoever can open
        the page could speak as a coordinator there.
        """
        if "web" not in self.networks:
            return False
        return self.web.demo if self.web.demo is not None else self.networks == ("web",) and not self.web.public_url

    @property
    def pairs(self) -> bool:
        """Whether the first coordinator may be one by a pairing code: on the page alone the operator invites them."""
        return self.networks != ("web",)

    def listening(self, port: int) -> Config:
        """The same with the page at this port."""
        web = self.web.model_copy(update={"address": self.web.address._replace(port=port)})
        return self.model_copy(update={"web": web})

    def groups(self, network: str) -> tuple[str, ...]:
        """The ids of the groups that are named on one network."""
        return tuple(group.id for group in self.community.groups if group.network == network)

    def described(self) -> Described:
        """The community, as the core is told of it."""
        return Described(
            name=self.community.name,
            zone=self.community.zone.key,
            lang=self.community.lang,
            coordinators=tuple(str(person) for person in self.community.coordinators),
            groups=tuple(str(group) for group in self.community.groups),
            manners=self.rules(),
            features=tuple(enabled(self.features).values()),
        )

    def rules(self) -> Manners:
        """How this community wants its bot to behave."""
        return Manners(
            quiet=self.manners.quiet,
            group_budget=self.manners.group_budget,
            reminders={kind: getattr(self.reminders, kind) for kind in self.reminders.model_fields_set},
            sections=tuple(getattr(self, name) for name in type(self).model_fields if name not in Config.model_fields),
            administrators_coordinate=self.community.administrators_coordinate,
        )


def with_features(features: Sequence[Feature]) -> type[Config]:
    """The settings of a bot that has these features: any may be named, reminded of, and set in its own section."""
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
    lines: dict[str, Any] = {f.name: remind(f) for f in features if f.activity is not None}
    reminders = create_model("Reminders", __base__=Table, **lines)
    usual = Field(tuple(known), description="a list of features", examples=['["patrol", "visit"]'])
    return create_model(
        "Config",
        __base__=Config,
        features=(Annotated[tuple[str, ...], AfterValidator(named)], usual),
        reminders=(reminders, reminders()),
        **own,
    )


CONFIG = with_features(FEATURES)
"""The settings of this program."""


def contradictions(config: Config) -> Iterator[tuple[Keys, str]]:
    """Settings that are right one by one and wrong together: the key to change, and a sentence."""
    telegram, matrix, web = config.telegram, config.matrix, config.web
    if (token := telegram.token.get_secret_value()) and re.fullmatch(r"\d+:[\w-]+", token, re.ASCII) is None:
        yield (
            ("telegram", "token"),
            "this is not a token; copy the whole line that @BotFather gave (digits, a colon, letters)",
        )
    if telegram.mode == "webhook":
        if not telegram.webhook_url.startswith("https://"):
            yield (
                ("telegram", "webhook_url"),
                'mode "webhook" needs the https:// address under which Telegram reaches us',
            )
        if re.fullmatch(r"[\w-]{16,256}", telegram.webhook_secret.get_secret_value(), re.ASCII) is None:
            yield ("telegram", "webhook_secret"), 'mode "webhook" needs a secret of 16 to 256 letters, digits, _ and -'
    if matrix.homeserver and not matrix.user:
        yield ("matrix", "user"), 'a homeserver needs the bot\'s id there; write user = "@xiaobandeng:example.org"'
    if matrix.user and not matrix.homeserver:
        yield ("matrix", "homeserver"), 'a user needs a server; write homeserver = "https://matrix.example.org"'
    if config.demo and not web.address.loopback:
        yield ("web", "address"), 'the demo is for this machine only; write "127.0.0.1:8765", or demo = false'
    if config.demo and web.public_url:
        yield ("web", "demo"), "in the demo anybody may be anybody, so it has no public address; write demo = false"


def load(path: Path | None, environ: Mapping[str, str], model: type[Config] = CONFIG) -> Config:
    """The settings of the file, if there is one, with the environment over them.

    Relative paths count from the file's folder, without a file from the current one. Raises `ConfigError`, which
    holds everything that is wrong and no secret.
    """
    file = read(path) if path else TomlFile()
    raw, folder = file.values, path.resolve().parent if path else Path.cwd()
    kept = _secrets(raw)
    sources, wrong = overlay(raw, model, environ)

    def complain(keys: Keys, said: str) -> None:
        wrong.append(_complaint(keys, said, path, file, sources))

    if path is None:  # trying out without a file must not touch the database of a real community
        raw.setdefault("database", {}).setdefault("url", "sqlite:///xiaobandeng-demo.db")
    for table in ("database", "matrix"):  # their defaults are paths, which must count from the folder as others do
        raw.setdefault(table, {})
    for keys, said in _fetch_token(raw, sources, folder):
        complain(keys, said)
    try:
        config = model.model_validate(raw, context={"folder": folder, "file": path})
    except ValidationError as error:
        for keys, said in sentences(error, model):
            complain(keys, said)
        raise ConfigError(wrong) from None
    for keys, said in contradictions(config):
        complain(keys, said)
    if path and kept and not config.demo and exposed(path):
        complain(kept[0], f"everybody on this machine may read this secret; run: chmod 600 {path}")
    if wrong:
        raise ConfigError(wrong)
    return config


def exposed(path: Path) -> bool:
    """Whether others than its owner and its group may read or change a file."""
    return os.name == "posix" and bool(path.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH))


def _complaint(keys: Keys, said: str, path: Path | None, file: TomlFile, sources: Mapping[Keys, str]) -> Complaint:
    """A complaint with the variable, or the line, that says something about the key or the table around it."""
    for length in range(len(keys), 0, -1):
        if name := sources.get(keys[:length]):
            return Complaint(name, said, shown(keys))
        if line := file.lines.get(keys[:length]):
            return Complaint(str(path), said, shown(keys), line)
    return Complaint(str(path or "settings"), said, shown(keys))


def _secrets(raw: Mapping[str, Any]) -> list[Keys]:
    """The keys in the file under which a secret stands."""
    found: list[Keys] = []
    for keys, hidden in (
        (("telegram", "token"), ""),
        (("telegram", "webhook_secret"), ""),
        (("telegram", "proxy"), "@"),
        (("database", "url"), "@"),
    ):
        table = raw.get(keys[0])
        value = table.get(keys[1]) if isinstance(table, dict) else None
        if isinstance(value, str) and value and hidden in value:
            found.append(keys)
    return found


def _fetch_token(raw: dict[str, Any], sources: Mapping[Keys, str], folder: Path) -> Iterator[tuple[Keys, str]]:
    """Put what `token_file` holds where the token belongs; yields what is wrong with it."""
    table = raw.get("telegram")
    if not isinstance(table, dict) or not isinstance(table.get("token_file"), str) or not table["token_file"]:
        return
    key = ("telegram", "token_file")
    if ("telegram", "token") in sources and key not in sources:
        return  # the environment wins
    if table.get("token") and key not in sources:
        yield key, "there is a token and a token_file; keep one of the two"
        return
    path = Path(folder, Path(table["token_file"]).expanduser())
    try:
        table["token"] = path.read_text("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError):
        yield key, f"the token cannot be read from {path}; put it there, one line, chmod 600"
        return
    if not table["token"]:
        yield key, f"{path} is empty; put the token there, one line"
    if exposed(path):
        yield key, f"everybody on this machine may read this secret; run: chmod 600 {path}"
