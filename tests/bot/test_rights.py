"""What the operator sees and decides at the machine: the pairing code, groups, coordinators."""

from __future__ import annotations

import os
import pty
import re
import select
import sqlite3
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select as find

from core.audit import AuditLine
from core.db import Database
from core.members import Account, Community, KnownChat, Member, Paired, Presence
from core.pairing import try_code
from core.posts import Post
from tests.bot.commands import QUIET, TOKEN, called, command, line, running, typed

CODE = re.compile(r"pair (\d{4} \d{4})")
UNREACHABLE = (
    f'[community]\nlang = "en"\n[telegram]\ntoken = "{TOKEN}"\nbase_url = "http://127.0.0.1:1"\n'
    '[web]\naddress = "127.0.0.1:0"\n'
)
"""A network that cannot be reached now: the bot waits for it."""


def settings(folder: Path, text: str = UNREACHABLE) -> Path:
    path = folder / "config.toml"
    path.write_text(text)
    path.chmod(0o600)
    return path


def terminal(folder: Path, seconds: float = 60) -> str:
    """What `run` shows on a terminal until it serves."""
    here, there = pty.openpty()
    shown = b""
    with subprocess.Popen(
        command("run"), cwd=folder, env=QUIET, stdout=there, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL
    ) as process:
        os.close(there)
        while b"ready" not in shown and select.select([here], [], [], seconds)[0]:
            shown += os.read(here, 4096)
        process.terminate()
        _, log = process.communicate(timeout=60)
    os.close(here)
    code = CODE.search(shown.decode())
    assert code is None or code[1].encode() not in log, "the log is kept, and read by others"
    assert code is None or code[1].replace(" ", "").encode() not in log
    return shown.decode()


def test_the_check_shows_a_pairing_code_where_nobody_coordinates_and_a_new_one_each_time(tmp_path: Path) -> None:
    settings(tmp_path)
    first, second = (typed(tmp_path, "check") for _ in range(2))
    codes = [CODE.search(said.stdout) for said in (first, second)]
    assert codes[0]
    assert codes[1]
    assert codes[0][1] != codes[1][1]
    assert "-> coordinators: Nobody coordinates yet" in first.stdout
    assert "pair" not in first.stderr
    kept = [path for path in tmp_path.iterdir() if path.name != "config.toml"]
    assert {oct(path.stat().st_mode & 0o777) for path in kept} == {"0o600"}, kept
    database = Database(f"sqlite:///{tmp_path}/xiaobandeng.db")
    with database.writing() as session:
        here = session.exec(find(Community)).one().id
        now = datetime.now(UTC)
        assert try_code(session, here, "telegram:1", codes[0][1].replace(" ", ""), now) == "wrong"
        assert try_code(session, here, "telegram:2", codes[1][1].replace(" ", ""), now) == "right"
    database.close()


@pytest.mark.parametrize(
    "more", ['coordinators = ["telegram:1"]\n', None], ids=["somebody is named", "the page alone, for trying out"]
)
def test_no_code_is_shown_where_somebody_coordinates_or_nobody_needs_to(tmp_path: Path, more: str | None) -> None:
    page = '[community]\nlang = "en"\n[web]\naddress = "127.0.0.1:0"\n'
    settings(tmp_path, page if more is None else UNREACHABLE.replace('lang = "en"\n', f'lang = "en"\n{more}'))
    said = typed(tmp_path, "check")
    assert "pair" not in said.stdout
    assert not (tmp_path / "xiaobandeng.db").exists()
    assert "pair" not in terminal(tmp_path)


def test_a_start_shows_the_code_on_a_terminal_only_and_else_says_in_the_log_how_to_get_one(tmp_path: Path) -> None:
    settings(tmp_path)
    shown = terminal(tmp_path)
    assert CODE.search(shown)
    with running(tmp_path) as process:
        assert line(process) == "ready"
        process.terminate()
        out, err = process.communicate(timeout=60)
    assert out == ""
    assert CODE.search(err) is None
    assert "nobody coordinates yet: xiaobandeng check shows a pairing code" in err


def test_a_service_that_starts_again_leaves_the_code_good_that_the_check_has_shown(tmp_path: Path) -> None:
    settings(tmp_path)
    code = CODE.search(typed(tmp_path, "check").stdout)
    assert code
    with running(tmp_path) as process:
        assert line(process) == "ready"
    database = Database(f"sqlite:///{tmp_path}/xiaobandeng.db")
    with database.writing() as session:
        here = session.exec(find(Community)).one().id
        assert try_code(session, here, "telegram:1", code[1].replace(" ", ""), datetime.now(UTC)) == "right"
    database.close()


