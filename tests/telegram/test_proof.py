"""Who opened a page of ours inside Telegram: only what was signed with the bot's token, within ten minutes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest

from adapters.telegram.proof import proven, signature

TOKEN = "123456:" + "a" * 35
NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


def signed(token: str = TOKEN, at: datetime = NOW, **fields: str) -> str:
    """As a client brings it."""
    said = {"user": json.dumps({"id": 1001, "first_name": "陈伯"}), "auth_date": f"{at:%s}", "query_id": "AAH"}
    said["auth_date"] = str(int(at.timestamp()))
    said |= fields
    return urlencode(said | {"hash": signature(said, token)})


def test_who_opened_it_is_known_by_the_signature():
    found = proven(signed(signature="what others check it by"), TOKEN, NOW)
    assert found is not None
    assert (found.person.network, found.person.id) == ("telegram", "1001")


@pytest.mark.parametrize(("seconds", "good"), [(0, True), (600, True), (601, False), (-60, True), (-61, False)])
def test_it_is_good_for_ten_minutes(seconds, good):
    assert (proven(signed(at=NOW - timedelta(seconds=seconds)), TOKEN, NOW) is not None) == good


def test_no_changed_letter_is_believed():
    good = signed()
    for n in range(len(good)):
        for bit in (1, 2):
            forged = good[:n] + chr(ord(good[n]) ^ bit) + good[n + 1 :]
            found = proven(forged, TOKEN, NOW)
            assert found is None or found == proven(good, TOKEN, NOW), forged  # only written otherwise


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "hash=",
        "user=%7B%22id%22%3A1001%7D&auth_date=1",
        signed("654321:" + "b" * 35),
        signed() + "&user=%7B%22id%22%3A1002%7D",
        signed(user="{}"),
        signed(user="[]"),
        signed(user="not json"),
        signed(user='{"id": "1001"}'),
        signed(auth_date="soon"),
        signed(auth_date="9" * 30),
        signed(start_param="x" * 5000),
        "%ff=%ff&hash=x",
    ],
)
def test_what_is_not_whole_or_not_ours_is_nobody(forged):
    assert proven(forged, TOKEN, NOW) is None
