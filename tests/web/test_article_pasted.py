"""The article in a real browser: selected whole, copied, and pasted into a field of rich text."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageDraw

from core.features.digest.page import Shot, page
from core.messages import File
from core.shelf import Shelf
from tests.web.browser import DESK, PHONE, chromium

if TYPE_CHECKING:
    from pathlib import Path

FIELD = (
    '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><body style="margin:0">'
    '<div id="field" contenteditable="true" style="min-height:300px;padding:12px"></div>'
)
SEEN = """() => {
  const field = document.getElementById('field');
  const images = [...field.querySelectorAll('img')];
  const look = tag => getComputedStyle(field.querySelector(tag));
  return {
    text: field.innerText, loaded: images.map(image => image.naturalWidth),
    inside: images.every(image => image.getBoundingClientRect().right <= innerWidth),
    title: look('h2').textAlign, paragraph: look('p').lineHeight,
    foreign: field.querySelectorAll('style, script, link, [class], [id]').length,
  };
}"""
PARAGRAPHS = (
    "这一周，邻居们做了这些事：组织生活会1次，36人次；巡逻3次，6人次。",
    "大家反映的事有了下文。事1 楼道灯坏了：物业来看过了。",
    "接下来还有：周六上午9点到10点 大扫除 #2 1/10。欢迎来帮忙。",
    "谢谢这一周出力的38位邻居。",
)


def article(folder: Path) -> str:
    """An article of a week with two pictures."""
    shelf = Shelf(folder)
    names = []
    for colour in ("#7a9e7e", "#c98b5a"):
        drawn = Image.new("RGB", (1600, 1000), colour)
        ImageDraw.Draw(drawn).ellipse((500, 250, 1100, 750), fill="#f3ead8")
        out = BytesIO()
        drawn.save(out, "PNG")
        names.append(shelf.keep(out.getvalue()))
    shots = {0: [Shot(names[0], "组织生活会")], 1: [Shot(names[1], "事1 楼道灯坏了")]}
    made = page("zh", "本周简报｜邻里", PARAGRAPHS, shots)
    return shelf.filled(File("简报.html", "text/html", made, pictures=1080)).data.decode()


@pytest.mark.parametrize("kind", [PHONE, DESK], ids=["phone", "desk"])
async def test_pasted_it_keeps_its_words_its_layout_and_its_pictures(tmp_path: Path, kind: dict[str, Any]) -> None:
    async with chromium() as browser:
        context = await browser.new_context(locale="zh-CN", **DESK)
        await context.grant_permissions(["clipboard-read", "clipboard-write"])
        shown, editor = await context.new_page(), await context.new_page()
        await editor.set_viewport_size(kind["viewport"])  # it is copied at a desk, and read on telephones
        await shown.set_content(article(tmp_path))
        await shown.bring_to_front()
        await shown.keyboard.press("Control+a")
        await shown.keyboard.press("Control+c")
        await editor.set_content(FIELD)
        await editor.bring_to_front()
        await editor.locator("#field").click()
        await editor.keyboard.press("Control+v")
        await editor.wait_for_function("[...document.images].every(image => image.complete)")
        seen = await editor.evaluate(SEEN)
    assert all(each in seen["text"] for each in PARAGRAPHS)
    assert seen["loaded"] == [1080, 1080]
    assert seen["inside"]
    assert (seen["title"], seen["foreign"]) == ("center", 0)
    assert float(seen["paragraph"].removesuffix("px")) == pytest.approx(17 * 1.8, abs=0.1)
