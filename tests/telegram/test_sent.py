"""Pictures, voice messages and mentions on Telegram, as the core hears them."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Update

from adapters.telegram.hear import Reader
from adapters.telegram.ids import Ids
from core.messages import Attached, Person, Said

READER = Reader(1000, "xiaobandeng_bot", Ids())
CHEN = {"id": 77, "is_bot": False, "first_name": "陈伯", "username": "chen_bo", "language_code": "zh-hans"}
LI = {"id": 6123456789, "is_bot": False, "first_name": "李阿姨"}
FILE = {"file_id": "F", "file_unique_id": "U"}


def heard(private: bool = True, **message: Any) -> list[Said]:
    chat = {"id": 77, "type": "private"} if private else {"id": -1001, "type": "supergroup", "title": "邻里"}
    given = {"message_id": 5, "date": 0, "chat": chat, "from": CHEN, **message}
    events = READER.events(Update.de_json({"update_id": 1, "message": given}, None))
    return [event for event in events if isinstance(event, Said)]


@pytest.mark.parametrize(
    ("sent", "thing"),
    [
        ({"photo": [{**FILE, "width": 1, "height": 1}]}, Attached("picture", "F")),
        ({"voice": {**FILE, "duration": 3}}, Attached("voice", "F")),
        ({"audio": {**FILE, "duration": 3}}, Attached("voice", "F")),
        ({"video": {**FILE, "width": 1, "height": 1, "duration": 3}}, Attached("picture", "F")),
        ({"location": {"longitude": 121.4, "latitude": 31.0}}, Attached("place")),
        ({"document": {**FILE, "file_name": "names.csv"}}, Attached("file", "F", "names.csv")),
    ],
)  # fmt: skip
def test_what_is_sent_privately_is_heard_with_or_without_words(sent: dict[str, Any], thing: Attached) -> None:
    (bare,) = heard(**sent)
    assert (bare.text, bare.attached) == ("", thing)
    (worded,) = heard(**sent, caption="楼道的墙皮掉了")
    assert (worded.text, worded.attached) == ("楼道的墙皮掉了", thing)
    assert heard(private=False, **sent) == [], "what a group is shown is for people"
    (told,) = heard(private=False, **sent, caption="报名")
    assert (told.text, told.attached) == ("报名", thing if thing.what == "picture" else None)
    album = heard(private=False, **sent, media_group_id="7")
    assert [each.attached for each in album] == ([thing] if thing.what == "picture" else []), "one of several"


def test_a_sticker_is_heard_privately() -> None:
    sticker = {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
    (said,) = heard(sticker=sticker)
    assert said.attached == Attached("sticker")


def test_what_nobody_thought_of_is_heard_privately() -> None:
    (said,) = heard(story={"chat": {"id": 77, "type": "private"}, "id": 3})
    assert said.attached == Attached("thing")


@pytest.mark.parametrize("words", ["帮李阿姨报名", "👍👍 帮 李阿姨 报名"])
def test_a_mention_of_somebody_without_a_user_name_is_that_account(words: str) -> None:
    offset = len(words[: words.index("李阿姨")].encode("utf-16-le")) // 2
    entity = {"type": "text_mention", "offset": offset, "length": 3, "user": LI}
    (said,) = heard(private=False, text=words, entities=[entity])
    assert said.text == words.replace(" 李阿姨 ", "李阿姨").replace("李阿姨", " @id6123456789 ")
    assert said.mentions == (Person("telegram", "6123456789", "李阿姨", handle="id6123456789"),)


@pytest.mark.parametrize(
    ("origin", "others"),
    [
        (None, False),
        ({"type": "user", "sender_user": {"id": 7, "is_bot": False, "first_name": "王伯"}}, True),
        ({"type": "user", "sender_user": {"id": 77, "is_bot": False, "first_name": "陈伯"}}, False),
        ({"type": "hidden_user", "sender_user_name": "王伯"}, True),
        ({"type": "channel", "chat": {"id": -1005, "type": "channel", "title": "街道"}, "message_id": 1}, True),
    ],
)
def test_words_that_are_handed_on_are_somebody_elses(origin: dict[str, Any] | None, others: bool) -> None:
    given = {"forward_origin": {"date": 1, **origin}} if origin else {}
    (said,) = heard(text="明天去不了", **given)
    assert said.forwarded is others


def test_words_without_a_mention_are_as_they_were_written() -> None:
    (said,) = heard(text="帮  @li_ayi  报名 ")
    assert (said.text, said.mentions, said.called) == ("帮  @li_ayi  报名 ", (), False)
    assert said.person.handle == "chen_bo"


def test_the_bot_called_by_its_user_name_is_called() -> None:
    (said,) = heard(private=False, text="@xiaobandeng_bot 几点集合")
    assert (said.text, said.called) == ("几点集合", True)