def test_a_database_of_an_older_version_is_not_touched_by_the_check(tmp_path: Path) -> None:
    settings(tmp_path)
    typed(tmp_path, "check")
    connection = sqlite3.connect(tmp_path / "xiaobandeng.db")
    connection.execute("UPDATE alembic_version SET version_num = '0003'")
    connection.commit()
    connection.close()
    said = typed(tmp_path, "check")
    assert CODE.search(said.stdout) is None
    assert "another check shows a pairing code" in said.stdout
    for words in (["groups"], ["coordinators"]):
        refused = called(tmp_path, *words)
        assert (refused.exit_code, "start the bot once" in refused.stderr) == (1, True)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A bot that was in two groups before groups were confirmed, is in one that waits, and is out of another."""
    settings(tmp_path)
    database = Database(f"sqlite:///{tmp_path}/xiaobandeng.db")
    database.migrate()
    with database.writing() as session:
        session.add(Community(id=1, name="邻里", zone="Asia/Shanghai", lang="en"))
        session.flush()
        for id, (address, name, bound, closed) in enumerate(
            [("-1001", "邻里", "kept", False), ("-1002", "打牌群", "kept", False), ("-1003", "东区", "", False),
             ("-1004", "走了", "kept", True), ("-1005", "", "confirmed", False)]
        ):  # fmt: skip
            session.add(KnownChat(community_id=1, id=10 + id, network="telegram", address=address, private=False,
                                  name=name, bound=bound, closed=closed))  # fmt: skip
        for id, name in (("7", "杨老师"), ("8", "李老师")):
            session.add(Member(community_id=1, id=int(id), name=name))
            session.add(Account(community_id=1, network="telegram", id=id, member_id=int(id), name=name, reachable=True,
                                last_used=datetime.now(UTC)))  # fmt: skip
        session.add(Paired(community_id=1, network="telegram", account="7", at=datetime.now(UTC)))
        session.flush()
        session.add(Presence(community_id=1, chat_id=10, account="8", administrator=True))
        session.add(Presence(community_id=1, chat_id=12, account="9", administrator=True))
    database.close()
    return tmp_path


def test_the_check_names_the_groups_that_nobody_has_confirmed_and_says_what_to_do(kept: Path) -> None:
    said = typed(kept, "check")
    assert said.returncode == 1
    about = [each for each in said.stdout.splitlines() if each.startswith("!! group:")]
    assert [each.count("telegram:-100") for each in about] == [1, 1, 1]
    assert "“打牌群” has long been in use, and nobody has confirmed it" in about[1]
    assert "xiaobandeng groups --ours 'telegram:-1002'" in about[1]
    assert "“东区” waits for a coordinator" in about[2]
    assert CODE.search(said.stdout) is None
    for secret in ("打牌群", "东区", "杨老师"):
        assert secret not in said.stderr


def test_the_operator_confirms_and_dismisses_groups(kept: Path) -> None:
    assert "telegram:-1003" in called(kept, "groups").stdout
    said = called(kept, "groups", "--ours", "telegram:-1001", "--not-ours", "telegram:-1002").stdout.splitlines()
    assert said[0].startswith("ours (confirmed)")
    assert said[1].startswith("waits")  # until the running bot has left it
    assert "telegram:-1004" not in "".join(said)
    database = Database(f"sqlite:///{kept}/xiaobandeng.db")
    with database.reading() as session:
        rows = {row.address: row for row in session.exec(find(KnownChat)).all()}
        owed = {(post.kind, post.chat_id) for post in session.exec(find(Post)).all()}
        verbs = [deed.verb for deed in session.exec(find(AuditLine)).all()]
    database.close()
    assert (rows["-1001"].bound, rows["-1002"].bound, rows["-1002"].refused) == ("confirmed", "", True)
    assert ("leave", rows["-1002"].id) in owed
    assert ("greeting", rows["-1001"].id) in owed, "it is greeted"
    assert verbs == ["group_confirmed", "group_refused"]


def test_what_is_no_group_or_stands_in_the_settings_is_not_decided(kept: Path) -> None:
    refused = called(kept, "groups", "--ours", "telegram:-9")
    assert (refused.exit_code, refused.stderr.strip()) == (
        1,
        "There is no group telegram:-9. xiaobandeng groups lists them.",
    )
    database = Database(f"sqlite:///{kept}/xiaobandeng.db")
    with database.writing() as session:
        session.get_one(KnownChat, (1, 10)).bound = "settings"
    database.close()
    refused = called(kept, "groups", "--not-ours", "telegram:-1001")
    assert (refused.exit_code, "change it there" in refused.stderr) == (1, True)


def test_the_operator_sees_who_coordinates_and_dismisses_one_by_code_only(kept: Path) -> None:
    said = called(kept, "coordinators").stdout.splitlines()
    assert [each.split("  ")[0] for each in said] == ["by a pairing code", "administrator of ours"]
    assert "telegram:7  杨老师" in said[0]
    assert "telegram:8  李老师" in said[1]
    assert "telegram:9" not in "".join(said)
    refused = called(kept, "coordinators", "--dismiss", "telegram:8")
    assert (refused.exit_code, "no coordinator by a pairing code" in refused.stderr) == (1, True)
    said = called(kept, "coordinators", "--dismiss", "telegram:7").stdout.splitlines()
    assert [each.split("  ")[0] for each in said] == ["administrator of ours"]
