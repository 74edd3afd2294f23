"""Verbs of the bot's own, as neighbours say them: one's own data, to be forgotten, a wrong name, as last time."""

from __future__ import annotations

import pytest

from core.features import KINDS
from core.reading import read_command
from core.reading.own_verbs import right_name

SAID = {
    "my_data": """我的资料给我一份 你那里有我什么资料 把我的资料发给我 把我的资料导出来 我的资料都有什么 你们记了我什么
        我留了哪些信息在你这里 你手里有我些什么东西 我要看我的资料
        /my data please/what have you got on me/give me a copy of my data/everything you have on me/i want to see my data""",
    "forget_me": """把我忘了吧 不用记得我了 我的资料全删掉 我要注销 把我从系统里删掉 把我的东西都删了 以后别记我了
        我退出小板凳，资料都删掉 我不想再用了，把我的资料删掉 忘了我这个人
        /forget about me/delete everything about me/remove my data/please erase everything you have on me""",
    "misnamed": """我的名字写错了，应该是陈大伯 你把我名字搞错了，我叫陈大伯 我不叫老陈，叫陈大伯 我的资料有错 资料里我的名字不对
        /my name is wrong, it should be Tom/my name is misspelt""",
    "again": """照上次发布，巡逻，下周五 照上次再发一次巡逻，下周五 和上回一样再发一个百家饭，12月20日 老样子，巡逻，下周五
        照老样子发布，慰问，12月5日 上次那个巡逻再来一次，下周五 再来一次上次的百家饭，12月20日 复制上次的巡逻，下周五
        把上次的百家饭再发一遍，12月20日 上回怎么办这回还怎么办，百家饭，12月20日 照上次的样子发布送学上门1月5日到1月20日
        照旧发布，巡逻，下周五 按上个月的，送学上门，1月5日到1月20日
        /post patrol again next Friday/same patrol as last time next Friday/repeat the last patrol next Friday
        /as last time: potluck 20 December/do the patrol like last time next Friday""",
}


def told(words: str) -> list[str]:
    zh, *en = words.split("/")
    return [*zh.split(), *(" ".join(each.split()) for each in en)]


@pytest.mark.parametrize("intent", SAID)
def test_what_neighbours_say_of_themselves_or_as_last_time_is_understood(intent: str) -> None:
    read = {words: read_command(words, context="private", kinds=KINDS).intent for words in told(SAID[intent])}
    assert read == dict.fromkeys(read, intent)


OTHERWISE = [
    "学习资料删掉吧", "把东西都删了", "上次的饭真好吃", "上次巡逻的人到了吗", "同意", "资料", "我不叫你来你就别来", "again and again",
    "忘了带手电", "别忘了我的菜", "上次那个会开得好", "请把我的名字删掉",
    "跟上次一样，我来", "和以前一样，算我一个", "老样子，我来", "跟上次一样，三个人", "像上次那样，周五我来", "照旧", "照旧，我来",
    "老样子", "照上次，我来", "as last time, count me in", "same as last time, I'll come",
]  # fmt: skip


@pytest.mark.parametrize("words", OTHERWISE)
def test_what_only_looks_like_it_is_something_else(words: str) -> None:
    assert read_command(words, context="private", kinds=KINDS).intent not in SAID


def test_the_right_name_is_what_stands_behind_the_wrong_one() -> None:
    said = {
        "应该是陈大伯": "陈大伯",
        "我叫陈大伯": "陈大伯",
        "叫陈大伯。": "陈大伯",
        "it should be Tom": "Tom",
        "怎么改": None,
    }
    assert {words: right_name(words) for words in said} == said
