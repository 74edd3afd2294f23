"""Pictures, voice messages and mentions on Matrix, as the core hears them."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.matrix.hear import understood
from adapters.matrix.room import Member, Room
from core.messages import Attached, Said

ME, LI, CHEN = "@bot:example.org", "@li:example.org", "@chen:example.org"


def room(*, private: bool) -> Room:
    people = {ME: Member("join", "小板凳"), CHEN: Member("join", "陈伯")}
    return Room("!r", ME, direct=CHEN, members=people) if private else Room(
        "!r", ME, members=people | {LI: Member("join", "李阿姨")}
    )  # fmt: skip


def heard(content: dict[str, Any], *, private: bool = False, type: str = "m.room.message") -> Said | None:
    event = {"type": type, "sender": CHEN, "event_id": "$1", "content": content}
    said = understood(event, room(private=private))
    assert said is None or isinstance(said, Said)
    return said


@pytest.mark.parametrize(
    ("msgtype", "what"),
    [("m.image", "picture"), ("m.video", "picture"), ("m.audio", "voice"), ("m.file", "file"), ("m.location", "place")],
)
def test_what_is_sent_privately_is_heard_with_or_without_words(msgtype: str, what: Any) -> None:
    bare = heard({"msgtype": msgtype, "body": "IMG_1.jpg"}, private=True)
    assert bare is not None
    assert (bare.text, bare.attached) == ("", Attached(what, name="IMG_1.jpg" if what == "file" else ""))
    worded = heard({"msgtype": msgtype, "body": "墙皮掉了", "filename": "IMG_1.jpg"}, private=True)
    assert worded is not None
    assert (worded.text, worded.attached) == ("墙皮掉了", Attached(what, name="IMG_1.jpg"))
    assert heard({"msgtype": msgtype, "body": "IMG_1.jpg"}) is None, "what a group is shown is for people"
    told = heard({"msgtype": msgtype, "body": "报名", "filename": "IMG_1.jpg"})
    assert told is not None
    assert (told.text, told.attached) == ("报名", Attached("picture", name="IMG_1.jpg") if what == "picture" else None)


def test_a_sticker_is_heard_privately() -> None:
    said = heard({"body": "smile", "url": "mxc://x"}, private=True, type="m.sticker")
    assert said is not None
    assert said.attached == Attached("sticker")
    assert heard({"body": "smile"}, type="m.sticker") is None


@pytest.mark.parametrize("words", ["帮李阿姨报名", "帮 @李阿姨 报名", "帮 李阿姨: 报名"])
def test_a_pill_is_the_account_that_it_names(words: str) -> None:
    said = heard({"msgtype": "m.text", "body": words, "m.mentions": {"user_ids": [LI]}})
    assert said is not None
    assert said.text == f"帮 {LI} 报名"
    assert [person.id for person in said.mentions] == [LI]


def test_an_answer_that_only_rings_its_author_is_as_it_was_written() -> None:
    said = heard({"msgtype": "m.text", "body": "我来", "m.mentions": {"user_ids": [LI, 7]}})
    assert said is not None
    assert said.text == "我来"
    odd = heard({"msgtype": "m.text", "body": "我来", "m.mentions": {"user_ids": "x"}})
    assert odd is not None
    assert odd.mentions == ()


def test_the_bot_named_by_a_pill_is_called() -> None:
    said = heard({"msgtype": "m.text", "body": "小板凳: 几点集合", "m.mentions": {"user_ids": [ME]}})
    assert said is not None
    assert (said.text, said.called, said.mentions) == ("几点集合", True, ())
