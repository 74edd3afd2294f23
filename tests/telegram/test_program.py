"""The program itself, with nothing but a token in its configuration: from the first word to the first claim."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

from tests.telegram.waiting import until
from tests.telegram.whole import posted, pressed

ROOT = Path(__file__).parents[2]


def write_config(folder: Path, token: str, url: str) -> Path:
    file = folder / "config.toml"
    file.write_text(f'[telegram]\ntoken = "{token}"\nbase_url = "{url}"\n[web]\naddress = "127.0.0.1:0"\n', "utf-8")
    file.chmod(0o600)
    return file


async def program(folder: Path, *words: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, "--config", str(folder / "config.toml"),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip


async def said_by(folder: Path, *words: str) -> str:
    """What a command prints, which must end well."""
    ended = await program(folder, *words)
    said, log = await asyncio.wait_for(ended.communicate(), 60)
    assert ended.returncode == 0, said + log
    return said.decode()


def code_in(said: str) -> str:
    """The pairing code that the console shows."""
    found = re.search(r"(?:配对|pair) (\d{4} \d{4})", said)
    assert found, said
    return found[1]


async def test_a_token_and_a_pairing_code_are_all_it_takes_to_get_to_the_first_claim(tmp_path, world, server):
    write_config(tmp_path, world.token, server.url)
    lead, neighbour = world.person("杨老师", opened=False), world.person("陈伯")
    group = world.group("邻里", lead, neighbour, bot="")
    code = code_in(await said_by(tmp_path, "check"))
    bot = await program(tmp_path, "run", "--no-browser")
    try:
        await until(lambda: world.wanted, 60)
        private = world.private(lead)
        world.say(lead, private, "/start")
        await until(lambda: any("配对码" in letter.text.plain for letter in private.shown()), 60)
        world.say(lead, private, f"配对 {code}")
        await until(lambda: any("您是协调人了" in letter.text.plain for letter in private.shown()), 60)
        world.add_bot(lead, group, "administrator")
        await until(lambda: any("小板凳" in letter.text.plain for letter in group.shown()), 60)
        roster = await posted(world, group, lead, [lead, neighbour], places=2)
        pressed(world, neighbour, roster, "我来")
        await until(lambda: "1/2" in roster.text.plain and "陈伯" in roster.text.plain, 60)
    finally:
        bot.terminate()
        said, log = await asyncio.wait_for(bot.communicate(), 60)
    assert bot.returncode == 0
    assert world.token.encode() not in said + log
    assert "陈伯".encode() not in log
    assert code.encode() not in said + log
    assert code.replace(" ", "").encode() not in said + log
    assert "杨老师" in await said_by(tmp_path, "coordinators")
    assert f"telegram:{group.id}" in await said_by(tmp_path, "groups")


async def test_a_wrong_token_is_said_plainly_and_nothing_runs(tmp_path, world, server):
    write_config(tmp_path, "1:wrong", server.url)
    bot = await program(tmp_path, "run", "--no-browser")
    said, log = await asyncio.wait_for(bot.communicate(), 60)
    assert bot.returncode not in (0, None)
    assert b"Traceback" not in said + log
    assert b"1:wrong" not in said + log
    assert "BotFather" in (said + log).decode()
