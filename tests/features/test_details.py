"""What may not be written on a network is read on a page of ours: by a link that is good once, or inside an app."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from adapters.scene.network import CAN, SceneNetwork
from core.confiding import Heard
from core.details import Asked, Proof, Shown
from core.disclosing import BYTES, DetailsLink, spend_link
from core.ids import short
from core.manners import Manners
from core.messages import Person
from core.posts import Post
from tests.bot.logged import logged
from tests.core.canaries import in_clear
from tests.features.elders import ELDERS, VISIT
from tests.street import Street, street

PAGE = "https://stool.example.org"
ABROAD = replace(CAN, confides=False)
WORD = ELDERS["3号楼"]


class Signing(SceneNetwork):
    """A network abroad whose people open our page inside it; a proof is a name and what makes it one of many."""

    def proven(self, proof: str, now: datetime) -> Proof | None:
        name, mark, _ = proof.partition("#")
        return Proof(Person("scene", name), proof) if mark else None


def secret_of(here: Street, name: str) -> str:
    """What stands behind the # of the newest link that somebody was given."""
    text = next(text for text in reversed(here.texts(name)) if f"{PAGE}/details/" in text)
    return text.partition("#")[2].split()[0]


async def read(here: Street, **asked: str) -> Shown | None:
    shown = await here.app.discloser.disclose(Asked(**asked))
    await here.deliver()
    return shown


async def open_link(here: Street, name: str) -> Shown | None:
    """Press the button and open what comes."""
    await here.press(name, "看详情")
    await here.deliver()
    return await read(here, secret=secret_of(here, name))


