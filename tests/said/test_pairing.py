"""The pairing code, however somebody types it on a small phone; and what is no code at all."""

from __future__ import annotations

import pytest

from core.said.pairing import Code, read_code

CODE = "12345678"

NAMED = [
    "配对 1234 5678", "配对12345678", "配对：1234 5678。", "配对码 1234-5678", "配对码是12345678", "我的配对码是 1234 5678",
    "配對 1234 5678", "配對碼12345678", "配对　１２３４　５６７８", "配对 1234　5678", "配对 1 2 3 4 5 6 7 8", "小板凳 配对 12345678",
    "你好，配对 1234 5678", "/配对 12345678", "！配对 1234 5678", "配对 1234 5678 🙂", "配对:12345678!", "验证码 1234 5678",
    "配对 一二三四 五六七八", "配对 1234\n5678", "配对 “1234 5678”", "(配对 1234 5678)", "配对 1234.5678", "配对 1234_5678",
    "pair 12345678", "Pair 1234 5678", "PAIR 1234-5678", "pairing code 1234 5678", "pairing code: 12345678", "/pair 1234 5678",
    "my pairing code is 1234 5678", "code 12345678", "the code is 1234 5678", "hello, pair 1234 5678", "pair l2345678",
    "paircode 12345678", "pair\u200b 1234\u00a05678", "pair #12345678", "配对 ١٢٣٤٥٦٧٨",
]  # fmt: skip

BARE = [
    "12345678",
    "1234 5678",
    "１２３４５６７８",
    "1234-5678",
    " 1234  5678 ",
    "1234·5678",
    "“1234 5678”",
    "1234，5678",
]

UNFINISHED = {
    "配对": "",
    "pair": "",
    "配对 1234": "1234",
    "配对 123456789": "123456789",
    "配对码：": "",
    "pairing code?": "",
}

ELSE = [
    "", " ", "🙂", "+1", "报名 12", "我来", "帮王阿姨报名", "报名", "我们配对打牌吧", "今天谁和我配对巡逻", "pair me with 王阿姨",
    "a pair of gloves, 12345678 yuan", "decode 12345678", "电话 62345678", "请打 62345678", "发布 巡逻 周五 19:00 东门 2人",
    "配对" * 200, "1" * 300, "配对 1234 5678 " + "好" * 60, "au pair 12345678", "配对的人12345678来了",
]  # fmt: skip


@pytest.mark.parametrize("words", NAMED)
def test_a_code_behind_its_word_is_read_however_it_is_written(words: str) -> None:
    assert read_code(words) == Code(CODE, named=True)


@pytest.mark.parametrize("words", BARE)
def test_a_bare_code_is_read_as_one_that_could_be_something_else(words: str) -> None:
    assert read_code(words) == Code(CODE, named=False)


@pytest.mark.parametrize("words", UNFINISHED)
def test_the_word_with_too_few_or_too_many_digits_is_still_about_a_code(words: str) -> None:
    assert read_code(words) == Code(UNFINISHED[words], named=True)


@pytest.mark.parametrize("words", ELSE)
def test_other_words_are_about_no_code(words: str) -> None:
    code = read_code(words)
    assert code is None or (not code.named and len(code.digits) != len(CODE))
