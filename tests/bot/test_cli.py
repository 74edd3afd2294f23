"""The command line, as somebody types it: what it prints, what it refuses, how it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.bot.commands import QUIET, TOKEN, called, line, running, typed


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text('[web]\naddress = "127.0.0.1:0"\n[log]\nformat = "json"\n')
    return path


# ---------------------------------------------------------------- running


def test_with_settings_it_prints_ready_once_it_serves_and_nothing_else(tmp_path: Path, config: Path) -> None:
    with running(tmp_path, "--config", config) as process:
        assert line(process) == "ready"
        process.terminate()
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out) == (0, "")
        said = [json.loads(each) for each in err.splitlines()]
    (address,) = [each["address"] for each in said if each["event"] == "the page is open"]
    assert re.fullmatch(r"127\.0\.0\.1:[1-9]\d*", address)
    kept = [path for path in tmp_path.iterdir() if path != config]
    assert {oct(path.stat().st_mode & 0o777) for path in kept} == {"0o600"}, kept


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_when_asked_to(tmp_path: Path, config: Path, sign: signal.Signals) -> None:
    with running(tmp_path, "--config", config) as process:
        assert line(process) == "ready"
        process.send_signal(sign)
        _, err = process.communicate(timeout=60)  # one that hangs is cut short, and ends with 1
        assert process.returncode == 0
        assert "Traceback" not in err


def test_without_settings_it_says_where_the_demo_page_is(tmp_path: Path) -> None:
    with running(tmp_path, "--no-browser") as process:
        said = line(process)
        url = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert url is not None, said
        with urllib.request.urlopen(url[0], timeout=60) as page:
            assert page.status == 200
    assert (tmp_path / "xiaobandeng-demo.db").exists()


def test_a_second_one_on_the_same_database_is_refused(tmp_path: Path, config: Path) -> None:
    with running(tmp_path, "--config", config) as process:
        assert line(process) == "ready"
        second = typed(tmp_path, "run", "--config", config)
        assert second.returncode == 1
        assert f"a bot (process {process.pid}) is already running" in second.stderr
        assert second.stdout == ""
        assert process.poll() is None


def test_to_stand_by_needs_a_database_server(tmp_path: Path, config: Path) -> None:
    refused = typed(tmp_path, "run", "--stand-by", "--config", config)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "standing by needs a database server" in refused.stderr


def test_after_a_kill_it_starts_again(tmp_path: Path, config: Path) -> None:
    for _ in range(2):
        with running(tmp_path, "--config", config) as process:
            assert line(process) == "ready"
            process.kill()


def test_an_end_that_hangs_is_cut_short(tmp_path: Path) -> None:
    hanging = """if True:
        import asyncio, bot.stop
        async def work():
            print("ready", flush=True)
            while True:
                try:
                    await asyncio.sleep(60)
                except asyncio.CancelledError:
                    pass
        bot.stop.run(work(), patience=0.1)
    """
    with subprocess.Popen([sys.executable, "-c", hanging], env=QUIET, stdout=subprocess.PIPE, text=True) as process:
        assert line(process) == "ready"
        process.terminate()
        assert process.wait(60) == 1


def test_a_page_in_plain_http_for_others_does_not_start_and_says_how_to_mend_it(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[web]\naddress = "127.0.0.1:0"\npublic_url = "http://stool.example.org"\n')
    said = typed(tmp_path, "run", "--no-browser")
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr.startswith("config.toml:3: web.public_url: ")
    assert 'public_url = "https://stool.example.org"' in said.stderr
    assert not (tmp_path / "xiaobandeng.db").exists()


def test_a_page_under_a_path_does_not_start_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[web]\naddress = "127.0.0.1:0"\npublic_url = "https://example.org/stool"\n')
    said = typed(tmp_path, "check")
    assert said.returncode == 2
    assert "without a path" in said.stderr
    assert "config.toml:3" in said.stderr


def test_a_token_is_in_no_word_that_is_printed_or_logged(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(
        f'[telegram]\ntoken = "{TOKEN}"\nbase_url = "http://127.0.0.1:1"\n[web]\naddress = "127.0.0.1:0"\n'
        '[log]\nlevel = "debug"\n'
    )
    config.chmod(0o600)
    looked = typed(tmp_path, "check")
    assert looked.returncode == 1
    assert "canary" not in looked.stdout + looked.stderr
    with running(tmp_path) as process:
        line(process)
        process.terminate()
        out, err = process.communicate(timeout=60)
    assert "canary" not in out + err
    assert "Traceback" not in err


class Refusing(BaseHTTPRequestHandler):
    """Telegram, as far as it answers a token that it does not know."""

    def do_POST(self) -> None:
        body = b'{"ok":false,"error_code":401,"description":"Unauthorized"}'
        self.send_response(401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST  # noqa: N815 - http.server wants these names

    def log_message(self, format: str, *args: object) -> None:
        pass


def test_a_token_that_telegram_refuses_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    with HTTPServer(("127.0.0.1", 0), Refusing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        said = typed(
            tmp_path,
            "run",
            XIAOBANDENG_TELEGRAM__TOKEN=TOKEN,
            XIAOBANDENG_TELEGRAM__BASE_URL=f"http://127.0.0.1:{server.server_port}",
            XIAOBANDENG_COMMUNITY__LANG="en",
        )
        server.shutdown()
    assert said.returncode == 1
    assert said.stderr.splitlines()[-1].startswith("Telegram does not know this token.")
    assert "canary" not in said.stderr


# ---------------------------------------------------------------- settings


def test_wrong_settings_are_said_on_one_line_each_with_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'[telegram]\ntokn = "{TOKEN}"\nmode = "{TOKEN}"\n')
    for words in (["run"], ["check"], ["backup", "copy"], ["restore", "copy"], ["invite", "x"], ["login", "matrix"]):
        said = called(tmp_path, *words)
        assert said.exit_code == 2, words
        first, second = said.stderr.splitlines()
        assert first == "config.toml:2: telegram.tokn: there is no such key; did you mean 'token'?"
        assert second.startswith("config.toml:3: telegram.mode: expected")
        assert said.stdout == ""


def test_the_settings_may_be_named_by_a_variable(tmp_path: Path) -> None:
    said = called(tmp_path, "check", XIAOBANDENG_CONFIG="elsewhere.toml")
    assert said.exit_code == 2
    assert said.stderr.startswith("elsewhere.toml: there is no such file")


# ---------------------------------------------------------------- the other commands


def test_the_check_says_what_is_ready_in_the_language_of_the_community(tmp_path: Path, config: Path) -> None:
    chinese = typed(tmp_path, "check", "--config", config)
    assert chinese.returncode == 0, chinese.stderr
    assert "数据库" in chinese.stdout
    config.write_text(config.read_text() + '[community]\nlang = "en"\n')
    english = typed(tmp_path, "check", "--config", config)
    assert english.stdout.splitlines()[-1].startswith("Ready. Start: xiaobandeng run --config")
    assert not (tmp_path / "xiaobandeng.db").exists()


def test_the_check_says_what_is_missing_with_exit_code_1(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        '[community]\nlang = "en"\n[database]\nurl = "sqlite:///none/x.db"\n[web]\naddress = "127.0.0.1:0"\n'
    )
    said = typed(tmp_path, "check")
    assert said.returncode == 1
    assert f"!! database: {tmp_path}/none/x.db cannot be made: there is no folder {tmp_path}/none" in said.stdout
    assert said.stdout.splitlines()[-1] == "One thing is missing."


def test_a_backup_of_a_running_bot_comes_back_after_it_stopped(tmp_path: Path, config: Path) -> None:
    with running(tmp_path, "--config", config) as process:
        assert line(process) == "ready"
        made = typed(tmp_path, "backup", "copy", "--config", config)
        assert made.returncode == 0, made.stderr
        refused = typed(tmp_path, "restore", "copy", "--force", "--config", config)
        assert (refused.returncode, "already running" in refused.stderr) == (1, True)
        process.terminate()
        process.wait(60)
    refused = called(tmp_path, "restore", "copy", "--config", config)
    assert (refused.exit_code, "with --force" in refused.stderr) == (1, True)
    done = called(tmp_path, "restore", "copy", "--force", "--config", config)
    assert done.exit_code == 0, done.stderr
    with running(tmp_path, "--config", config) as process:
        assert line(process) == "ready"


def test_a_damaged_database_stops_the_start_and_is_left_alone(tmp_path: Path, config: Path) -> None:
    spoilt = b"SQLite format 3\x00" + os.urandom(40_000)
    (tmp_path / "xiaobandeng.db").write_bytes(spoilt)
    said = typed(tmp_path, "run", "--config", config)
    assert said.returncode == 1
    assert "xiaobandeng restore" in said.stderr or "not a database" in said.stderr
    assert "Traceback" not in said.stderr
    assert (tmp_path / "xiaobandeng.db").read_bytes() == spoilt


def test_in_the_demo_there_are_no_personal_links(tmp_path: Path, config: Path) -> None:
    said = called(tmp_path, "invite", "杨老师", "--config", config)
    assert said.exit_code == 1
    assert said.stdout == ""


def test_a_personal_link_is_the_only_thing_on_standard_output(tmp_path: Path, config: Path) -> None:
    config.write_text('[web]\naddress = "127.0.0.1:0"\npublic_url = "https://stool.example.org"\n')
    said = called(tmp_path, "invite", "杨老师", "--coordinator", "--config", config)
    assert said.exit_code == 0, said.stderr
    assert re.fullmatch(r"https://stool\.example\.org/enter/\S{20,}\n", said.stdout)


def test_a_personal_link_is_listed_made_anew_and_ended(tmp_path: Path, config: Path) -> None:
    config.write_text('[community]\nlang = "en"\n[web]\naddress = "127.0.0.1:0"\npublic_url = "https://x.example"\n')
    assert "Nobody has a personal link" in called(tmp_path, "invited", "--config", config).stderr
    first = called(tmp_path, "invite", "杨老师", "--coordinator", "--config", config).stdout
    called(tmp_path, "invite", "李阿姨", "--config", config)
    known = called(tmp_path, "invited", "--config", config).stdout
    assert re.fullmatch(r"\w{12}  not opened yet  杨老师  coordinator\n\w{12}  not opened yet  李阿姨 *\n", known), (
        known
    )
    new = called(tmp_path, "invite", "杨老师", "--again", "--config", config)
    assert "the old one is dead" in new.stderr
    assert (new.stdout.startswith("https://x.example/enter/"), new.stdout == first) == (True, False)
    assert called(tmp_path, "dismiss", "李阿姨", "--config", config).stdout.startswith(
        "The personal link of 李阿姨 is dead"
    )
    said = called(tmp_path, "dismiss", "李阿姨", "--config", config)
    assert (said.exit_code, "Nobody called 李阿姨" in said.stderr) == (1, True)
    called(tmp_path, "invite", "杨老师", "--config", config)
    said = called(tmp_path, "invite", "杨老师", "--again", "--config", config)
    assert (said.exit_code, said.stdout) == (1, "")
    assert len(said.stderr.splitlines()) == 3


def test_matrix_is_logged_in_to_only_where_it_is_set_up(tmp_path: Path, config: Path) -> None:
    said = typed(tmp_path, "login", "matrix", "--config", config)
    assert said.returncode == 2
    assert "homeserver" in said.stderr


def test_help_names_every_command(tmp_path: Path) -> None:
    said = typed(tmp_path, "--help")
    assert said.returncode == 0
    for name in (
        "run",
        "play",
        "check",
        "backup",
        "restore",
        "read",
        "explain",
        "login",
        "invite",
        "invited",
        "dismiss",
        "groups",
        "coordinators",
        "version",
    ):
        assert re.search(rf"\b{name}\b", said.stdout), name


def test_the_version_is_said(tmp_path: Path) -> None:
    assert re.fullmatch(r"xiaobandeng \d+\.\d+\.\d+\n", typed(tmp_path, "version").stdout)


def test_an_error_of_ours_shows_no_values(tmp_path: Path) -> None:
    said = typed(tmp_path, "login", "matrix", "--password-file", "none", XIAOBANDENG_MATRIX__USER="@a:b",
                 XIAOBANDENG_MATRIX__HOMESERVER="http://127.0.0.1:1")  # fmt: skip
    assert said.returncode == 2
    assert "locals" not in said.stderr
