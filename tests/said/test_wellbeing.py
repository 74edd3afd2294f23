"""How people say that all is well, that they are coming, that they see somebody; and what is none of it."""

from __future__ import annotations

from core.said.wellbeing import wellbeing

SAID = {
    "well": """我很好 我很好！ 没事 没事的，谢谢 我没事，放心 都好 一切都好 蛮好 挺好的 还好 好着呢 老好额呀 身体很好，谢谢关心 平安 在家没事 起来了，都好
        早上好，我很好 嗯，没事 没啥事 我今天很好 吃过早饭了，很好 没问题 到家了 平安到家了 没事，到家了 都好，别担心 放心，我很好 精神蛮好 醒了""",
    "on_the_way": "我在路上了 在路上 马上到 快到了 出门了 来了来了 没事，在路上了 我在走了 已经下楼了 就来 刚出门 在公交上",
    "seen": "看到了 我看到他了 在的 他来了 跟我在一起 到了 他在这里",
    "absent": "没看到 没看见他 还没来 他没来 没见到人 不知道",
    "unwell": "我不太舒服 头晕 今天不太好 有点发烧 摔了一跤 起不来了 我不舒服，没事",
    "": "你好 谢谢 明天还来吗 我很好吗 你身体好吗 大家都没事吧？ 周五几点 王伯身体很好吗 好不好 帮我报名 路灯坏了 昨天在路上看到王伯了，他说今天不来",
}
ENGLISH = {
    "well": "I'm fine|all fine, thanks|fine|I am well|good morning, I'm fine|all good|I'm ok|yes I'm okay, thank you|doing well|safe|home safe|I'm alright",
    "on_the_way": "on my way|I'm on my way|nearly there|coming|be right there|just left",
    "seen": "I see him|he is here|with me|she's with me|yes, I see her",
    "absent": "I haven't seen him|not here yet|he's not here|can't see her",
    "unwell": "I'm not well|I feel dizzy|I fell|not feeling so good",
    "": "hello|what time|thanks|are you fine?|the lamp is broken|I'm fine with Tuesday for the patrol",
}


def test_each_is_read_as_what_it_says() -> None:
    wrong = [
        (words, said, meant)
        for table, cut in ((SAID, None), (ENGLISH, "|"))
        for meant, listed in table.items()
        for words in listed.split(cut)
        if (said := wellbeing(words.strip())) != meant
    ]
    assert wrong == []


def test_long_repetition_is_read_at_once() -> None:
    assert [wellbeing(each * 60) for each in ("好", "没事", "都好", "fine ", "我很好吗")]
