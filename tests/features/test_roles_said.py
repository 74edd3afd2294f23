"""Who is to do what, as coordinators say it; and what is said of anything else."""

from __future__ import annotations

import pytest

from core.features.roles.said import OfRole, read_role

SAID = {
    "王阿姨当副手": ("deputy", "王阿姨"),
    "让王阿姨来当我们的副手吧": ("deputy", "王阿姨"),
    "请李老师做副协调人，谢谢": ("deputy", "李老师"),
    "以后王伯是副组长了": ("deputy", "王伯"),
    "李阿姨只管慰问": ("visits", "李阿姨"),
    "让李阿姨负责送学上门": ("visits", "李阿姨"),
    "从今天起，李阿姨专管慰问这一块": ("visits", "李阿姨"),
    "陈伯只管巡逻": ("patrols", "陈伯"),
    "巡逻": None,
    "陈伯管巡逻的事情吧": ("patrols", "陈伯"),
    "王阿姨不管了": ("none", "王阿姨"),
    "王阿姨不再当副手了": ("none", "王阿姨"),
    "取消王阿姨的副手": ("none", "王阿姨"),
    "不让陈伯管巡逻了": ("none", "陈伯"),
    "陈伯卸任了": ("none", "陈伯"),
    "谁管什么": ("asked", ""),
    "谁管慰问？": ("asked", ""),
    "Mrs Wang is our deputy": ("deputy", "Mrs Wang"),
    "make Mrs Wang a deputy": ("deputy", "Mrs Wang"),
    "Tom looks after patrols": ("patrols", "Tom"),
    "let Mary handle visits only": ("visits", "Mary"),
    "Mary: visits only": ("visits", "Mary"),
    "Tom steps down": ("none", "Tom"),
    "Mrs Wang is no longer our deputy": ("none", "Mrs Wang"),
    "remove Tom's role": ("none", "Tom"),
    "roles": ("asked", ""),
    "who looks after visits?": ("asked", ""),
}
TALK = (
    "王阿姨身体不好，管不了这么多",
    "我不管了",
    "谁不管了",
    "王阿姨周五负责巡逻队的水",
    "发布 巡逻 周五19:00 东门 2人",
    "王阿姨去不了",
    "大家都来管巡逻",
    "王阿姨当副手的时候我还没来呢",
    "取消周五的巡逻",
    "I look after patrols",
    "Tom looks after his mother",
    "Tom is not well",
    "王阿姨来了",
    "别管了",
)


@pytest.mark.parametrize("words", SAID)
def test_who_is_to_do_what_is_read_whole(words: str) -> None:
    said = SAID[words]
    assert read_role(words) == (None if said is None else OfRole(*said))


@pytest.mark.parametrize("words", TALK)
def test_other_talk_is_nothing_of_it(words: str) -> None:
    assert read_role(words) is None
