"""Whatever happens in whatever order: of an elder a screen shows what its owner may read then, and no file a word."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.scene.network import person
from adapters.scene.screens import offers
from bot.backup import backup
from core.activities import CANCELLED, Occurrence, Slot
from core.claims import CLAIMED, Claim
from core.members import Account, Member, Presence
from tests.core.canaries import database, in_clear
from tests.features.elders import ELDERS, NOTE, VISIT, seen_by
from tests.street import GROUP, YANG, Street, street

PEOPLE = ("陈伯", "李阿姨", "王伯", "赵姨")
STEPS = 45


def may_see(here: Street, name: str) -> set[str]:
    """Told a second time, straight from the rows: whose doors this account's person holds or speaks for."""
    (visit,) = here.rows(Occurrence)
    assert visit.starts_at is not None
    if visit.state == CANCELLED or here.clock.moment >= visit.ends() + timedelta(days=1):
        return set()
    accounts = {account.member_id: account.id for account in here.rows(Account)}
    me = next(id for id, account in accounts.items() if account == name)
    if not any(row.account == name and not row.left for row in here.rows(Presence)):
        return set()
    wards = {row.id for row in here.rows(Member) if row.proxy_id == me and row.id not in accounts}
    doors = {slot.id: slot.label for slot in here.rows(Slot)}
    held = [row for row in here.rows(Claim) if row.promised == CLAIMED and row.member_id in {me, *wards}]
    return {doors[row.slot_id] for row in held} & set(ELDERS)


async def something(here: Street, chance: random.Random, late: bool) -> str:
    """One thing that somebody does, said for the message of a failure."""
    name, other, door = chance.choice(PEOPLE), chance.choice(PEOPLE), chance.choice(list(ELDERS))
    words = chance.choice(
        [f"报名 {door}"] * 4 + ["退出"] * 3 + [f"帮{other}报名 {door}", f"帮孙奶奶报名 {door}", f"帮钱婆婆报名 {door}"]
        + ["帮孙奶奶退出", f"帮{other}退出", "我的", "名单 1", "press", "press", "leave", "join", "later", "later"]
        + [f"减 {other} 1", "减 孙奶奶 1", f"加 {other} 1", "改 1 每户1人", "改 1 每户3人", "restart", "cancel"]
    )  # fmt: skip
    match words:
        case "press":
            offered = [
                (shown, offer) for shown in here.shown(name) for offer in offers(shown.message) if offer.label != "返回"
            ]
            if not offered:
                return f"{name}: nothing to press"
            shown, offer = chance.choice(offered)
            await here.tell(here.network.pressed(person(name), shown.chat, shown.id, action=offer.action))
            words = f"presses {offer.label} on {shown.text!r}"
        case "leave":
            await here.tell(here.network.left(person(name), GROUP))
        case "join":
            await here.tell(here.network.joined(person(name), GROUP))
        case "later":
            await here.later(hours=chance.choice((1, 5, 20)))
        case "restart":
            await here.again()
        case "cancel":
            if late:
                await here.say(YANG, "取消 1", None)
                await here.deliver()
                await here.say(YANG, "确认", None)
        case _:
            who = YANG if words[0] in "减加改" else name
            await here.say(who, words, chance.choice((None, GROUP)))
            name = who
    await here.deliver()
    return f"{name}: {words}"


@pytest.mark.parametrize("seed", range(16))
async def test_no_screen_ever_shows_more_than_its_owner_may_read(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    done: list[str] = []
    shown = 0
    async with street(tmp_path, *PEOPLE, posted=VISIT) as here:
        for step in range(STEPS):
            done.append(await something(here, chance, late=step > 35))
            for name in PEOPLE:
                seen = seen_by(here, name)
                shown += len(seen)
                assert seen <= may_see(here, name), "\n".join([name, *done])
            public = "\n".join(here.texts())
            assert not [word for word in ELDERS.values() if word in public], "\n".join(done)
            assert "对不起" not in "\n".join([*here.texts(YANG), *(t for n in PEOPLE for t in here.texts(n))]), done
        backup(tmp_path / "street.db", tmp_path / "backup.db")
        files = [*database(tmp_path / "street.db"), tmp_path / "backup.db"]
        assert in_clear([*ELDERS.values(), NOTE], files) == set(), "\n".join(done)
        await here.later(days=10)
        assert not [name for name in PEOPLE if seen_by(here, name)], "\n".join(done)
    assert shown, "nothing was ever shown: the test would hold of anything"
