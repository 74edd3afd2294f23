"""Backups of a running database, and coming back from one."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.backup import SERVER, NotDone, backup, check, restore
from bot.lease import Taken, lease
from core import posts
from core.db import Database, known_schemas
from core.ids import new_id
from core.posts import Post
from core.short_lives import empty

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "xiaobandeng.db"


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    file.write_bytes(empty())
    database = Database(f"sqlite:///{file}")
    yield database
    database.close()


def owe(database: Database, kind: str, due: datetime, urgency: int = posts.REMINDER) -> None:
    with database.writing() as session:
        post = Post(community_id=1, id=new_id(NOW), kind=kind, urgency=urgency, due=due, not_before=due)
        post.sending, post.sending_since = 1, due
        session.add(post)


def kinds(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute("SELECT kind FROM post ORDER BY id")]


def flip(file: Path, first: int = 2) -> None:
    """Spoil every page from the second on, as a dying disk does."""
    content = bytearray(file.read_bytes())
    for at in range(first * 4096 - 3000, len(content), 512):
        content[at : at + 200] = os.urandom(200)
    file.write_bytes(content)


# ---------------------------------------------------------------- making one


def test_a_backup_is_whole_private_and_one_file(database: Database, file: Path, tmp_path: Path) -> None:
    owe(database, "roster", NOW)
    copy = tmp_path / "copy"
    made = backup(file, copy)
    assert (made.file, made.schema, made.size) == (copy, known_schemas()[-1], copy.stat().st_size)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert kinds(copy) == ["roster"]
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith((".", "copy"))) == ["copy"]


def test_a_backup_made_while_others_write_is_one_picture_and_holds_nobody_up(
    database: Database, file: Path, tmp_path: Path
) -> None:
    ended = threading.Event()

    def write() -> None:
        number = 0
        while not ended.is_set():
            with database.writing() as session:  # two rows, always together
                for half in "ab":
                    session.add(
                        Post(community_id=1, id=new_id(NOW), kind=half, occasion=str(number), due=NOW, not_before=NOW)
                    )
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            backup(file, tmp_path / f"copy{number}")
    finally:
        ended.set()
        writer.join()
    for number in range(5):
        kept = kinds(tmp_path / f"copy{number}")
        assert kept.count("a") == kept.count("b")
    assert len(kinds(tmp_path / "copy0")) <= len(kinds(tmp_path / "copy4")) <= len(kinds(file))


def test_a_backup_replaces_an_earlier_one_and_nothing_else(database: Database, file: Path, tmp_path: Path) -> None:
    copy, letter = tmp_path / "copy", tmp_path / "letter.txt"
    backup(file, copy)
    owe(database, "roster", NOW)
    backup(file, copy)
    assert kinds(copy) == ["roster"]
    letter.write_text("dear")
    for wrong, said in (
        (letter, "something else than a backup"),
        (file, "the database itself"),
        (tmp_path, "is a folder"),
    ):
        with pytest.raises(NotDone, match=said):
            backup(file, wrong)
    assert letter.read_text() == "dear"


def test_what_cannot_be_backed_up_is_said_plainly(file: Path, tmp_path: Path) -> None:
    with pytest.raises(NotDone, match="there is no database at"):
        backup(file, tmp_path / "copy")
    with pytest.raises(NotDone, match="pg_dump") as refusal:
        backup(None, tmp_path / "copy")
    assert str(refusal.value) == SERVER
    assert list(tmp_path.iterdir()) == []


def test_a_schema_whose_names_are_no_text_is_called_damaged(database: Database, file: Path, tmp_path: Path) -> None:
    """SQLite's own message quotes such a name, and then cannot be read as text."""
    owe(database, "roster", NOW)
    database.close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    content = file.read_bytes()
    assert b"CREATE TABLE alembic_version" in content
    file.write_bytes(content.replace(b"CREATE TABLE alembic_version", b"CREATE TABL\xfc alemb\xfcc_version"))
    with pytest.raises(NotDone, match="is damaged"):
        backup(file, tmp_path / "copy")
    with pytest.raises(NotDone, match="is damaged"):
        check(file)
    assert not (tmp_path / "copy").exists()


