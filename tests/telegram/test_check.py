"""What an operator is told before anything runs."""

from __future__ import annotations

from dataclasses import replace

from adapters.telegram import catalogue
from adapters.telegram.check import SLOW, check
from adapters.telegram.client import PATIENCE


def keys(findings):
    for _, key, facts in findings:
        for lang in ("zh", "en"):
            assert catalogue().text(lang, key, **facts)
    found = [(good, key) for good, key, _ in findings]
    return [each for each in found if each != (True, "check.no_app")]


async def test_a_bot_that_is_ready_is_said_to_be(settings, world):
    group = world.group("邻里", bot="administrator")
    assert keys(await check(replace(settings, groups=(str(group.id),)))) == [(True, "check.bot"), (True, "check.group")]
    assert keys(await check(settings)) == [(True, "check.bot"), (True, "check.any_group")]


async def test_what_is_missing_is_said_in_words_that_help(settings, world, server):
    world.sees_all = False
    there, away = world.group("邻里"), world.group("别处", bot="kicked")
    findings = await check(replace(settings, groups=(str(there.id), str(away.id), "-100777", "typo")))
    assert keys(findings) == [
        (True, "check.bot"),
        (False, "check.privacy"),
        (True, "check.member"),
        (False, "check.not_in_group"),
        (False, "check.not_in_group"),
        (False, "check.not_in_group"),
    ]
    there.ranks[world.me.id] = "restricted"
    assert (False, "check.cannot_write") in keys(await check(replace(settings, groups=(str(there.id),))))
    assert keys(await check(replace(settings, token="1:wrong"))) == [(False, "check.token")]
    assert keys(await check(replace(settings, base_url="http://127.0.0.1:9"))) == [(False, "check.unreachable")]


async def test_a_webhook_that_will_end_is_mentioned(settings, world, server):
    server.methods.webhook = {"url": "https://elsewhere"}
    assert (True, "check.webhook_ends") in keys(await check(settings))


async def test_a_line_that_takes_its_time_is_in_order(settings, server):
    assert SLOW > PATIENCE
    server.latency = 0.3
    assert keys(await check(settings, patience=0.05)) == [(False, "check.unreachable")]
    assert (True, "check.bot") in keys(await check(settings))


async def test_how_visitors_read_whom_they_visit_is_said(settings):
    assert (True, "check.no_app") in [(good, key) for good, key, _ in await check(settings)]
    assert (True, "check.no_app") in [(good, key) for good, key, _ in await check(replace(settings, page="http://x"))]
    assert (True, "check.app") in keys(await check(replace(settings, page="https://stool.example.org")))
    assert not {"check.app", "check.no_app"} & {key for _, key, _ in await check(replace(settings, confide=True))}
