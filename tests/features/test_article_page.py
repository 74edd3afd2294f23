"""The article as HTML: every style stands in its element, and nothing that an editor drops, or should not get."""

from __future__ import annotations

import re

from core.features.digest.page import page


def test_all_styles_stand_in_the_elements_and_words_are_words() -> None:
    made = page(
        "zh", "本周简报｜<邻里>", ["这一周 & 巡逻3次。\n<script>x</script>", "接下来还有：大扫除。"], ["（配图）"]
    ).decode()
    assert "<script" not in made
    assert "&lt;script&gt;x&lt;/script&gt;" in made
    assert "本周简报｜&lt;邻里&gt;" in made
    section = made[made.index("<section") : made.index("</section>")]
    assert not re.search(r"<style|<link|<img|class=|\bid=|href=|src=|url\(", made)
    tags = re.findall(r"<(section|h2|p|span)\b([^>]*)>", section)
    assert len(tags) == 9
    assert all(re.fullmatch(r' style="[^"]+"', said) for _, said in tags)
