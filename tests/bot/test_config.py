"""Settings: what a file and the environment may say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.settings import Listen
from adapters.telegram import TELEGRAM
from bot.config import CONFIG, load
from bot.environment import overlay
from bot.tomlfile import lines
from bot.values import Address
from core.manners import DEFAULT, Quiet, Reminder
from core.matters import Following
from tests.bot.settings import EXAMPLE, LEAVES, TOKEN, read, written, wrong

# ---------------------------------------------------------------- what may be said


def test_nothing_said_is_the_demo_on_this_machine_with_a_database_of_its_own() -> None:
    config = load(None, {})
    assert (config.demo, config.networks, config.web.address.loopback) == (True, ("web",), True)
    assert config.database.file == Path.cwd() / "xiaobandeng-demo.db"
    manners = config.described()[0].manners
    assert manners == replace(DEFAULT, sections=manners.sections)
    assert Following() in manners.sections


def test_the_example_runs_as_it_is_and_says_the_defaults(tmp_path: Path) -> None:
    config = load(EXAMPLE, {})
    assert config.demo
    plain = read(tmp_path, "")
    for table in set(CONFIG.model_fields) - {"database", "matrix", "web"}:  # they hold paths, which differ
        assert getattr(config, table) == getattr(plain, table)


def test_the_example_names_every_key_with_a_line_of_comment_above() -> None:
    text = EXAMPLE.read_text("utf-8")
    uncommented = re.sub(r"^# (\w+ = )", r"\1", text, flags=re.MULTILINE)
    named = lines(uncommented)
    assert [keys for keys in LEAVES if keys not in named] == []
    for keys in LEAVES:
        above = [line for line in text.splitlines()[: named[keys] - 1] if not re.match(r"(# )?\w+ = ", line)]
        assert above[-1].startswith("# "), keys


def test_a_filled_in_file_gives_typed_values(tmp_path: Path) -> None:
    config = read(
        tmp_path,
        f"""
        features = ["patrol", "potluck"]
        [community]
        zone = "Europe/Berlin"
        lang = "en"
        coordinators = ["telegram:1234", "matrix:@y:example.org"]
        groups = ["telegram:-1001", "matrix:!abc:example.org", "matrix:#name:example.org"]
        [manners]
        quiet = "off"
        [reminders]
        patrol = ["eve 18:30", "30m", "2d"]
        [telegram]
        token = "{TOKEN}"
        pin = false
        [web]
        address = "0.0.0.0:80"
        public_url = "https://stool.example.org/"
        """,
    )
    assert config.community.zone.key == "Europe/Berlin"
    assert config.community.coordinators == (Address("telegram", "1234"), Address("matrix", "@y:example.org"))
    assert config.networks == ("telegram", "web")
    assert (config.web.address, config.web.public_url) == (Listen("0.0.0.0", 80), "https://stool.example.org")
    assert not config.demo
    rules = config.described()[0].manners
    assert rules.quiet is None
    assert rules.reminders["patrol"] == (
        Reminder("eve", days=1, at=time(18, 30)),
        Reminder("30m", before=timedelta(minutes=30)),
        Reminder("2d", days=2),
    )


def test_the_page_is_no_demo_beside_a_real_network_unless_somebody_says_so(tmp_path: Path) -> None:
    telegram = f'[telegram]\ntoken = "{TOKEN}"\n'
    assert read(tmp_path, telegram).networks == ("telegram",)
    assert not read(tmp_path, telegram + '[web]\naddress = "127.0.0.1:0"').demo
    assert read(tmp_path, telegram + "[web]\ndemo = true").demo


def test_relative_paths_count_from_the_folder_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "there").mkdir()
    written(tmp_path / "there", '[database]\nurl = "sqlite:///data/x.db"')
    monkeypatch.chdir(tmp_path)
    config = load(Path("there/config.toml"), {})
    assert config.database.file == tmp_path / "there/data/x.db"
    assert config.matrix.store == tmp_path / "there/matrix"


def test_a_database_server_is_named_with_the_driver_that_comes_along(tmp_path: Path) -> None:
    config = read(tmp_path, '[database]\nurl = "postgres://u:p@h/name"')
    assert config.database.url == "postgresql+psycopg://u:p@h/name"
    assert config.database.file is None
    assert "u:p" not in repr(config)


@pytest.mark.parametrize(("mark", "end"), [("\ufeff", "\n"), ("", "\r\n"), ("\ufeff", "\r\n"), ("\t", "\n\t\n")])
def test_a_byte_order_mark_windows_line_ends_and_tabs_mean_nothing(tmp_path: Path, mark: str, end: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(f"{mark}[manners]{end}\tgroup_budget\t=\t3\t# three{end}".encode())
    assert load(path, {}).manners.group_budget == 3


# ---------------------------------------------------------------- the environment


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("MANNERS__GROUP_BUDGET", "9", 9),
        ("MANNERS__QUIET", "23:00-06:00", Quiet(time(23), time(6))),
        ("COMMUNITY__ADMINISTRATORS_COORDINATE", "no", False),
        ("COMMUNITY__COORDINATORS", "telegram:1, telegram:2", (Address("telegram", "1"), Address("telegram", "2"))),
        ("COMMUNITY__COORDINATORS", '["telegram:1"]', (Address("telegram", "1"),)),
        ("COMMUNITY__COORDINATORS", "", ()),
        ("REMINDERS__VISIT", "1h", (Reminder("1h", before=timedelta(hours=1)),)),
        ("WEB__DEMO", "false", False),
        ("FEATURES", "patrol", ("patrol",)),
    ],
)
def test_a_variable_wins_over_the_file(tmp_path: Path, name: str, text: str, value: Any) -> None:
    said: Any = read(tmp_path, "[manners]\ngroup_budget = 1", {f"XIAOBANDENG_{name}": text})
    for key in name.lower().split("__"):
        said = getattr(said, key)
    assert said == value


def test_every_key_is_also_a_variable() -> None:
    for keys in LEAVES:
        raw: dict[str, Any] = {}
        name = "XIAOBANDENG_" + "__".join(keys).upper()
        assert overlay(raw, CONFIG, {name: "x"}) == ({keys: name}, [])


def test_a_variable_mends_what_is_wrong_in_the_file(tmp_path: Path) -> None:
    config = read(tmp_path, "[manners]\ngroup_budget = 'six'", {"XIAOBANDENG_MANNERS__GROUP_BUDGET": "6"})
    assert config.manners.group_budget == 6


def test_a_wrong_variable_is_named(tmp_path: Path) -> None:
    complaint = wrong(tmp_path, "", {"XIAOBANDENG_MANNERS__GROUP_BUDGET": "six"})
    assert (complaint.where, complaint.key) == ("XIAOBANDENG_MANNERS__GROUP_BUDGET", "manners.group_budget")
    unknown = wrong(tmp_path, "", {"XIAOBANDENG_TELEGRAM__TOKN": TOKEN})
    assert "XIAOBANDENG_TELEGRAM__TOKEN" in str(unknown)
    assert TOKEN not in str(unknown)


def test_variables_that_are_no_settings_are_left_alone() -> None:
    load(None, {"XIAOBANDENG_CONFIG": "x", "XIAOBANDENG_MATRIX__PASSWORD": "x", "HOME": "/"})


# ---------------------------------------------------------------- several communities


def test_several_communities_say_what_differs_and_have_the_rest_from_the_tables_for_all(tmp_path: Path) -> None:
    config = read(
        tmp_path,
        """
