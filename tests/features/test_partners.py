"""Partner units: how it is said that they come, and what is not said of them; who speaks for them; rows from before."""

from __future__ import annotations

from pathlib import Path

from core.claims import LIVE, Claim
from core.features.partners.said import OfUnit, read
from core.members import Member
from tests.migrating import bring
from tests.street import YANG, street

KNOWN = ("区图书馆", "街道办", "City Library")
HEADS = {
    "区图书馆来12人": ("set", 12),
    "区图书馆 12人": ("set", 12),
    "区图书馆：12人": ("set", 12),
    "区图书馆来十二个人": ("set", 12),
    "区圖書館來12人": ("set", 12),
    "我们区图书馆来12个人": ("set", 12),
    "大家好，区图书馆报名12人，谢谢": ("set", 12),
    "区图书馆这边一共12位参加": ("set", 12),
    "区图书馆大概来12个人吧": ("set", 12),
    "区图书馆12人报名": ("set", 12),
    "区图书馆有12人能来": ("set", 12),
    "图书馆来两个人": ("set", 2),
    "City Library brings 12": ("set", 12),
    "the city library is bringing 12 people": ("set", 12),
    "City Library: 12 people": ("set", 12),
    "City Library will send 12 volunteers": ("set", 12),
    "区图书馆来12位同学": ("set", 12),
    "我们馆来12个人": None,
    "区图书馆改成9人": ("change", 9),
    "区图书馆改为9个": ("change", 9),
    "区图书馆人数改成九人了": ("change", 9),
    "区图书馆只来9人了": ("change", 9),
    "区图书馆最后来9个人": ("change", 9),
    "区图书馆减到9人": ("change", 9),
    "City Library makes it 9": ("change", 9),
    "City Library is now 9": ("change", 9),
    "city library only 9 please": ("change", 9),
    "区图书馆不来了": ("change", 0),
    "区图书馆这次来不了": ("change", 0),
    "City Library isn't coming": ("change", 0),
    "City Library can't come": ("change", 0),
    "区图书馆再来3人": ("more", 3),
    "区图书馆加3个": ("more", 3),
    "City Library 3 more": ("more", 3),
    "区图书馆少来3人": ("fewer", 3),
    "区图书馆有3个人来不了": ("fewer", 3),
    "区图书馆到了8人": ("here", 8),
    "区图书馆8人到了": ("here", 8),
    "区图书馆已经到了八个人": ("here", 8),
    "区图书馆实到8人": ("here", 8),
    "区图书馆都到了": ("here", -1),
    "区图书馆到齐了": ("here", -1),
    "City Library: 8 here": ("here", 8),
    "City Library has 8 here": ("here", 8),
    "City Library 8 people have arrived": ("here", 8),
    "City Library all here": ("here", -1),
}
NOTHING = (
    "区图书馆来的人真多", "区图书馆几点开门", "区图书馆来不来？", "听说了吗区图书馆要来领导检查工作",
    "区图书馆有12本新书",
    "区图书馆12月关门", "区图书馆来电话了", "共建单位的同志辛苦了", "区图书馆3楼有讲座", "今天12人", "区图书馆来过12人",
    "去区图书馆坐3路车", "the city library opens at 9", "I was at the City Library", "给区图书馆打了12个电话",
    "区图书馆 9点", "区图书馆到了没有", "联系人是谁", "共建单位什么时候来", "区图书馆的联系人是谁",
)  # fmt: skip
KEPT = {
    "共建单位 区图书馆 联系人 周老师": ("区图书馆", "周老师"),
    "共建单位：区图书馆，联系人：周老师": ("区图书馆", "周老师"),
    "登记共建单位 实验小学，联系人是孙老师": ("实验小学", "孙老师"),
    "添加一个共建单位": None,
    "请把实验小学登记为共建单位，联系人是周老师": ("实验小学", "周老师"),
    "实验小学是我们的共建单位，联系人孙老师": ("实验小学", "孙老师"),
    "区图书馆的联系人换成孙老师": ("区图书馆", "孙老师"),
    "partner unit City Library contact Mr Zhou": ("City Library", "Mr Zhou"),
    "Add partner unit: Elm School, contact: Mr Sun": ("Elm School", "Mr Sun"),
}


