"""The command line and a real server: the password is used once, and `check` says where things stand."""

from __future__ import annotations

import asyncio
import os
import stat
import sys
from pathlib import Path

from tests.matrix.synapse import Synapse

ROOT = Path(__file__).parents[2]


async def typed(*words: object, **environ: str) -> tuple[int, str, str]:
    """What a command answers: its exit code, standard output and standard error."""
    command = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *map(str, words)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=ROOT,
        env=os.environ | environ,
    )
    said, errors = await command.communicate()
    assert command.returncode is not None
    return command.returncode, said.decode(), errors.decode()


async def test_logging_in_once_is_enough_and_the_password_is_kept_nowhere(synapse: Synapse, tmp_path: Path):
    config, secret = tmp_path / "config.toml", tmp_path / "password"
    user = synapse.register("bot")
    config.write_text(f'[matrix]\nhomeserver = "{synapse.url}"\nuser = "{user}"\nstore = "keys"\n', "utf-8")
    code, said, errors = await typed("check", "--config", config)
    assert code == 1
    assert "xiaobandeng login matrix" in said + errors
    secret.write_text("wrong\n")
    code, said, errors = await typed("login", "matrix", "--config", config, "--password-file", secret)
    assert code != 0
    assert "密码" in said + errors
    secret.write_text("password\n")
    code, said, errors = await typed("login", "matrix", "--config", config, "--password-file", secret)
    assert code == 0, errors
    secret.unlink()
    code, said, errors = await typed("check", "--config", config)
    assert code == 0, said + errors
    assert "加密可用" in said + errors
    kept = list((tmp_path / "keys").iterdir())
    assert kept
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in kept)
    assert not any(b'"password"' in file.read_bytes() for file in kept)
    environ = {"XIAOBANDENG_MATRIX__PASSWORD": "password"}
    assert (await typed("login", "matrix", "--config", config, **environ))[0] == 0