features = ["patrol", "visit"]
[manners]
group_budget = 3
[reminders]
patrol = ["2h"]
[[communities]]
id = "east"
name = "东区"
groups = ["telegram:-100"]
[[communities]]
name = "West"
lang = "en"
zone = "Europe/Berlin"
features = ["potluck"]
groups = ["telegram:-200", "web:west"]
[communities.manners]
quiet = "off"
[communities.reminders]
patrol = ["30m"]
""",
    )
    east, west = config.described()
    assert (east.named, east.name, east.lang, east.zone) == ("east", "东区", "zh", "Asia/Shanghai")
    assert (west.named, west.name, west.lang, west.zone) == ("West", "West", "en", "Europe/Berlin")
    assert [feature.name for feature in east.features] == ["patrol", "visit"]
    assert [feature.name for feature in west.features] == ["potluck"]
    assert (east.manners.group_budget, str(east.manners.quiet)) == (3, "22:00-07:00")
    assert (west.manners.group_budget, west.manners.quiet) == (DEFAULT.group_budget, None)
    assert [str(each) for each in east.manners.reminders["patrol"]] == ["2h"]
    assert [str(each) for each in west.manners.reminders["patrol"]] == ["30m"]
    assert config.around(TELEGRAM).groups == ("-100", "-200")
    assert config.community.name == "东区", "the first speaks on the command line"


def test_one_community_needs_no_word_of_its_own(tmp_path: Path) -> None:
    (only,) = read(tmp_path, "[community]\nname = '东区'").described()
    assert (only.named, only.name) == ("", "东区")
