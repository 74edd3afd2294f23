"""A quarter of 152 members, 40 of whom have accounts: three meetings, three rounds made from them, twelve digests.

How many messages each person had is printed (`pytest -s`).
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from core.manners import DEFAULT
from core.posts import Post
from core.posts.row import Copy
from tests.street import UNHURRIED, YANG, Street, street

FAMILIES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许"
GIVEN = ("建国", "秀英", "桂兰", "德明", "玉珍", "志强", "凤仙", "福根")
NAMES = [family + given for given in GIVEN for family in FAMILIES]
HERE = NAMES[:40]
COMING, EXCUSED = HERE[:12], HERE[12:20]
MONTHS = ((2026, 12), (2027, 1), (2027, 2))
ASKED, MINUTES = "还没收到您的回音", "党费月底前交"


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), UTC) - timedelta(hours=8)


async def held(here: Street, day: date, nth: int) -> None:
    """One meeting, and the round that is made from it."""
    await here.at(at(day - timedelta(days=4), 9))
    await here.post(f"发布 组织生活会 {day} 14:00-15:30 居委会 全体")
    for name in COMING:
        await here.press(name, "我来", "组织生活会")
    for name in EXCUSED:
        await here.press(name, "请假", "组织生活会")
    await here.deliver()
    assert "应到152 来12 请假8 没回132" in here.texts()[-1]
    await here.at(at(day, 13, 50))
    for name in COMING[:10]:
        await here.say(name, "到了", None)
    await here.at(at(day, 15))
    await here.say(YANG, f"会议记录 第{nth}次：{MINUTES}", None)
    await here.at(at(day, 16))
    assert any("应到152 实到10 请假8" in text for text in here.texts(YANG))
    await here.at(at(day + timedelta(days=1), 9, 30))
    await here.say(YANG, "请假的送上门", None)
    await here.deliver()
    assert NAMES[-1] in here.texts(YANG)[-1]
    assert NAMES[13] not in here.texts(YANG)[-1]
    await here.press(YANG, "发布", "送学上门")
    await here.deliver()
    assert any("已送 0/112" in text for text in here.texts())


async def digests(here: Street, since: date) -> None:
    """Four Sundays, each with a digest."""
    for week in range(4):
        await here.at(at(since + timedelta(weeks=week), 16))
        await here.say(YANG, "简报", None)
        await here.deliver()
        await here.press(YANG, "发布", "本周简报")
        await here.deliver()


async def test_nobody_is_asked_more_often_than_the_rules_say(tmp_path: Path) -> None:
    assert len(set(NAMES)) == 152
    async with street(tmp_path, *HERE, posted="", manners=UNHURRIED) as here:
        for n in range(4):
            await here.say(YANG, f"第{n + 1}支部：{'、'.join(NAMES[n::4])}", None)
        await here.deliver()
        await here.say(HERE[30], "订阅", None)
        await here.post("发布 巡逻 每周三上午9点到10点 东门 2人")
        await here.say(HERE[20], "我每周三都来", None)
        for nth, (year, month) in enumerate(MONTHS, 1):
            first = date(year, month, 1)
            friday = first + timedelta(days=(4 - first.weekday()) % 7 or 7)
            await held(here, friday, nth)
            await digests(here, friday + timedelta(days=2))
            await here.again()
        had = {name: here.texts(name) for name in (*HERE, YANG)}
        print(f"group {len(here.texts())}, {YANG} {len(had[YANG])}")
        for name in HERE:
            print(f"{name} {len(had[name])}: {sum(ASKED in text for text in had[name])} asked")
        for name in HERE:
            minutes = 0 if name in COMING[:10] else sum(MINUTES in text for text in had[name])
            silent = name not in (*COMING, *EXCUSED)
            assert sum("组织生活会" in text and "还没收到" in text for text in had[name]) <= 3
            assert (minutes == 3) == (silent or name in EXCUSED), name
            assert len(had[name]) <= (60 if name == HERE[20] else 24), name
        assert sum("本周简报" in text for text in had[HERE[30]]) == 12
        assert not any("本周简报" in text for name in HERE if name != HERE[30] for text in had[name])
        most = max(Counter(moment.date() for moment in posted(here)).values(), default=0)
        print(f"most in the group of its own accord in a day {most} (budget {DEFAULT.group_budget})")
        assert most <= DEFAULT.group_budget


def posted(here: Street) -> list[datetime]:
    """When each message was first put into the group."""
    group = {post.id for post in here.rows(Post) if post.chat_id and post.own}
    return [copy.at for copy in here.rows(Copy) if copy.post_id in group]
