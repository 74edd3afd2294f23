"""Cries for help, and the talk that holds the same words."""

from __future__ import annotations

import pytest

from core.said.alarms import alarming


@pytest.mark.parametrize(
    "words",
    [
        "陈家阿婆摔倒了，起不来", "我摔倒了", "老伴跌了一跤", "阿婆掼跤了", "王伯在楼梯口滑倒了", "爷爷从梯子上摔下来了",
        "敲门没人应", "3号楼敲门没人应，叫了半天了", "敲门没人", "叫了半天没人应", "按门铃没人应声", "喊她不应", "门敲了半天没人开门",
        "着火了", "那边着火了", "4号楼起火了！！", "厨房冒烟", "楼上有浓烟", "老伴走失了，找不到人", "我妈不见了", "孙子走丢了",
        "有个老人晕倒在花园里", "昏过去了", "楼道里有股燃气味，快来人", "闻到煤气味", "煤气泄漏", "好像漏气了",
        "我胸口痛得厉害，喘不上气", "胸口闷得慌", "透不过气", "救命", "救命啊", "快来人", "出事了",
        "昨天摔了一跤，现在起不来了", "我媽摔倒了怎麼辦", "阿婆倒在地上", "有小偷", "有人打架", "有人在闹事", "他不想活了", "爷爷人快不行了", "昨天走失的，到现在还没找到",
        "help! Mr Chen fell and can't get up", "she fell down", "my mother has fallen", "Grandma fainted", "I smell gas",
        "there's a fire in building 3", "fire!", "the kitchen is on fire", "no answer at the door of building 3",
        "knocked for ten minutes, nobody answers", "my husband is missing", "He can’t get up", "chest pain, help me",
        "somebody help", "he is unconscious", "old Mr Li collapsed", "stuck in the lift", "gas leak",
    ],
)  # fmt: skip
def test_a_cry_for_help_is_heard(words: str) -> None:
    assert alarming(words)


@pytest.mark.parametrize(
    "words",
    [
        "明天消防演习", "消防演习几点开始", "我去年摔倒过", "上个月摔了一跤，现在好了吗", "刚才差点摔倒", "没有人摔倒", "没着火，是烧饭",
        "地上滑，当心摔倒", "以免走失", "急救讲座我要报名", "着火的那个新闻看了没有", "我家的猫走失了", "狗狗找不到了", "钥匙找不到了",
        "燃气公司明天来查表", "燃气费怎么交", "没人应聘", "我起不来床，今天不去了", "摔了一跤，还好没事", "怕摔倒，不去了", "如果有人摔倒怎么办",
        "笑死我了救命", "这个价格救命啊太贵了", "敲门没人，估计出去了", "晕车去不了", "我头晕，去不了了", "摔碎了一个碗", "火车票买好了", "帮助", "帮我报名",
        "心情不好", "心里高兴", "没人来开会", "昨天那家着火是怎么回事", "预防跌倒", "他找到了，没事了", "昨天有人打架", "楼下有人打架，没事了", "有人打电话来", "点火仪式几点", "防走失手环有吗", "早上起不来，晚上行吗",
        "help", "help!", "help me", "/help", "help me sign up", "help me join 2", "she fell in love", "prices fell again", "we fell asleep",
        "fire drill on Friday", "the fire station is open", "he nearly fell", "don't fall", "my cat is missing", "I fell last year",
        "nobody fell", "no fire, just smoke from cooking? no", "can't get up early", "I can't get up in the morning", "who can help me with my phone",
        "no answer from my son on the phone", "what's missing from the list",
    ],
)  # fmt: skip
def test_talk_is_no_cry_for_help(words: str) -> None:
    assert not alarming(words)


def test_ten_thousand_letters_are_read_at_once() -> None:
    assert not alarming("敲门" * 5000 + "没")
