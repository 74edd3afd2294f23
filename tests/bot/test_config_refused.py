"""Settings: what is refused, how a person is told, and that no secret is repeated."""

from __future__ import annotations

import json
import os
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from adapters.telegram import TELEGRAM
from bot.complaints import ConfigError
from bot.config import load
from core.features import NAMES
from tests.bot.settings import EXAMPLE, LEAVES, TOKEN, read, written, wrong

# ---------------------------------------------------------------- what is refused, and how


@pytest.mark.parametrize(
    ("text", "line", "key", "said"),
    [
        ("\n\nfoo = 1", 3, "foo", "known here: features, community"),
        ("[telegram]\n\ntokn = 'x'", 3, "telegram.tokn", "did you mean 'token'?"),
        ("[telegrm]\ntoken = 'x'", 1, "telegrm", "did you mean 'telegram'?"),
        ("telegram = 'x'", 1, "telegram", "write [telegram] on a line of its own"),
        ("[[telegram]]\ntoken = ''", 1, "telegram", "expected a table, not a list"),
        ("telegram.mode = 'poling'", 1, "telegram.mode", '"polling" or "webhook"'),
        ("telegram = { pin = 'yes' }", 1, "telegram.pin", "expected true or false"),
        (
            "[manners]\ngroup_budget = true",
            2,
            "manners.group_budget",
            "a whole number from 0 to 100, not true or false",
        ),
        ("[manners]\ngroup_budget = -1", 2, "manners.group_budget", "a whole number from 0 to 100"),
        ("[manners]\nquiet = 22:00:00", 2, "manners.quiet", "a date or time without quotes"),
        ("[manners]\nquiet = 'night'", 2, "manners.quiet", "write '22:00-07:00' or 'off'"),
        ("[reminders]\npatrol = [\n  '1h',\n  '1w',\n]", 2, "reminders.patrol", "entry 2: '1w' is not a reminder"),
        ("[reminders]\npatrol = ['1h', '60m']", 2, "reminders.patrol", "'1h' stands there twice"),
        ("[reminders]\npatroll = ['1h']", 2, "reminders.patroll", "did you mean 'patrol'?"),
        ("features = ['patrols']", 1, "features", "did you mean 'patrol'?"),
        ("[community]\nname = '  '", 2, "community.name", "1 to 60 letters, not this text"),
        ("[community]\nzone = 'Asia/Shangai'", 2, "community.zone", "did you mean 'Asia/Shanghai'?"),
        ("[community]\nzone = '../../etc/passwd'", 2, "community.zone", "no such time zone"),
        ("[community]\ncoordinators = ['telegram:@yang']", 2, "community.coordinators", "write telegram:1234"),
        ("[community]\ncoordinators = ['yang']", 2, "community.coordinators", "expected NETWORK:ID"),
        ("[community]\ngroups = ['telegram:100']", 2, "community.groups", "write telegram:-100"),
        ("[database]\nurl = 'xiaobandeng.db'", 2, "database.url", "write 'sqlite:///xiaobandeng.db'"),
        ("[database]\nurl = 'sqlite://'", 2, "database.url", "in memory forgets everything"),
        ("[database]\nurl = 'mysql://h/x'", 2, "database.url", "expected sqlite or postgresql"),
        ("[telegram]\ntoken = 'abc'", 2, "telegram.token", "@BotFather"),
        ("[telegram]\nbase_url = 'example.org'", 2, "telegram.base_url", "begins with https://"),
        ("[matrix]\nhomeserver = 'https://m.example.org'", 1, "matrix.user", "needs the bot's id"),
        ("[matrix]\nuser = '@x:example.org'", 1, "matrix.homeserver", "needs a server"),
        ("[matrix]\nuser = 'x'", 2, "matrix.user", "the bot's Matrix id"),
        ("[web]\naddress = '8765'", 2, "web.address", "write '127.0.0.1:8765'"),
        ("[web]\naddress = '0.0.0.0:80'\ndemo = true", 2, "web.address", "demo = false"),
        ("[web]\npublic_url = 'https://x.org'\ndemo = true", 3, "web.demo", "demo = false"),
        ("[[communities]]\nname = 'A'\n[[communities]]\nname = 'B'\nzone = 'x'", 5, "communities.zone", "no such time"),
        ("[[communities]]\nname = 'A'\n[[communities]]\nnam = 'B'", 4, "communities.nam", "did you mean 'name'?"),
        ("[[communities]]\nid = 'a b'", 2, "communities.id", "a short word without spaces"),
        ("[[communities]]\nname = 'A'\n[communities.manners]\nquiet = 1", 4, "communities.manners.quiet", "a span"),
        ("[[communities]]\ngroups = ['x']", 2, "communities.groups", "entry 1: expected NETWORK:ID"),
        ("[[communities]]\nname = 'A'\n[[communities]]\nid = 'A'\nname = 'B'", 4, "communities.id", "the same id"),
        ("[[communities]]\nid = 'a'\n[[communities]]\nid = 'b'", 3, "communities.name", "the same name"),
        ("[community]\nname = 'A'\n[[communities]]\nname = 'B'", 1, "community", "one of them"),
        ("communities = 'x'", 1, "communities", "write [[communities]] on a line of its own"),
        ("[log]\nlevel = 'loud'", 2, "log.level", '"debug", "info", "warning" or "error"'),
    ],
)
def test_a_wrong_setting_is_named_with_its_line_and_how_to_mend_it(
    tmp_path: Path, text: str, line: int, key: str, said: str
) -> None:
    complaint = wrong(tmp_path, text)
    assert (complaint.where, complaint.line, complaint.key) == (str(tmp_path / "config.toml"), line, key)
    assert said in complaint.said


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (b"[telegram]\ntoken = abc", 2, "write key ="),
        (b"a = 1\na = 2", 2, "each key once"),
        ("[community]\nname = “邻里”".encode(), 2, "of the English keyboard"),
        ("[community]\nname = '邻里'".encode("gbk"), 2, "save the file as UTF-8"),
        ("[community]".encode("utf-16"), 1, "save the file as UTF-8"),
        (b'[community]\nname = """\nnever closed', 3, "write key ="),
        (b"a = " + b"[" * 5_000, 1, "is it the right one?"),
        (b"a = " + b"9" * 5_000, 1, "is it the right one?"),
        (b"#" * 10_000_000, 1, "is it the right file?"),
    ],
)
def test_a_file_that_is_no_toml_is_refused_with_the_line(tmp_path: Path, content: bytes, line: int, said: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError) as raised:
        load(path, {})
    (complaint,) = raised.value.complaints
    assert complaint.line == line
    assert said in complaint.said


