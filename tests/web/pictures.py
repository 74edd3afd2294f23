"""Draw the pictures of the documentation: `python -m tests.web.pictures docs/pictures` plays the story."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.web.browser import DESK, PHONE, chromium
from tests.web.story import Neighbour, claim, leave, neighbour, post, remind, village

CRISP = {**DESK, "viewport": {"width": 1400, "height": 980}, "device_scale_factor": 2}


async def draw(folder: Path) -> None:
    """Play the story; keep a picture of a desk at its end, and one of a phone."""
    with tempfile.TemporaryDirectory() as rows:
        async with chromium() as browser, village(Path(rows) / "web.db") as network:
            yang, chen, wang = [await neighbour(browser, network, who) for who in ("yang", "chen", "wang-bo")]
            li = await neighbour(browser, network, "li", kind=CRISP)
            phone = await neighbour(browser, network, "wang-bo", kind=PHONE)
            await post(yang)
            await claim(li, chen, wang)
            await leave(chen, wang)
            await remind(li, wang)
            await li.say("东门见，我带手电。")
            await li.see(li.group, "手电")
            await _keep(li, folder / "web.png")
            await phone.page.get_by_role("link", name="我和小板凳").click()
            await phone.see(phone.own, "今天")
            await _keep(phone, folder / "phone.png")


async def _keep(one: Neighbour, file: Path) -> None:
    await one.page.evaluate("document.activeElement.blur()")
    close = one.page.locator(".close")
    if await close.is_visible():
        await close.click()
    await one.page.screenshot(path=file)


if __name__ == "__main__":
    asyncio.run(draw(Path(sys.argv[1])))
