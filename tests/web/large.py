"""The pictures in large type that the documentation shows, as the bot draws them: a roster, balconies, a board."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.street import YANG, Street, street

ON_PAPER = 540
"""How wide they are in the documentation, so that they are small files; as sent they are 1080 points wide."""
POSTED = "发布 一米阳台 2026-11-28 9:00-11:00 1-10号楼 每处2人 带手套"
WHO = ("陈伯", "李阿姨", "王师傅", "赵老师", "欧阳阿姨", "孙伯伯", "周阿姨🌸", "吴老师")
STANDS = {1: "种了月季", 2: "种了绣球", 3: "长势很好", 5: "要照看", 6: "枯了", 8: "种了薄荷"}
CARED = {1: "陈伯", 2: "李阿姨", 3: "王师傅", 8: "欧阳阿姨"}


async def draw_large(folder: Path) -> None:
    """A planting day that fills, balconies as they stand, a board: each is asked for with 图."""
    with tempfile.TemporaryDirectory() as rows:
        async with street(Path(rows), *WHO, posted=POSTED) as here:
            for n, who in enumerate(WHO):
                await here.say(who, f"报名 {(1, 1, 3, 3, 5, 8, 8, 9)[n]}号楼")
            await here.deliver()
            keep(here, await asked(here, "名单图"), folder / "large-roster.jpg")
            for n, how in STANDS.items():
                await here.say(YANG, f"{n}号楼阳台{how}", None)
            for n, who in CARED.items():
                await here.say(who, f"认养{n}号楼", None)
            keep(here, await asked(here, "阳台图"), folder / "large-balconies.jpg")
            await here.say("陈伯", "烦心事 三号楼门口的灯坏了，晚上看不见台阶")
            await here.say("王师傅", "发现 东门的玉兰树枝断了")
            for who in ("李阿姨", "赵老师"):
                await here.say(who, "我也是 1")
            await here.say(YANG, "事1 物业来看过了，灯泡明天下午送到", None)
            keep(here, await asked(here, "小板凳图"), folder / "large-board.jpg")


async def asked(here: Street, words: str) -> str:
    """The name of the picture that somebody gets who asks for it."""
    await here.say("陈伯", words, None)
    await here.deliver()
    return next(call.message.picture for call in reversed(here.network.calls) if call.message and call.message.picture)


def keep(here: Street, name: str, file: Path) -> None:
    with Image.open(BytesIO(here.database.shelf.read(name))) as opened:
        opened.thumbnail((ON_PAPER, ON_PAPER * 4), Image.Resampling.LANCZOS)
        opened.save(file, "JPEG", quality=82, optimize=True)
