"""Verbs of the bot's own that are spelt like those of features: to a coordinator, and which language is spoken."""

from __future__ import annotations

from core.reading.verbs import Spelt

_ASK_ZH = "(?:请|可以|能不能|能|麻烦|我要|帮我|给我)*(?:跟我|和我|对我)?(?:说|讲|用|改成|换成|切换成|改用)"
_ASK_EN = "(?:please |can you |could you |do you )?(?:speak|talk|use|switch to)(?: in)? "
_END_ZH, _END_EN = (
    "(?:跟我|和我|对我|给我)?(?:吗|吧|好吗|好伐|可以吗|行吗|行伐|伐|说|讲|讲话|说话|的|版)?",
    "(?: to me)?(?:,? please)?",
)
OWN = (
    Spelt(
        "my_data",
        zh="(?:请|我要|我想)?(?:看看|看一下|看|查一下|查看|查|导出|下载|给我)?(?:一下)?我的(?:个人)?(?:资料|信息|数据)(?:给我)?(?:看看|看一下|看|导出来?)?(?:吧)?|"
        "(?:你们?|您|小板凳)(?:都)?(?:存|记|知道)了?我(?:的)?(?:些)?(?:什么|哪些)(?:资料)?|"
        "(?:你们?|您)有我(?:的)?(?:什么|哪些)资料",
        en="(?:show me |give me |send me )?(?:all )?my data|mydata|"
        "what (?:data )?do you (?:know|keep|have|hold|store) (?:about|on|of) me",
    ),
    Spelt(
        "consents",
        zh="(?:我要|我想|请)?(?:收回|撤回|撤销|取消)(?:我的)?同意|我(?:都)?同意(?:过|了)(?:些)?(?:什么|哪些)(?:事)?|我不同意了|我的同意",
        en="(?:i )?(?:withdraw|take back) my consents?|my consents?|what (?:did|have) i agreed? to|i no longer agree",
    ),
    Spelt(
        "forget_me",
        zh="(?:请|麻烦)?(?:忘记|忘掉|忘了)我(?:吧|了)?|(?:请|麻烦)?把我(?:忘记|忘掉|忘了|抹掉|删除)(?:吧)?|注销账号|"
        "(?:请|麻烦)?(?:把)?(?:删除|删掉|注销|抹掉)我的(?:所有|全部|个人)?(?:资料|信息|数据|账号)|"
        "(?:请|我不想参加了，?)?把我(?:的)?(?:所有|全部)?的?(?:资料|信息|数据)(?:都|全|全部)?(?:删了|删掉|删除|抹掉|清掉)(?:吧)?|注销",
        en="(?:please )?(?:forget|erase) me|(?:please )?(?:delete|erase) (?:all )?my (?:data|account|details)|forgetme",
    ),
    Spelt("correct", zh="(?:请)?(?:更正|订正|纠正)(?:一下)?", en="(?:please )?correct", words=True),
    Spelt(
        "again",
        zh="(?:请|帮我)?(?:照着?|按照?|跟|和)(?:上次|上回|上一次|上个月)(?:的|那样|一样|样子)*(?:再)?(?:发布|发|办|来)?(?:一次|一个|一遍)?",
        en="(?:please )?(?:post (?:again|the same|as last time)|(?:the )?same as last time|as last time|again)",
        words=True,
    ),
    Spelt(
        "tell_coordinator",
        zh="(?:请|帮我)?(?:转给|转告|告诉|通知|跟)(?:一下)?协调[人员](?:说)?",
        en="(?:please )?(?:pass on|tell the coordinators?|pass on to the coordinators?)",
        words=True,
    ),
    Spelt("speak_en", zh=f"{_ASK_ZH}英(?:文|语){_END_ZH}", en=f"{_ASK_EN}english{_END_EN}"),
    Spelt("speak_zh", zh=f"{_ASK_ZH}(?:中文|汉语|普通话|国语){_END_ZH}", en=f"{_ASK_EN}(?:chinese|mandarin){_END_EN}"),
    Spelt("just_en", zh="英文|英语", en="(?:in )?english(?: please)?|english version"),
    Spelt("just_zh", zh="中文|汉语", en="(?:in )?chinese(?: please)?"),
)
"""`just_`: nothing but the name of a language."""
