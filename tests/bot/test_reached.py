"""Commands where folder, file or server is wrong: a sentence; and whose it is that root made."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.bot.commands import called

WEB = '[web]\naddress = "127.0.0.1:0"\npublic_url = "https://x.example"\n'
COMMANDS = (("invite", "王阿姨"), ("invite", "王阿姨", "--again"), ("invited",), ("dismiss", "王阿姨"))
OTHERS = (("groups",), ("coordinators",), ("events",))


def no_folder(folder: Path) -> str:
    return '[database]\nurl = "sqlite:///gone/x.db"\n'


def no_database(folder: Path) -> str:
    (folder / "xiaobandeng.db").write_text("这里只有几句话，不是数据库。" * 100, "utf-8")
    return ""


def a_folder(folder: Path) -> str:
    (folder / "xiaobandeng.db").mkdir()
    return ""


def newer(folder: Path) -> str:
    assert called(folder, "invite", "王阿姨").exit_code == 0
    with closing(sqlite3.connect(folder / "xiaobandeng.db")) as rows:
        rows.execute("UPDATE alembic_version SET version_num = '9999'")
        rows.commit()
    return ""


def no_server(folder: Path) -> str:
    return '[database]\nurl = "postgresql+psycopg://127.0.0.1:1/none"\n'


WRONG: dict[Callable[[Path], str], str] = {
    no_folder: "gone 这个文件夹。请先建好",
    no_database: "xiaobandeng.db",
    a_folder: "写不进去",
    newer: "newer version",
    no_server: "数据库服务器用不了",
}


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.__name__)
def test_what_is_wrong_with_folder_file_or_server_is_a_sentence(tmp_path: Path, wrong: Callable[[Path], str]) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text(WEB, "utf-8")
    settings.chmod(0o600)
    settings.write_text(WEB + wrong(tmp_path), "utf-8")
    for words in COMMANDS + (OTHERS if wrong is not no_folder else ()):
        said = called(tmp_path, *words)
        assert said.exit_code == 1, words
        assert said.exception is None or isinstance(said.exception, SystemExit), words
        assert WRONG[wrong] in said.stderr, (words, said.stderr)
        assert "Traceback" not in said.stderr
        assert len(said.stderr.strip().splitlines()) == 1, (words, said.stderr)


def test_what_root_makes_belongs_to_the_user_whose_folder_it_is(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(WEB, "utf-8")
    owner = 65534 if os.geteuid() == 0 else os.geteuid()  # only root can make files for others
    os.chown(tmp_path, owner, -1)
    assert called(tmp_path, "invite", "王阿姨").exit_code == 0
    made = {file.name: file.stat().st_uid for file in tmp_path.iterdir() if file.name != "config.toml"}
    assert {"xiaobandeng.db", "xiaobandeng.key"} <= made.keys()
    assert set(made.values()) == {owner}
