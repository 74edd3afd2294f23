"""The article as HTML: every style stands in its element, and nothing that an editor drops, or should not get."""

from __future__ import annotations

import re

from core.features.digest.page import Shot, page

PARAGRAPHS = ["这一周 & 巡逻3次。\n<script>x</script>", "接下来还有：大扫除。"]


def test_all_styles_stand_in_the_elements_and_words_are_words() -> None:
    made = page("zh", "本周简报｜<邻里>", PARAGRAPHS, {}).decode()
    assert "<script" not in made
    assert "&lt;script&gt;x&lt;/script&gt;" in made
    assert "本周简报｜&lt;邻里&gt;" in made
    section = made[made.index("<section") : made.index("</section>")]
    assert not re.search(r"<style|<link|<img|class=|\bid=|href=|src=|url\(", made)
    tags = re.findall(r"<(section|h2|p|span)\b([^>]*)>", section)
    assert len(tags) == 7
    assert all(re.fullmatch(r' style="[^"]+"', said) for _, said in tags)


def test_pictures_stand_below_their_paragraph_and_what_is_seen_on_several_is_said_once() -> None:
    one, two, three = ("0" * 63 + f"{n}.jpg" for n in range(3))
    shots = {0: [Shot(one, "组织生活会"), Shot(two, "组织生活会")], 1: [Shot(three, '事1 "灯" 坏了')]}
    made = page("zh", "本周简报", PARAGRAPHS, shots).decode()
    order = [made.index(each) for each in ("巡逻3次", one, two, "接下来还有", three)]
    assert order == sorted(order)
    assert made.count(">组织生活会<") == 1
    assert made.index(two) < made.index(">组织生活会<") < made.index("接下来还有")
    assert 'alt="事1 &quot;灯&quot; 坏了"' in made
    pictures = re.findall(r"<img\b([^>]*)>", made)
    assert all(re.fullmatch(r' src="shelf:[0-9]{64}\.jpg" alt="[^"]+" style="[^"]+"', said) for said in pictures)
    assert len(pictures) == 3
