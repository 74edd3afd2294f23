"""In which language somebody is spoken to: chosen, written, told by the network, or that of the chat."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.scene.network import person, private
from core.members import Account, Member
from core.messages import Said
from core.said.tongues import written_in
from core.tongues import ours
from tests.migrating import bring
from tests.street import GROUP, Street, street


async def said(here: Street, name: str, words: str, lang: str | None, *, chosen: bool = False) -> str:
    """Words of somebody of whom the network says this; what is new in their private chat then."""
    before = len(here.texts(name))
    event = here.network.said(person(name), private(person(name)), words)
    await here.tell(replace(event, person=replace(event.person, lang=lang, chosen=chosen)))
    await here.deliver()
    return "\n".join(here.texts(name)[before:])


async def joined(here: Street, name: str, lang: str | None) -> None:
    event = here.network.joined(person(name), GROUP)
    await here.tell(replace(event, person=replace(event.person, lang=lang)))


@pytest.mark.parametrize(
    ("tag", "lang"), [("en", "en"), ("en-GB", "en"), ("zh-Hans", "zh"), ("zh_TW", "zh"), ("de", None), ("", None)]
)
def test_a_language_is_told_by_its_tag(tag: str, lang: str | None) -> None:
    assert ours(tag) == lang


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        ("我来", "zh"), ("帮 Mary 报名", "zh"), ("join for 王阿姨", None), ("ok", None), ("+1", None),
        ("where do we meet", "en"), ("@li_ayi see you", None), ("post patrol Friday 东门", None), ("", None),
    ],
)  # fmt: skip
def test_what_somebody_writes_in(words: str, lang: str | None) -> None:
    assert written_in(words) == lang


async def test_a_newcomer_is_spoken_to_in_the_language_of_their_program_and_the_group_in_its_own(
    tmp_path: Path,
) -> None:
    async with street(tmp_path, "陈伯") as here:
        await joined(here, "Mary", "en-GB")
        await joined(here, "Otto", "de")
        assert "not joined anything" in await said(here, "Mary", "mine", "en-GB")
        assert "您现在没有报名" in await said(here, "Otto", "mine", "de")
        assert "报名 0/2" in here.rosters()[0]


async def test_what_somebody_chose_or_writes_counts_more_than_their_program(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        await joined(here, "小周", "en")
        assert "您现在没有报名" in await said(here, "小周", "我的", "en"), "they write Chinese"
        await said(here, "小周", "说英文", "en")
        assert "not joined" in await said(here, "小周", "我的", "zh-hans"), "they chose English"


async def test_a_choice_on_the_page_counts_when_it_is_made_and_not_for_ever(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        assert "not joined" in await said(here, "陈伯", "mine", "en", chosen=True)
        await said(here, "陈伯", "说中文", "en", chosen=True)
        assert "您现在没有报名" in await said(here, "陈伯", "mine", "en", chosen=True)
        assert "您现在没有报名" in await said(here, "陈伯", "mine", "zh", chosen=True)


async def test_whoever_was_known_before_is_spoken_to_as_before(tmp_path: Path) -> None:
    """0019 on rows that the version before wrote."""
    async with street(tmp_path, "陈伯", "Mary") as here:
        await here.die()
        bring(here.url, "0021", back=True)
        await here.start()
        assert {row.lang_by for row in here.rows(Member)} == {row.told_lang for row in here.rows(Account)} == {""}
        assert "您现在没有报名" in await said(here, "Mary", "mine", "en"), "the program's language is only noted"
        assert "not joined" in await said(here, "Mary", "说英文", "en") + await said(here, "Mary", "mine", "en")


async def test_the_event_of_a_network_that_tells_nothing_changes_nothing(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        event = here.network.said(person("陈伯"), private(person("陈伯")), "我的")
        assert isinstance(event, Said)
        assert event.person.lang is None
        await here.tell(event)
        assert {row.lang for row in here.rows(Member)} == {None}