def test_a_damaged_database_is_not_passed_off_as_a_backup(database: Database, file: Path, tmp_path: Path) -> None:
    for number in range(200):
        owe(database, f"post{number}", NOW)
    database.close()
    flip(file)
    with pytest.raises(NotDone, match="is damaged"):
        backup(file, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_there_is_no_backup_where_nothing_can_be_written(database: Database, file: Path, tmp_path: Path) -> None:
    with pytest.raises(NotDone, match="choose another folder"):
        backup(file, tmp_path / "none" / "copy")


# ---------------------------------------------------------------- coming back


def test_a_restored_database_is_what_was_saved(database: Database, file: Path, tmp_path: Path) -> None:
    owe(database, "roster", NOW, posts.ROSTER)
    backup(file, tmp_path / "copy")
    owe(database, "later", NOW)
    database.close()
    with pytest.raises(NotDone, match="with --force it is set aside"):
        restore(tmp_path / "copy", file, NOW)
    assert kinds(file) == ["roster", "later"]
    aside = restore(tmp_path / "copy", file, NOW, force=True)
    assert kinds(file) == ["roster"]
    assert aside is not None
    assert kinds(aside) == ["roster", "later"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_database_comes_back_on_a_new_machine(database: Database, file: Path, tmp_path: Path) -> None:
    owe(database, "roster", NOW)
    backup(file, tmp_path / "copy")
    there = tmp_path / "there"
    there.mkdir()
    assert restore(tmp_path / "copy", there / "x.db", NOW) is None
    assert kinds(there / "x.db") == ["roster"]


def test_what_had_fallen_due_before_the_restore_is_not_sent_again(
    database: Database, file: Path, tmp_path: Path
) -> None:
    owe(database, "said-or-missed", NOW - timedelta(hours=2))
    owe(database, "roster", NOW - timedelta(hours=2), posts.ROSTER)
    owe(database, "tomorrow", NOW + timedelta(days=1))
    backup(file, tmp_path / "copy")
    database.close()
    restore(tmp_path / "copy", file, NOW, force=True)
    back = Database(f"sqlite:///{file}")
    with back.reading() as session:
        owed = {post.kind: (post.pending, post.sending) for post in session.exec(select(Post))}
    back.close()
    assert owed == {"said-or-missed": (False, 1), "roster": (True, None), "tomorrow": (True, 1)}


def test_a_log_left_by_the_old_database_is_not_played_into_the_new(
    database: Database, file: Path, tmp_path: Path
) -> None:
    backup(file, tmp_path / "copy")
    owe(database, "in-the-log", NOW)
    for ending in ("", "-wal"):  # as a kill leaves them
        (tmp_path / f"killed.db{ending}").write_bytes(Path(f"{file}{ending}").read_bytes())
    killed = tmp_path / "killed.db"
    aside = restore(tmp_path / "copy", killed, NOW, force=True)
    assert kinds(killed) == []
    assert aside is not None
    assert kinds(aside) == ["in-the-log"]


def test_nothing_is_restored_under_a_running_bot(database: Database, file: Path, tmp_path: Path) -> None:
    backup(file, tmp_path / "copy")
    with lease(file), pytest.raises(Taken, match="stop that one first"):
        restore(tmp_path / "copy", file, NOW, force=True)


def test_a_damaged_backup_is_refused_and_the_database_left_alone(
    database: Database, file: Path, tmp_path: Path
) -> None:
    for number in range(200):
        owe(database, f"post{number}", NOW)
    copy = tmp_path / "copy"
    backup(file, copy)
    flip(copy)
    with pytest.raises(NotDone, match="is damaged"):
        restore(copy, file, NOW, force=True)
    assert len(kinds(file)) == 200


def test_what_is_no_backup_is_refused(database: Database, file: Path, tmp_path: Path) -> None:
    letter, other = tmp_path / "letter", tmp_path / "other.db"
    letter.write_text("dear " * 1000)
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE cats (name)")
    for wrong in (letter, other):
        with pytest.raises(NotDone, match="not a database of this program"):
            restore(wrong, file, NOW, force=True)
    with pytest.raises(NotDone, match="there is no file"):
        restore(tmp_path / "none", file, NOW, force=True)
    with pytest.raises(NotDone, match="the database itself"):
        restore(file, file, NOW, force=True)
    with pytest.raises(NotDone, match="pg_restore"):
        restore(letter, None, NOW, force=True)


def test_a_newer_schema_is_refused_and_says_so(database: Database, file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    backup(file, copy)
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'f00d'")
    with pytest.raises(NotDone, match="made by a newer version of this program"):
        restore(copy, file, NOW, force=True)


def test_what_is_restored_belongs_to_whom_the_folder_belongs(database: Database, file: Path, tmp_path: Path) -> None:
    backup(file, tmp_path / "copy")
    there = tmp_path / "there"
    there.mkdir()
    owner = 65534 if os.geteuid() == 0 else os.geteuid()  # only root can write for others
    os.chown(there, owner, -1)
    restore(tmp_path / "copy", there / "x.db", NOW)
    assert {path.stat().st_uid for path in there.iterdir()} == {owner}


# ---------------------------------------------------------------- at the start


def test_a_damaged_database_is_found_at_the_start_and_the_newest_backup_named(
    database: Database, file: Path, tmp_path: Path
) -> None:
    for number in range(200):
        owe(database, f"post{number}", NOW)
    (tmp_path / "backups").mkdir()
    backup(file, tmp_path / "backups" / "monday")
    backup(file, tmp_path / "backups" / "tuesday")
    os.utime(tmp_path / "backups" / "monday", (0, 0))
    database.close()
    assert check(file) == known_schemas()[-1]
    flip(file)
    before = file.read_bytes()
    with pytest.raises(NotDone, match=r"restore .*/backups/tuesday --force"):
        check(file)
    assert file.read_bytes() == before


def test_a_database_that_is_in_use_is_not_called_damaged(database: Database, file: Path) -> None:
    database.close()
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA journal_mode=DELETE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(NotDone, match=r"cannot be read now \(database is locked\)"):
            check(file, wait=0)


def test_a_first_start_that_was_cut_short_is_no_obstacle_to_the_next(file: Path, tmp_path: Path) -> None:
    Database(f"sqlite:///{file}").close()
    file.touch()
    assert check(file) == ""
    (tmp_path / "wal.db").touch()
    with closing(sqlite3.connect(tmp_path / "wal.db")) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    assert check(tmp_path / "wal.db") == ""
    with pytest.raises(NotDone, match="is empty"):
        restore(file, tmp_path / "x.db", NOW)


# ---------------------------------------------------------------- the lease


def test_the_second_to_ask_for_the_lease_is_told_who_has_it(file: Path) -> None:
    with lease(file), pytest.raises(Taken, match=f"process {os.getpid()}"), lease(file):
        pass
    with lease(file):
        pass
    assert stat.S_IMODE(Path(f"{file}.lock").stat().st_mode) == 0o600


def test_another_name_of_the_same_file_is_the_same_lease(file: Path, tmp_path: Path) -> None:
    file.touch()
    (tmp_path / "link").symlink_to(file)
    with lease(file), pytest.raises(Taken), lease(tmp_path / "link"):
        pass


def test_the_lease_ends_with_a_process_that_is_killed(file: Path) -> None:
    hold = """if True:
        import sys, pathlib, bot.lease
        with bot.lease.lease(pathlib.Path(sys.argv[1])):
            print("held", flush=True)
            input()
    """
    command = [sys.executable, "-c", hold, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(Taken, match=f"process {process.pid}"), lease(file):
            pass
        process.kill()
    with lease(file):
        pass


def test_a_database_server_has_no_lease_of_ours() -> None:
    with lease(None), lease(None):
        pass
