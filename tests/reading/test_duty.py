"""What is said of duty for good, and what only sounds like it."""

from __future__ import annotations

import pytest

from core.features import FEATURES
from core.here import kinds_of
from core.reading import read_command


@pytest.mark.parametrize(
    ("words", "intent", "who", "day"),
    [
        ("我每周二都来", "join", (), "每周二"),
        ("以后每周二都算我", "join", (), "每周二"),
        ("我每次都来", "join", (), "每次"),
        ("I come every Tuesday", "join", (), "every Tuesday"),
        ("每周二都是老张", "regular", ("老张",), "每周二"),
        ("每周二由老张来", "regular", ("老张",), "每周二"),
        ("老张每周二都来", "regular", ("老张",), "每周二"),
        ("put Tom down for every Tuesday", "regular", ("Tom",), "every tuesday"),
        ("以后周二我不来了", "leave", (), "每周二"),
        ("暂停到12月20日", "pause", (), None),
        ("我跟王伯换，我周二他周四", "swap", ("王伯",), "周二、周四"),
        ("我周二跟王伯周四换", "swap", ("王伯",), "周二、周四"),
        ("swap my Tuesday with Tom's Thursday", "swap", ("Tom",), "tuesday、thursday"),
        ("以后每个星期二我都来", "join", (), "每个星期二"),
        ("以后周二都算我的", "join", (), "每周二"),
        ("长期报名周二", "join", (), "每周二"),
        ("I'll take every Tuesday from now on", "join", (), "every tuesday"),
        ("every Tuesday is mine", "join", (), "every tuesday"),
        ("以后周二都排老张", "regular", ("老张",), "每周二"),
        ("老张固定周二", "regular", ("老张",), "每周二"),
        ("固定的班我不值了", "leave", (), "每次"),
        ("以后不值班了", "leave", (), "每次"),
        ("no more Tuesdays for me", "leave", (), "every tuesday"),
        ("skip next Tuesday", "leave", (), "next tuesday"),
        ("下周两天我都来", "join", (), "下周两天"),
        # whoever stands between 跟 and 换, where each has a day
        ("我跟水师傅换，我周四他周二", "swap", ("水师傅",), "周四、周二"),
        ("我和水师傅换一下，他周二我周四", "swap", ("水师傅",), "周二、周四"),
        ("水师傅跟我换了，我周四来，他周二来", "swap", ("水师傅",), "周四、周二"),
        ("我周二跟水师傅周四换", "swap", ("水师傅",), "周二、周四"),
        ("王伯周四的班跟我周二的换", "swap", ("王伯",), "周二、周四"),
        ("想跟水师傅调个班，我上周四的，他上周二的", "swap", ("水师傅",), "周四、周二"),
        ("我周二有事，跟阿英换，我周四她周二", "swap", ("阿英",), "周四、周二"),
        ("跟王伯换，我26号，他24号", "swap", ("王伯",), "26号、24号"),
        # ordinary talk
        ("我跟水师傅换微信，周二周四都行", None, (), None),
        ("我和王伯换个座位，我坐周二他坐周四", None, (), None),
        ("我和老伴换着来，我周二他周四", None, (), None),
        ("水师傅来换水龙头，周二周四都行", None, (), None),
        ("以后周二都涨价了", None, (), None),
        ("固定报周二的团", None, (), None),
        ("每周二都是我买菜", None, (), None),
        ("no more Mondays like this one", None, (), None),
        ("I'll skip Tuesday's cake", None, (), None),
        ("每周二都是晴天", None, (), None),
        ("每天都是这样", None, (), None),
        ("每周二都下雨", None, (), None),
        ("我每天都去买菜", None, (), None),
        ("休息到周五", None, (), None),
        ("恢复", None, (), None),
    ],
)
def test_duty_for_good(words: str, intent: str | None, who: tuple[str, ...], day: str | None) -> None:
    command = read_command(words, context="group", kinds=kinds_of(FEATURES), open=[1, 2])
    assert (command.intent, command.who, command.day) == (intent, who, day)
