"""How 报平安 is arranged and ended, and what is talk among neighbours."""

from __future__ import annotations

from datetime import time

from core.features.well.said import MorningSaid, read_morning

NINE = time(9)
SAID = {
    "报平安 每天9点 王伯": MorningSaid(at=NINE, who="王伯"),
    "报平安 每天9点 王伯 邻居李阿姨": MorningSaid(at=NINE, who="王伯", neighbour="李阿姨"),
    "报平安每天９点王伯": MorningSaid(at=NINE, who="王伯"),
    "报平安 9点": MorningSaid(at=NINE),
    "我要报平安，每天早上8点半": MorningSaid(at=time(8, 30)),
    "每天早上八点半问我平安": MorningSaid(at=time(8, 30)),
    "请每天9点给王伯报平安，邻居是李阿姨": MorningSaid(at=NINE, who="王伯", neighbour="李阿姨"),
    "帮我设报平安 每天上午10点 我": MorningSaid(at=time(10)),
    "报平安 每天下午3点 王伯": MorningSaid(at=time(15), who="王伯"),
    "报平安 8:30 王阿姨": MorningSaid(at=time(8, 30), who="王阿姨"),
    "报平安": MorningSaid(),
    "不报平安了": MorningSaid(off=True),
    "以后不用报平安了": MorningSaid(off=True),
    "王伯不报平安了": MorningSaid(off=True, who="王伯"),
    "不报平安了 王伯": MorningSaid(off=True, who="王伯"),
    "取消报平安": MorningSaid(off=True),
    "别每天问我报平安了": MorningSaid(off=True),
    "daily call 9am": MorningSaid(at=NINE),
    "daily call every day at 8:30 for Tom, neighbour Mary": MorningSaid(at=time(8, 30), who="Tom", neighbour="Mary"),
    "morning call 9:00 Tom": MorningSaid(at=NINE, who="Tom"),
    "no more daily calls": MorningSaid(off=True),
    "stop the daily call for Tom": MorningSaid(off=True, who="Tom"),
}
TALK = [
    "到家报平安",
    "大家到家了报个平安",
    "平安到家",
    "没事报平安就好",
    "出门在外要报平安",
    "到了记得报平安啊",
    "祝大家平安",
    "周五9点报名",
    "我每天9点锻炼",
    "平安结束",
    "报平安的人真好啊大家都学学他吧",
]
TALK_EN = ["give me a call at 9", "call me every day", "the daily news", "morning everyone", "see you at 9"]


def test_each_is_read_as_what_it_arranges() -> None:
    assert [(words, said) for words, meant in SAID.items() if (said := read_morning(words)) != meant] == []


def test_talk_arranges_nothing() -> None:
    assert [(words, said) for words in [*TALK, *TALK_EN] if (said := read_morning(words)) is not None] == []