def test_no_file_or_a_folder_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file; copy"):
        load(tmp_path / "config.toml", {})
    with pytest.raises(ConfigError, match="this is no file"):
        load(tmp_path, {})
    with pytest.raises(ConfigError, match="it cannot be read"):
        load(tmp_path / ("x" * 300), {})


def test_everything_that_is_wrong_is_said_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        read(tmp_path, "x = 1\n[log]\nlevel = 1\n[web]\nport = 1\n[telegram]\nmode = ''")
    assert [complaint.line for complaint in raised.value.complaints] == [1, 3, 5, 7]


@pytest.mark.parametrize("keys", LEAVES, ids=".".join)
def test_every_key_refuses_every_wrong_type_with_file_and_line(tmp_path: Path, keys: tuple[str, ...]) -> None:
    known = tomllib.loads(re.sub(r"^# (\w+ = )", r"\1", EXAMPLE.read_text("utf-8"), flags=re.MULTILINE))
    value: Any = known
    for key in keys:
        value = value[key]
    wrongs: tuple[Any, ...] = (1, 1.5, True, "\x01", [[]], {"x": 1}, [{"x": 1}])
    for other in wrongs:
        if type(other) is type(value) and not isinstance(value, list):
            continue
        text = json.dumps(other).replace(": ", " = ").replace('{"x"', "{x")
        path = written(tmp_path, "\n" * 4 + ".".join(keys) + " = " + text)
        with pytest.raises(ConfigError) as raised:
            load(path, {})
        assert str(raised.value).startswith(f"{path}:5: {'.'.join(keys)}")


# ---------------------------------------------------------------- secrets