async def test_a_link_shows_once_to_whom_they_go_and_their_screens_never_do(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", can=ABROAD, page=PAGE, posted=VISIT) as here:
        await here.say("陈伯", "报名 3号楼", None)
        await here.deliver()
        assert "（点“看详情”）" in here.texts("陈伯")[-1]
        shown = await open_link(here, "陈伯")
        assert shown is not None
        assert WORD in "\n".join(shown.lines)
        assert shown.lang == "zh"
        assert "打开过了" in here.texts("陈伯")[-1]
        assert await read(here, secret="x" * 32) is None
        for link in {
            call.message.plain() for call in here.network.calls if call.message and "#" in call.message.plain()
        }:
            assert await read(here, secret=link.partition("#")[2].split()[0]) is None  # it is spent
        everything = repr(here.network.calls)
        assert not [word for word in ELDERS.values() if word in everything]
        assert len(here.rows(Heard)) == 1


async def test_a_link_is_good_for_ten_minutes_and_not_after_who_goes_has_left(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", can=ABROAD, page=PAGE, posted=VISIT) as here:
        await here.say("陈伯", "报名 3号楼", None)
        await here.deliver()
        await here.press("陈伯", "看详情")
        await here.deliver()
        first = secret_of(here, "陈伯")
        await here.later(minutes=10)
        assert await read(here, secret=first) is None
        await here.press("陈伯", "看详情", "慰问")
        await here.deliver()
        second = secret_of(here, "陈伯")
        await here.say("陈伯", "退出", None)
        await here.deliver()
        assert await read(here, secret=second) is None
        assert here.rows(Heard) == []


async def test_nothing_of_a_link_is_in_the_database_in_clear(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", can=ABROAD, page=PAGE, posted=VISIT) as here:
        await here.say("陈伯", "报名 3号楼", None)
        await here.deliver()
        await here.press("陈伯", "看详情")
        await here.deliver()
        secret = secret_of(here, "陈伯")
        assert in_clear([secret], {*tmp_path.rglob("*.db*")}) == set()
        assert [row.digest == secret for row in here.rows(DetailsLink)] == [False]


async def test_an_app_shows_it_to_the_one_in_whose_chat_it_stands_each_proof_once(tmp_path: Path) -> None:
    network = Signing(replace(ABROAD, apps=True))
    async with street(tmp_path, "陈伯", "李阿姨", network=network, page=PAGE, posted=VISIT) as here:
        await here.say("陈伯", "报名 3号楼", None)
        await here.deliver()
        message = next(
            call.message for call in reversed(network.calls) if call.message is not None and call.message.opens
        )
        assert message.opens is not None
        assert message.opens.url.startswith(f"{PAGE}/details/zh?post=")
        asked = {"network": "scene", "post": message.opens.url.partition("post=")[2]}
        assert await read(here, proof="陈伯", **asked) is None  # not signed
        assert await read(here, proof="李阿姨#1", **asked) is None  # somebody else's
        assert await read(here, proof="陈伯#1", **asked | {"network": "elsewhere"}) is None
        assert await read(here, proof="陈伯#1", **asked | {"post": "zz!"}) is None
        shown = await read(here, proof="陈伯#2", **asked)
        assert shown is not None
        assert WORD in "\n".join(shown.lines)
        assert await read(here, proof="陈伯#2", **asked) is None  # brought again
        roster = here.read(lambda s: s.exec(select(Post).where(Post.kind == "roster")).first())
        assert roster is not None
        assert await read(here, proof="陈伯#3", **asked | {"post": short(roster.id)}) is None
        assert [row.account for row in here.rows(Heard)] == ["陈伯"]


async def test_without_a_page_it_stays_with_the_coordinator(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", can=ABROAD, posted=VISIT) as here:
        await here.say("陈伯", "报名 3号楼", None)
        await here.deliver()
        with pytest.raises(AssertionError, match="nothing to press"):
            await here.press("陈伯", "看详情")


async def test_before_its_time_there_is_no_button_and_in_english_it_is_in_english(tmp_path: Path) -> None:
    async with street(
        tmp_path, "Tom", can=ABROAD, page=PAGE, posted=VISIT, manners=Manners(share=10**6, chat_share=10**6)
    ) as here:
        await here.say("Tom", "english", None)
        await here.say("Tom", "join 3号楼", None)
        await here.deliver()
        assert "See details" not in repr([shown.message for shown in here.shown("Tom")])
        await here.at(here.clock.now() + timedelta(days=4, hours=12))
        assert "(tap “See details”)" in "\n".join(here.texts("Tom"))
        await here.press("Tom", "See details")
        await here.deliver()
        shown = await read(here, secret=secret_of(here, "Tom"))
        assert shown is not None
        assert shown.lang == "en"
        assert WORD in "\n".join(shown.lines)


async def test_who_may_not_read_is_logged_without_a_name_or_a_secret(tmp_path: Path) -> None:
    network = Signing(replace(ABROAD, apps=True))
    with logged("info") as log:
        async with street(tmp_path, "陈伯", network=network, page=PAGE, posted=VISIT) as here:
            assert await read(here, secret="canary") is None
            assert await read(here, network="scene", proof="canary", post="canary") is None
    assert "details were asked for by who may not read them" in log.getvalue()
    assert "details were asked for with a proof that is none" in log.getvalue()
    assert "canary" not in log.getvalue()


@pytest.mark.parametrize("guesses", [500, 100_000])  # the second is one of the longer proofs
async def test_guesses_at_links_find_nothing(tmp_path: Path, guesses: int) -> None:
    """While a link is good: words of the same length, changed letters of it, its own beginning and end."""
    async with street(tmp_path, "陈伯", can=ABROAD, page=PAGE, posted=VISIT) as here:
        await here.say("陈伯", "报名 3号楼", None)
        await here.deliver()
        await here.press("陈伯", "看详情")
        await here.deliver()
        good = secret_of(here, "陈伯")
        near = [good[:-1], good[1:], good.lower(), good.swapcase(), f"{good} ", good[::-1], "", "%", "_" * len(good)]
        near += [good[:n] + letter + good[n + 1 :] for n in range(len(good)) for letter in "aZ0-" if good[n] != letter]
        with here.database.writing() as session:
            ids, now = here.app.heres.ids, here.clock.now()
            for n in range(guesses):
                guess = near[n] if n < len(near) and near[n] != good else secrets.token_urlsafe(BYTES)
                assert spend_link(session, ids, guess, now) is None
            assert spend_link(session, ids, good, now) is not None
