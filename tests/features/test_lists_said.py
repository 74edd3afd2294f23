"""Lists of people as they are said, what is none, and for whom a posting says an activity is."""

from __future__ import annotations

from core.features.lists.said import OfList, read_list
from core.said.audiences import For, take_audience

KNOWN = ("第一支部", "第二支部", "Branch 1", "巡逻队")

MEANT = {
    "第一支部：陈伯、李阿姨、王伯": OfList("keep", "第一支部", ("陈伯", "李阿姨", "王伯")),
    "第一支部: 陈伯 李阿姨 王伯": OfList("keep", "第一支部", ("陈伯", "李阿姨", "王伯")),
    "第一支部名单：陈伯，李阿姨": OfList("keep", "第一支部", ("陈伯", "李阿姨")),
    "第三支部：\n1. 陈伯\n2. 李阿姨\n3. 老孙头": OfList("keep", "第三支部", ("陈伯", "李阿姨", "老孙头")),
    "名单 合唱：陈伯、李阿姨": OfList("keep", "合唱", ("陈伯", "李阿姨")),
    "Branch 2: Old Chen, Auntie Li and Tom": OfList("keep", "Branch 2", ("Old Chen", "Auntie Li", "Tom")),
    "第一支部": OfList("show", "第一支部"),
    "第1支部有谁？": OfList("show", "第一支部"),
    "第一支部有几个人": OfList("show", "第一支部"),
    "who is on branch 1?": OfList("show", "Branch 1"),
    "第一支部 加 王伯": OfList("add", "第一支部", ("王伯",)),
    "把王伯加到第一支部": OfList("add", "第一支部", ("王伯",)),
    "add Tom to branch 1": OfList("add", "Branch 1", ("Tom",)),
    "第一支部 减 王伯、陈伯": OfList("take", "第一支部", ("王伯", "陈伯")),
    "remove Tom from Branch 1": OfList("take", "Branch 1", ("Tom",)),
    "删除名单 第一支部": OfList("delete", "第一支部"),
    "有哪些名单": OfList("all"),
    "lists": OfList("all"),
}
NOT_MEANT = (
    "明天买菜：白菜、萝卜、土豆", "第一支部：明天开会", "今天来的：陈伯、李阿姨", "通知第一支部：明天开会", "接龙：陈伯、李阿姨",
    "巡逻队：今晚7点集合", "巡逻队辛苦了", "第一支部今天开会吗", "第一支部书记是谁", "加王伯 1", "减王伯 1", "取消 1",
    "第四支部", "第四支部 加 王伯", "发布 巡逻：陈伯、李阿姨", "谢谢大家：陈伯、李阿姨", "联系人：陈伯 13900001111", "list", "Shopping: milk, eggs",
    "Tom: are you coming to Branch 1?", "remove 1",
)  # fmt: skip


def test_what_is_asked_of_a_list() -> None:
    wrong = {words: read_list(words, KNOWN) for words, said in MEANT.items() if read_list(words, KNOWN) != said}
    assert not wrong


def test_ordinary_talk_is_about_no_list() -> None:
    assert not {words: said for words in NOT_MEANT if (said := read_list(words, KNOWN)) is not None}


def test_for_whom_an_activity_is() -> None:
    one = For(("第一支部",))
    said = {
        "组织生活会 周五 14:00 居委会 第一支部": ("组织生活会 周五 14:00 居委会", one),
        "第一支部 组织生活会 周五 14:00": ("组织生活会 周五 14:00", one),
        "一支部组织生活会 周五 14:00": ("组织生活会 周五 14:00", one),
        "巡逻 周五 19:00 仅限第一支部": ("巡逻 周五 19:00", For(("第一支部",), only=True)),
        "巡逻 周五 19:00 只请第一支部和第二支部": ("巡逻 周五 19:00", For(("第一支部", "第二支部"), only=True)),
        "党课 周五 14:00 居委会 全体": ("党课 周五 14:00 居委会", For(everybody=True)),
        "组织生活会 周五 14:00 第一支部活动室": ("组织生活会 周五 14:00 第一支部活动室", None),
        "组织生活会 周五 14:00 第一支部党员活动室": ("组织生活会 周五 14:00 第一支部党员活动室", None),
        "巡逻 周五 19:00 东门": ("巡逻 周五 19:00 东门", None),
        "meeting Friday 2pm hall, only for branch 1": ("meeting Friday 2pm hall", For(("Branch 1",), only=True)),
        "meeting Friday 2pm hall everybody": ("meeting Friday 2pm hall", For(everybody=True)),
    }
    assert not {words: got for words, came in said.items() if (got := take_audience(words, KNOWN)) != came}
