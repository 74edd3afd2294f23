"""Joining, leaving and refusing, put together from pieces: courtesy before, a reason behind, somebody spoken for."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from core.reading.commands import Context
from tests.ours import read_command

MANY = 2000
CONTEXTS: tuple[Context, ...] = ("reply", "group", "private")

WISHES = (
    "",
    "我想参加，",
    "我想报名，",
    "我也想去，",
    "本来要去的，",
    "我很想来，",
    "参加是想参加的，",
    "我报名……",
    "上次报了名，",
    "我要报名的，",
)
TURNS = ("可是", "可惜", "但是", "不过", "就是", "只是", "结果", "但")
REASONS = (
    "腿脚不灵", "那天要带孙子", "家里来客人", "要去医院", "血压高", "感冒了", "走不开", "没空", "人在外地", "要上班", "刚开完刀", "老伴住院", "老公不让",
    "小孩放学没人接", "要去喝喜酒", "年纪大了", "晚上眼睛看不清", "女儿叫我别去", "路太远", "身体不争气", "忙得脱不开身", "要值夜班", "要等快递", "家里装修",
)  # fmt: skip
NOES = ("", "，不参加了", "，去不了", "，就不去了", "，来不成了", "，报不了", "，不来了", "，算了")
ENDS = ("", "，对不起", "，下次吧", "，你们去吧", "，谢谢", "呀", "了", "，祝大家顺利", "唉")


def test_nobody_is_signed_up_by_a_wish_and_a_reason_against_it() -> None:
    chance = Random(1)
    wrong = []
    for _ in range(MANY):
        wish = chance.choice(WISHES)
        turn = chance.choice(("", *TURNS)) if wish else ""
        text = f"{wish}{turn}{chance.choice(REASONS)}{chance.choice(NOES)}{chance.choice(ENDS)}"
        context = chance.choice(CONTEXTS)
        if read_command(text, context=context).intent not in (None, "leave", "regret", "maybe", "undecided"):
            wrong.append((context, text))
    assert wrong == []


COURTESIES = ("", "好的，", "杨老师好，", "谢谢组织，", "#12 ", "大家好，", "收到，", "看到了，")
JOINS: dict[str, tuple[int, str]] = {
    "我报名": (1, ""), "算我一个": (1, ""), "我要报名": (1, ""), "我跟老伴一起报名": (2, ""), "我带孙子参加": (2, ""), "加我一个": (1, ""),
    "帮王阿姨报名": (1, "王阿姨"), "替隔壁张师傅报个名": (1, "张师傅"), "我们两个报名": (2, ""), "阿拉两家头报名": (2, ""), "我家三个人参加": (3, ""),
    "帮刘老师和我报名": (2, "刘老师"), "我报名，还有我老伴": (2, ""), "王伯伯也报名": (1, "王伯伯"), "帮我和老伴报个名": (2, ""), "老规矩，算我一个": (1, ""),
    "麻烦帮孙阿婆登记一下": (1, "孙阿婆"), "我们一家三口报名": (3, ""),
}  # fmt: skip
BEHIND = ("", "，谢谢", "，辛苦了", "！", "，一定准时", "吧", "，几点集合？", "，我住得近", "，第一次参加")
LEAVES = {"我去不了了": "", "我退出": "", "帮我取消报名": "", "李阿姨来不了了": "李阿姨", "帮陈伯退出": "陈伯", "王师傅说他去不了": "王师傅",
          "我请假": "", "帮张老师取消": "张老师", "家里有事，来不了": ""}  # fmt: skip
SORRY = ("", "，抱歉", "，对不起大家", "，下次吧", "！", "，家里有事", "，腰疼")


@pytest.mark.parametrize("context", CONTEXTS)
def test_a_joining_is_read_whatever_stands_around_it(context: Context) -> None:
    wrong = []
    for before, (said, (many, whom)), behind in product(COURTESIES, JOINS.items(), BEHIND):
        command = read_command(before + said + behind, context=context, open=(12,))
        if (command.intent, command.count) != ("join", many) or (whom and whom not in command.who):
            wrong.append(before + said + behind)
    assert wrong == []


@pytest.mark.parametrize("context", CONTEXTS)
def test_who_takes_somebody_off_does_not_leave_with_them(context: Context) -> None:
    wrong = []
    for before, (said, whom), behind in product(COURTESIES, LEAVES.items(), SORRY):
        command = read_command(before + said + behind, context=context, open=(12,))
        if (command.intent, "".join(command.who), command.count) != ("leave", whom, 1):
            wrong.append(before + said + behind)
    assert wrong == []


# Said in one breath: whole clauses of talk right before and behind what is meant for the bot, with no stop between.
TALK_BEFORE = (
    "接龙我不会弄",
    "人够了伐",
    "上趟没轮到我",
    "孙子总算放假了",
    "老张都报了",
    "今朝天气蛮好",
    "阿芳叫我来的呀",
    "群里消息太多了",
    "刚刚看到通知了",
    "消息看到晚了",
)
TALK_BEHIND = (
    "你们多拍点照片",
    "大家辛苦了",
    "我住五号楼",
    "麻烦侬了",
    "上趟没轮到我",
    "她女儿也晓得的",
    "大家玩得开心点",
)
FIRM: dict[str, tuple[str, str]] = {
    "帮我加进去": ("join", ""), "算我一个": ("join", ""), "麻烦帮我记一下": ("join", ""), "这趟算上我": ("join", ""), "我来凑个数": ("join", ""),
    "我这趟去不了了": ("leave", ""), "帮我划掉": ("leave", ""), "我这次就不来了": ("leave", ""), "帮我找个人替一下": ("swap", ""),
    "麻烦哪位替我值一趟": ("swap", ""),
}  # fmt: skip


def test_what_can_only_be_meant_one_way_is_heard_in_one_breath_with_talk() -> None:
    wrong = []
    said = [*product(TALK_BEFORE, ("", " ", "，"), FIRM, ("",)), *product(("",), ("",), FIRM, TALK_BEHIND)]
    for before, gap, firm, behind in said:
        command = read_command(before + gap + firm + behind, context="group", open=(12,))
        if (command.intent, "".join(command.who)) != FIRM[firm]:
            wrong.append((before + gap + firm + behind, command.intent, command.who))
    assert wrong == []


TIED = (
    "谁",
    "你们谁能",
    "他问能不能",
    "老师说要",
    "我想叫女儿",
    "我忘了叫他",
    "怎么没人",
    "要不要",
    "为什么不",
    "他讲过会",
    "听说可以",
    "你什么时候",
)
OTHERS_ACTS = ("帮我报名", "算我一个", "帮我加进去", "替我去", "帮我划掉")


def test_what_the_words_before_it_take_along_is_talk() -> None:
    wrong = []
    for before, said in product(TIED, OTHERS_ACTS):
        command = read_command(before + said, context="group", open=(12,))
        if command.intent in ("join", "leave"):
            wrong.append((before + said, command.intent))
    assert wrong == []
