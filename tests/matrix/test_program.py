"""The README's set-up of Matrix, step by step, with the program itself: from the password to the first claim."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

from tests.matrix.conftest import NewPerson
from tests.matrix.person import until
from tests.matrix.screen import shown
from tests.matrix.synapse import Synapse
from tests.matrix.test_command_line import ROOT, typed


async def test_the_set_up_of_the_readme_leads_from_a_password_to_the_first_claim(
    synapse: Synapse, person: NewPerson, tmp_path: Path
):
    config, bot = tmp_path / "config.toml", synapse.register("bot")
    config.write_text(
        f'[matrix]\nhomeserver = "{synapse.url}"\nuser = "{bot}"\n[web]\naddress = "127.0.0.1:0"\n', "utf-8"
    )
    config.chmod(0o600)
    environ = {"XIAOBANDENG_MATRIX__PASSWORD": "password"}
    assert (await typed("login", "matrix", "--config", config, **environ))[0] == 0
    code, said, errors = await typed("check", "--config", config)
    assert code == 0, said + errors
    pairing = re.search(r"(?:配对|pair) (\d{4} \d{4})", said)
    assert pairing, said
    yang, chen = await person("杨老师"), await person("陈伯")
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run", "--no-browser", "--config", str(config)),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip

    async def see(where: str, text: str) -> str:
        """The newest message of the bot with this text, once it stands there."""

        async def there() -> list[str]:
            return [each.id for each in shown(await yang.events(where), bot) if text in each.text]

        return str((await until(there))[-1])

    try:
        private = await yang.create(bot, is_direct=True)
        await see(private, "配对码")
        await yang.say(private, f"配对 {pairing[1]}")
        await see(private, "您是协调人了")
        room = await yang.create(bot, chen.user, name="邻里")
        await chen.join(room)
        await see(room, "小板凳")
        await yang.say(room, "发布 巡逻 2036-11-27 19:00-21:00 东门集合 2人")
        await see(private, "我这样理解")
        await yang.say(private, "发布")
        roster = await see(room, "0/2")
        await chen.react(room, roster, "🙋")
        await see(room, "1/2")
        await see(room, "陈伯")
    finally:
        program.terminate()
        out, log = await asyncio.wait_for(program.communicate(), 60)
    assert program.returncode == 0, log.decode()
    assert pairing[1].encode() not in out + log
    assert "陈伯".encode() not in log
