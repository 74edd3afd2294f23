"""How a text is laid out for Telegram."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.html import clean
from adapters.telegram.show import cut, keyboard, pages, units
from core.messages import Action, Bold, Confide, Mention, Message, Person
from tests.telegram.text import formatted

CHEN = Person("telegram", "1001", "陈伯")
words = st.text(max_size=60) | st.text(alphabet="字。，\n ab🙂é\u0301<&@", max_size=60)
spans = st.one_of(words, words.map(Bold), words.map(Confide), st.just(Mention(CHEN)))


def test_a_part_ends_where_a_person_would_end_it():
    assert pages(Message(("第一段一。\n\n二段，三。四五六",)), 12) == ["第一段一。\n\n", "二段，三。四五六"]
    assert pages(Message(("aaaa bbbb\ncccc dddd",)), 12) == ["aaaa bbbb\n", "cccc dddd"]
    assert pages(Message(("一二三四。五六七八九十",)), 8) == ["一二三四。", "五六七八九十"]
    assert pages(Message(("one two three",)), 9) == ["one two ", "three"]
    assert pages(Message(("一二三四五六七八九十",)), 8) == ["一二三四五六七八", "九十"]


def test_a_part_ends_inside_no_name_and_no_emoji():
    assert pages(Message(("一二三四五六", Mention(CHEN))), 7) == [
        "一二三四五六",
        '<a href="tg://user?id=1001">陈伯</a>',
    ]
    assert pages(Message(("一二三四🙂🙂",)), 7) == ["一二三四🙂", "🙂"]
    assert pages(Message(("一二三四五\u0301六",)), 5) == ["一二三四", "五\u0301六"]


def test_bold_goes_on_in_the_next_part():
    assert pages(Message((Bold("一二三四。五六"),)), 6) == ["<b>一二三四。</b>", "<b>五六</b>"]


@settings(max_examples=200, deadline=None)
@given(st.lists(spans, max_size=12), st.integers(8, 60))
def test_parts_are_what_was_meant_and_none_is_too_long(message, longest):
    parts = pages(Message(tuple(message)), longest)
    shown = [formatted(part, "HTML").plain for part in parts]
    assert all(0 < units(text) <= longest for text in shown if text)
    whole = "".join(
        clean(span.person.name if isinstance(span, Mention) else getattr(span, "text", span)) for span in message
    )
    assert "".join("".join(shown).split()) == "".join(formatted(whole).plain.split())


def test_a_toast_too_long_ends_in_an_ellipsis():
    assert cut("好", 200) == "好"
    assert cut("字" * 300, 200) == "字" * 199 + "…"
    assert cut("🙂" * 300, 200) == "🙂" * 99 + "…"


def test_no_name_in_a_text_calls_anybody():
    for words in ("@someone", "a@b.com", "＠someone", "@ someone"):
        assert "mention" not in [each["type"] for each in formatted(clean(words)).entities]


def test_to_come_is_green_and_not_to_come_red():
    actions = (Action("a.join", "我来", "🙋", "yes"), Action("a.leave", "退出", "👋", "no"), Action("a.more", "更多"))
    assert [button.get("style", "") for button in buttons(keyboard(actions))] == [
        "success",
        "danger",
        "",
    ]


def test_a_chain_is_copied_by_one_press_if_it_is_short_enough():
    (button,) = buttons(keyboard((), "1. 陈伯", "复制"))
    assert (button["text"], button["copy_text"]) == ("复制", {"text": "1. 陈伯"})
    assert keyboard((), "邻" * 257, "复制") is None


def buttons(markup):
    return [button for row in markup.to_dict()["inline_keyboard"] for button in row]