def test_how_many_come_is_read_as_people_say_it() -> None:
    def heads(words: str) -> tuple[str, int] | None:
        said = read(words, KNOWN, ["区图书馆", "City Library"])
        return (said.act, said.n) if said is not None else None

    assert {words: heads(words) for words in HEADS} == HEADS


def test_who_speaks_for_one_unit_need_not_name_it_in_answer() -> None:
    own = ["区图书馆"]
    assert read("到了8人", KNOWN, own, asked=True) == OfUnit("here", "区图书馆", n=8, whole=False)
    assert read("改成9人吧", KNOWN, own, asked=True) == OfUnit("change", "区图书馆", n=9, whole=False)
    assert read("我们学校来12个人", KNOWN, own) == OfUnit("set", "区图书馆", n=12, whole=False)
    for words in ("到了", "改成25份", "改成9点", "来不了了", "我来", "+2", "12"):
        assert read(words, KNOWN, own, asked=True) is None, words
    assert read("到了8人", KNOWN, own) is None


def test_other_talk_of_a_unit_is_left_alone() -> None:
    asked = {words: read(words, KNOWN, ["区图书馆"]) for words in NOTHING}
    assert {words: said for words, said in asked.items() if said is not None and not said.about} == {}


def test_a_unit_and_its_contact_are_read_as_people_say_it() -> None:
    said = {words: read(words, KNOWN) for words in KEPT}
    found = {words: (s.name, s.who) if s is not None and s.act == "keep" else None for words, s in said.items()}
    assert found == KEPT


def test_which_activity_is_meant_may_stand_beside_it() -> None:
    assert read("区图书馆来12人 3", KNOWN) == OfUnit("set", "区图书馆", n=12, number=3)
    assert read("活动3 区图书馆来12人", KNOWN) == OfUnit("set", "区图书馆", n=12, number=3)
    assert read("区图书馆来12人参加巡逻", KNOWN) == OfUnit("set", "区图书馆", n=12, about=("巡逻",))


async def test_rows_from_before_go_on_and_a_unit_can_be_kept(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        await here.say("陈伯", "报名")
        await here.deliver()
        before = here.texts()
        await here.die()
        bring(here.url, "0052", back=True)
        await here.start()
        await here.deliver()
        assert here.texts() == before
        await here.say(YANG, "共建单位 区图书馆 联系人 陈伯", None)
        await here.deliver()
        assert [row.name for row in here.rows(Member) if row.unit] == ["区图书馆"]


async def test_said_twice_it_is_as_many_and_when_its_contact_is_forgotten_nobody_speaks_for_it(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted="发布 其他 清洁 周六 9:00-11:00 广场 20人") as here:
        await here.say(YANG, "共建单位 区图书馆 联系人 陈伯", None)
        await here.say("陈伯", "区图书馆来5人")
        await here.say("陈伯", "区图书馆来5人")
        await here.deliver()
        assert len([row for row in here.rows(Claim) if row.promised in LIVE]) == 5
        await here.say("陈伯", "忘记我", None)
        await here.deliver()
        await here.say("陈伯", "确认", None)
        await here.deliver()
        await here.say("李阿姨", "区图书馆改成2人")
        await here.say(YANG, "共建单位 区图书馆 联系人 李阿姨", None)
        await here.say("李阿姨", "区图书馆改成3人")
        await here.deliver()
        assert len([row for row in here.rows(Claim) if row.promised in LIVE]) == 3
        assert len([row for row in here.rows(Member) if row.unit]) == 1