def test_a_token_is_never_repeated(tmp_path: Path) -> None:
    texts = [
        f"[telegram]\ntoken = {TOKEN}",
        f"[telegram]\ntoken = '{TOKEN} '\nmode = 'x'",
        f"[telegram]\n'{TOKEN}' = 1",
        f"{TOKEN}",
        f"[telegram]\nmode = '{TOKEN}'",
        f"[community]\nlang = '{TOKEN}'\nzone = '{TOKEN}'\nname = ['{TOKEN}']",
        f"[database]\nurl = 'mysql://u:{TOKEN}@h/x'",
        f"[telegram]\ntoken = ['{TOKEN}']",
        f"[telegram]\ntoken = 'bot{TOKEN}'",
        f"features = ['{TOKEN}']",
        f"[manners]\nquiet = '{TOKEN}'",
    ]
    for text in texts:
        with pytest.raises(ConfigError) as raised:
            read(tmp_path, text)
        assert "canary" not in str(raised.value), text


def test_a_token_is_not_in_the_words_of_the_settings(tmp_path: Path) -> None:
    config = read(tmp_path, f"[telegram]\ntoken = '{TOKEN}'")
    assert "canary" not in repr(config) + str(config)
    assert config.telegram.token.get_secret_value() == TOKEN


def test_a_token_is_read_from_a_file_beside_the_settings(tmp_path: Path) -> None:
    (tmp_path / "t").write_text(TOKEN + "\n")
    (tmp_path / "t").chmod(0o600)
    config = read(tmp_path, "[telegram]\ntoken_file = 't'")
    assert config.telegram.token.get_secret_value() == TOKEN
    assert config.networks == ("telegram",)
    other = read(tmp_path, "[telegram]\ntoken_file = 't'", {"XIAOBANDENG_TELEGRAM__TOKEN": "1:a"})
    assert other.telegram.token.get_secret_value() == "1:a"


def test_a_token_file_that_is_missing_empty_doubled_or_open_to_all_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in wrong(tmp_path, "[telegram]\ntoken_file = 't'").said
    (tmp_path / "t").write_text("")
    (tmp_path / "t").chmod(0o600)
    assert "is empty" in wrong(tmp_path, "[telegram]\ntoken_file = 't'").said
    assert "keep one of the two" in wrong(tmp_path, "[telegram]\ntoken_file = 't'\ntoken = '1:a'").said
    (tmp_path / "t").write_text(TOKEN)
    (tmp_path / "t").chmod(0o644)
    assert "chmod 600" in wrong(tmp_path, "[telegram]\ntoken_file = 't'").said


@pytest.mark.skipif(os.name != "posix", reason="file modes are a matter of POSIX")
def test_settings_with_a_secret_that_everybody_may_read_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, f"[telegram]\ntoken = '{TOKEN}'", 0o644)
    with pytest.raises(ConfigError, match=r":2: telegram\.token: .*chmod 600") as raised:
        load(path, {})
    assert "canary" not in str(raised.value)
    path.chmod(0o640)
    load(path, {})


def test_settings_without_a_secret_may_be_read_by_everybody(tmp_path: Path) -> None:
    load(written(tmp_path, "[telegram]\ntoken = ''", 0o644), {"XIAOBANDENG_TELEGRAM__TOKEN": TOKEN})


def test_a_webhook_needs_its_address_and_its_secret(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        read(tmp_path, "[telegram]\nmode = 'webhook'")
    assert [complaint.key for complaint in raised.value.complaints] == [
        "telegram.webhook_url",
        "telegram.webhook_secret",
    ]


def test_where_nothing_is_said_every_feature_is_there() -> None:
    assert load(None, {}).features == NAMES


def test_a_feature_goes_on_by_the_name_it_had_before(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('features = ["patrol", "visits"]\n[reminders]\nvisits = ["2h"]\n', "utf-8")
    config = load(file, {})
    assert config.features == ("patrol", "visit")
    assert [reminder.name for reminder in config.reminders.visit] == ["2h"]
    assert [r.name for r in load(None, {"XIAOBANDENG_REMINDERS__VISITS": "3h"}).reminders.visit] == ["3h"]


def test_whether_rosters_are_pinned_on_telegram_is_no_matter_of_other_networks() -> None:
    config = load(None, {"XIAOBANDENG_TELEGRAM__TOKEN": "1234:abc", "XIAOBANDENG_TELEGRAM__PIN": "no"})
    assert not config.section(TELEGRAM).pin
    assert (
        config.described()[0].manners == load(None, {"XIAOBANDENG_TELEGRAM__TOKEN": "1234:abc"}).described()[0].manners
    )
