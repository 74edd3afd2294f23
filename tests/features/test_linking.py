"""One person, several accounts: 绑定, and two records that a coordinator joins."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from pathlib import Path

import pytest

from core import linking
from core.audit import AuditLine
from core.claims import LIVE, Claim
from core.linking import LinkCode
from core.members import Account, Member
from core.said.linking import Linking, read_linking
from tests.core.canaries import database, in_clear
from tests.features.talking import press, say
from tests.street import PATROL, YANG, Street, street

CODE = re.compile(r"绑定 (\d{6})")


async def code_of(here: Street, name: str) -> str:
    await say(here, name, "绑定")
    return [found[1] for text in here.texts(name) if (found := CODE.search(text))][-1]


def holders(here: Street) -> list[str]:
    """Who holds a place, by the accounts that are theirs."""
    accounts: dict[int, list[str]] = {}
    for account in here.rows(Account):
        accounts.setdefault(account.member_id, []).append(account.id)
    live = [claim for claim in here.rows(Claim) if claim.promised in LIVE]
    return sorted("+".join(sorted(accounts.get(claim.member_id, ["?"]))) for claim in live)


async def test_by_the_code_two_accounts_are_one_person_and_can_be_parted(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "小陈", posted=PATROL) as here:
        await here.say("小陈", "+1")
        await here.deliver()
        code = await code_of(here, "陈伯")
        await say(here, "小陈", f"绑定 {code}")
        assert holders(here) == ["小陈"], "before 确认 nothing moves"
        assert "这个号码是 陈伯" in here.texts("小陈")[-1]
        await press(here, "小陈", "确认")
        assert holders(here) == ["小陈+陈伯"]
        await say(here, "陈伯", "退出")
        assert holders(here) == []
        await press(here, "陈伯", "撤销", "退出")
        await here.later(days=29)
        await press(here, YANG, "撤销", "合成了一个人")
        assert holders(here) == ["小陈"]
        assert [line.verb for line in here.rows(AuditLine) if "link" in line.verb] == [
            "link_code",
            "linked",
            "unlinked",
        ]


async def test_reminders_come_to_the_person_once(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "小陈", posted=PATROL) as here:
        await here.say("小陈", "+1")
        await here.say("陈伯", "+1")
        await here.deliver()
        code = await code_of(here, "陈伯")
        await say(here, "小陈", f"绑定{code}")
        await press(here, "小陈", "确认")
        assert holders(here) == ["小陈+陈伯"], "one head has one place"
        before = {name: len(here.texts(name)) for name in ("陈伯", "小陈")}
        await here.later(days=3, hours=12)
        new = [text for name, n in before.items() for text in here.texts(name)[n:] if "明天" in text]
        assert len(new) == 1


async def test_who_is_one_person_by_the_code_is_forgotten_with_both_names(tmp_path: Path) -> None:
    names = ("欧阳金丝雀", "小欧阳白鹭")
    async with street(tmp_path, *names, posted=PATROL) as here:
        await say(here, names[1], f"绑定 {await code_of(here, names[0])}")
        await press(here, names[1], "确认")
        await say(here, names[0], "忘记我")
        await press(here, names[0], "确认")
        await here.later(minutes=5)
        with here.database.engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert in_clear(names, database(tmp_path / "street.db")) == set()
        assert not any(name in text for name in names for text in here.texts(YANG))


@pytest.mark.parametrize("how", ["late", "wrong", "own", "used", "back"])
async def test_a_code_that_is_not_right_joins_nobody(tmp_path: Path, how: str) -> None:
    async with street(tmp_path, "陈伯", "小陈", posted=PATROL) as here:
        code = await code_of(here, "陈伯")
        if how == "late":
            await here.later(minutes=11)
        if how == "used":
            await say(here, "小陈", f"绑定 {code}")
            await press(here, "小陈", "返回")
        who = "陈伯" if how == "own" else "小陈"
        await say(here, who, f"绑定 {(int(code) + 1) % 10**6:06d}" if how == "wrong" else f"绑定 {code}")
        if how == "back":
            await press(here, "小陈", "返回")
        told = {"late": "不对", "wrong": "不对", "own": "本来就是", "used": "不对", "back": "什么也没动"}[how]
        assert told in "".join(here.texts(who)[-2:])
        assert all(row.merged_into is None for row in here.rows(Member))


@pytest.mark.parametrize("guesses", [500, 100_000])  # the second is one of the longer proofs
async def test_guessing_is_slowed_and_locked_and_finds_nothing(tmp_path: Path, guesses: int) -> None:
    """Accounts by the hundred, five times each, guess for four hours at five codes that are good all the time."""
    async with street(tmp_path, "陈伯", posted=PATROL) as here:
        verdicts: dict[str, int] = {}
        with here.database.writing() as session:
            community, now = here.rows(Member)[0].community_id, here.clock.now()
            codes = [linking.new_code(session, community, id, now) for id in range(5)]
            for row in linking.live(session, community, now):
                row.expires = now + timedelta(days=2)
                session.add(row)
            session.flush()
            for guess in range(guesses):
                if guess % (guesses // 4) == guesses // 4 - 1:
                    now += timedelta(hours=1)
                code = f"{secrets.randbelow(10**6):06d}"
                if code in codes:
                    continue
                came, _ = linking.try_code(session, community, ("scene", str(guess // 5)), code, now)
                verdicts[came] = verdicts.get(came, 0) + 1
            assert len(linking.live(session, community, now)) == 5
        assert "right" not in verdicts
        assert verdicts["wrong"] == linking.TRIES_IN_ALL
        assert here.rows(LinkCode), "who has a code can be helped by a coordinator"


async def test_a_coordinator_joins_two_records_and_nobody_else_does(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "老陈头", "王伯", posted=PATROL) as here:
        await here.say("老陈头", "+1")
        await here.deliver()
        await say(here, "王伯", "合并 陈伯 老陈头")
        assert not any("合成一个人" in text for text in here.texts("王伯"))
        await say(here, YANG, "合并 陈伯 老陈头")
        assert "合成一个人" in here.texts(YANG)[-1]
        assert holders(here) == ["老陈头"]
        await press(here, YANG, "确认")
        assert holders(here) == ["老陈头+陈伯"]
        await press(here, YANG, "撤销", "合成了一个人")
        assert holders(here) == ["老陈头"]


CODED, BOTH = Linking("123456"), Linking("", ("李阿姨", "小李"))


def test_what_is_said_of_accounts_is_read_and_nothing_else_is() -> None:
    read = {
        **dict.fromkeys(["绑定", "我要绑定账号", "绑定一下", "怎么绑定", "link", "link my account"], Linking()),
        **dict.fromkeys(
            ["绑定 123456", "绑定123456", "绑定：123 456", "link 123456", "绑定码123456"], Linking("123456")
        ),
        **dict.fromkeys(
            ["合并 李阿姨 小李", "合并李阿姨和小李", "李阿姨和小李是同一个人"], Linking("", ("李阿姨", "小李"))
        ),
        **dict.fromkeys(["merge Ann and Annie", "Ann and Annie are the same person"], Linking("", ("Ann", "Annie"))),
        **dict.fromkeys(["把绳子绑一下再走", "门口的链接打不开", "我和王伯是一个楼的", "the link does not work"]),
    }
    assert {words: read_linking(words) for words in read} == read
