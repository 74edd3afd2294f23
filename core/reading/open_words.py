"""Words that no list can hold: how many, which activity, which day, where, which dish."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.reading.clauses import Clause
from core.reading.numerals import NUMBER, number
from core.reading.places import stair

Candidate = tuple[int, str, int | str | None]
"""Where a word that begins here may end, its role, and a value where the role has one."""

MEASURES = "份盘碗个道锅盒只斤笼盆样种条块包瓶罐打桌人份"

PEOPLE = re.compile(
    rf"(?:我们|一共|总共|共|就|一家|全家|夫妻|夫妇|母女|母子|父子|父女|祖孙|婆媳|姐妹|姊妹|兄弟|"
    rf"爷孙)?(?P<n>{NUMBER})\s?(?:个人|人|位|名|个)|"
    rf"(?:我们|一家|全家|我家|一家门)(?P<family>{NUMBER})口(?:人|子)?|"
    r"(?P<pair>(?:我们|咱们|阿拉|我|伲)?(?:夫妻|夫妇|母女|母子|父子|父女|祖孙|婆媳|姐妹|姊妹|兄弟|"
    r"爷孙|小夫妻|老夫妻|老)?(?:俩|两口子|两口|两人|二人|夫妻|夫妇|小两口|老两口)|老夫妻|一对)|"
    r"(?P<three>(?:我们)?仨|(?:我们)?三人行)|"
    rf"(?:for |the |all )?(?P<en>{NUMBER})(?: people| persons| person| of us| pax| adults| places|"
    rf" spots| seats| slots| friends| kids| grandkids| grandchildren| neighbours| neighbors)(?![a-z])|"
    rf"(?:party of|group of|family of|a group of|a party of|a family of) (?P<party>{NUMBER})(?![a-z])|"
    rf"for (?P<fors>two|three|four|five|six)(?![a-z])|(?P<both>both of us|we both|the pair of us|"
    rf"a couple of us|us two|we two)"
)
NAMES_PUT_DOWN = re.compile(rf"报(?:上)?(?P<n>{NUMBER})个名")
PLUS = re.compile(
    r"(?:[+＋➕]\s?|加|plus )(?P<n>\d{1,2}|[一二两三四五]|one|two|three|four)(?![\d个份a-z月:.]|号|点)(?:个|位|人)?"
)
ACTIVITY = re.compile(
    r"(?:#|№|no\.?\s?|nr\.?\s?|number |activity |第)\s?(?P<a>\d{1,5})(?:号活动|号|个活动|项活动|个|"
    r"项)?(?![\d楼幢栋门室])|"
    r"(?P<b>\d{1,5})(?:号活动|号的活动|号那个|号巡逻|号任务)|"
    r"(?P<c>\d{1,5})(?![\d:.月日点楼幢栋门室人个份位户年天周岁元块分%-]|号|am|pm|st|nd|rd|th|\s?people|\s?of)"
)
WEEKDAY = (
    r"(?:周|星期|礼拜|拜)[一二三四五六日天末1-6](?:[、和跟,]?(?:周|星期|礼拜)?[一二三四五六日天](?![人个位份户口]))*"
)
PART = r"(?:一大?早|清早|清晨|凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|夜间|晚间|晏昼|夜头|早浪|下半天|上半天|半夜)"
CLOCK = rf"(?:\d{{1,2}}[:.]\d\d|{NUMBER}点(?:半|一刻|三刻|钟|{NUMBER}分)?)"
DAY = re.compile(
    rf"(?:(?:(?:这|本|下|下下|这个|下个|每|上)?(?:{WEEKDAY}))|今天|今朝|今日|今儿|明天|明朝|明儿|明日|"
    rf"后天|后日|大后天|今晚|明晚|后天晚上|今夜|明早|今早|今朝夜里|当晚|当天|"
    rf"(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})月(?:\d{{1,2}}|"
    rf"[一二三四五六七八九十廿]{{1,3}})[日号]?|\d{{1,2}}[/.]\d{{1,2}}(?!\d)|"
    rf"(?P<th>\d{{1,2}})[号日](?![楼门幢栋线])|"
    rf"重阳节?|中秋节?|端午节?|元旦|春节|除夕|冬至|国庆节?|清明|元宵节?|腊八节?|小年夜|大年夜|{PART}|"
    rf"{CLOCK}|(?:这|下|本|上)个(?:礼拜|星期|周|月)|这两天|周末|这周末|下周末|下周|这周|本周|下个星期|"
    rf"这个星期|下礼拜|这礼拜)"
    rf"(?:的?{PART})?(?:{CLOCK})?(?:的)?"
)
DAY_EN = re.compile(
    r"(?:(?:on |for |this |next |the |every |from )*(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|"
    r"sun)(?:day|sday|nesday|rsday|urday)?s?(?:'s)?|today|tonight|tomorrow|tmrw|tmr|"
    r"the day after tomorrow|this week|next week|this weekend|the weekend|next weekend|"
    r"(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?)?(?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|"
    r"dec)(?: \d{1,2}(?:st|nd|rd|th)?)?|(?:the )?\d{1,2}(?:st|nd|rd|th)|at \d{1,2}(?::\d\d)?|"
    r"(?:at )?\d{1,2}(?::\d\d)?\s?(?:am|pm|o'clock)|in the (?:morning|afternoon|evening)|at noon|noon)"
    r"(?: (?:morning|afternoon|evening|night|lunch|noon))?(?:'s)?(?![a-z])"
)
HAN_PLACE = (
    r"(?:小区|社区)?(?:(?:东南|西南|东北|西北|东|南|西|北|正|大|后|前|\d{1,2}号|"
    r"[一二三四]号)(?:大)?门(?:口|岗亭|卫)?|门口|大门口?|活动室(?:门口)?|集合点|集合地点|集合处|现场|"
    r"居委会?(?:门口)?|小区门口|岗亭|门卫|小?广场|凉亭|小?花园|中心花园|食堂|会议室|楼下|门岗|老地方|"
    r"社区中心|指定地点|健身点|会所|警务室|老年活动室|点位)"
)
STAIR = (
    r"(?:(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[a-f])(?:号楼|幢|栋|号门洞|号阳台|号门楼)(?:前|门口|楼下|阳台)?|"
    r"(?:building|block|stairwell|bldg\.?) \d{1,3})"
)
EN_PLACE = (
    r"(?:the )?(?:(?:east|west|south|north|main|front|back)\s?gate|gate(?: \d)?|activity room|meeting point|"
    r"meeting place|community cent(?:re|er)|pavilion|square|committee office|entrance|canteen|lobby|front door|"
    r"guard post|door|downstairs|garden|courtyard)(?![a-z])"
)
PLACE = re.compile(
    rf"(?P<at>在{HAN_PLACE}(?:这里|这边|等你们|等大家|等着|等候|等了|等|了|里)?|(?:at|by|near|outside|"
    rf"in front of|waiting at) {EN_PLACE})|"
    rf"(?:到|往|去)?{HAN_PLACE}(?:这里|这边|那里|集合)?|{EN_PLACE}"
)
BY_THE_STAIR = re.compile(r"(?:前|门口|楼下|阳台)?(?:的|那里|这里)?")
ARRIVED = re.compile(
    rf"(?:已经?|刚刚?)?(?:到|到达|抵达)(?:{HAN_PLACE}|{STAIR})(?:了|啦|咯|勒)|"
    rf"(?:arrived|reached|just arrived|just got|got)(?: at| to)? {EN_PLACE}|"
    rf"(?:i'm|im|i am|we're|we are|waiting|here|am|are|already|now) (?:at|by|near|outside|in front of) {EN_PLACE}"
)
COMING = re.compile(
    rf"(?:正在|正|在)?往(?:{HAN_PLACE})(?:走|赶|来|去)(?:了)?|(?:半个?|{NUMBER}个?)小时(?:以?后|左右)?(?:就|能)?到|"
    rf"(?:i'll |i will |we'll )?be there in {NUMBER}$|"
    rf"(?:快|马上|就要|就快|快要)到(?:{HAN_PLACE}|{STAIR})了?|(?:还有|还要|再有)(?:{NUMBER}|几)分钟|"
    rf"(?:大概|大约|差不多|估计|预计)?(?:还有|还要|还差|再过|再有|再)?(?:大概|大约|差不多)?{NUMBER}?(?:几|来|多)?分钟"
    r"(?:左右|以后|之后|后|内|之内)?(?:就|能|可以|可)?(?:到|到了|到达|赶到|到场|过来)|"
    rf"(?:会|要|可能|大概)?(?:晚到|迟到)(?:{NUMBER}|几|一会儿?|一点|片刻)?(?:分钟|分)?(?:左右)?|"
    rf"(?:会|要|可能|大概)?晚(?:{NUMBER}|几|一)?(?:分钟|一会儿?|点|点儿)到|路上(?:有点|太|很|蛮)?堵(?:车|住)?了?|"
    rf"(?:i'll |i will |we'll )?(?:be )?(?:there|arriving|here|with you|see you) in (?:about )?(?:{NUMBER}|"
    rf"a few|a couple of) ?(?:min|mins|minutes)(?![a-z])|"
    rf"(?:running |i'm |we're )?(?:{NUMBER}|a few|a couple of) ?(?:min|mins|minutes) (?:away|out|late)|"
    r"running (?:a bit |a little |slightly )?late(?![a-z])"
)
MY_SHIFT = re.compile(
    r"(?:cover|take over|take|do|fill) (?:my|our) (?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"(?: (?:morning|afternoon|evening|night))?(?: (?:shift|slot|turn|patrol|duty))?(?![a-z])"
)
PORTIONS = re.compile(
    rf"(?P<n>{NUMBER})\s?(?:[{MEASURES}]|人份)(?!人)(?:左右)?|(?:for |about |"
    rf"serves )?(?P<en>{NUMBER})\s?(?:portions?|servings?|plates?|pieces?|bowls?|dishes|pcs|"
    rf"helpings?)(?![a-z])|(?:serves|feeds) (?P<for>\d{{1,3}})(?![\da-z])"
)
DISH_ENDINGS = re.compile(
    r"(?:汤|肉|鱼|鸡|鸭|鹅|虾|虾仁|蟹|菜|饭|炒面|拌面|凉面|饼|糕|糕点|饺|饺子|水饺|粥|羹|蛋|肉丝|"
    r"土豆丝|干丝|三丝|肉片|藕片|丸子|狮子头|汤圆|青团|粽子|粽|酥|包子|小笼包?|生煎包?|春卷|蛋卷|卷|"
    r"小排|大排|排骨|豆腐|豆腐干|烤麸|鸡翅|肘子|猪蹄|蹄髈|糖藕|藕|茄子|黄瓜|西瓜|冬瓜|笋|油焖笋|香菇|"
    r"蘑菇|皮冻|甜品|点心|凉菜|冷菜|热菜|主食|荤菜|素菜|"
    r"水果|果盘|水果拼盘|拼盘|沙拉|色拉|馒头|烧卖|馄饨|花生|花生米|毛豆|芋艿|红薯|山药|栗子|红枣|蛋糕|"
    r"面包|饼干|布丁|奶茶|酸梅汤|银耳|绿豆汤|八宝饭|年糕|粢饭|米线|粉丝|凉皮|煎饼|葱油饼|锅贴|油条|"
    r"海蜇|牛腩|牛排|羊排|酱鸭|白斩鸡|熏鱼|糟货|醉蟹|咸蛋|皮蛋|皮蛋豆腐|番茄炒蛋|四喜烤麸|罗宋汤|"
    r"腌笃鲜|小吃|甜点|甜汤|糖醋里脊|里脊|腰花|三鲜|什锦|火锅|泡菜|酱瓜|萝卜|土豆|青椒|茶叶蛋|面条|"
    r"凉面|冷面|卤味|卤蛋|鸡爪|凤爪|肉圆|藕夹|炒饭|盖饭|菜饭|拌菜|腐竹|百叶|百叶结|素鸡|素鸭)$"
)
DISH_CATEGORY = re.compile(r"(?:cold|hot|staple|soup|sweet|dessert|main|salad)(?: dish(?:es)?)?(?![a-z])")
DISH_EN = re.compile(
    r"(?:(?!(?:me|you|us|for|the|an?|my|of|to|in|on|at|and|i|we|it|is|was|do|with|her|his|some|your|"
    r"bring|make)\b)[a-z'-]+ ){0,4}?(?:dumplings?|soup|salad|rice|noodles?|pork|chicken|beef|fish|"
    r"duck|shrimp|prawns?|tofu|cake|cakes|pie|pies|bread|buns?|rolls?|pancakes?|eggs?|ribs?|stew|"
    r"curry|beans|cabbage|cucumbers?|tomatoes|potatoes|lotus|eggplant|aubergine|mushrooms?|wontons?|"
    r"pudding|cookies|biscuits|fruit|fruits|dessert|desserts|tart|sandwiches|pasta|lasagne|meatballs?|"
    r"vegetables|greens|peanuts|melon|jelly|porridge|congee|casserole|toast|brownies|muffins|"
    r"sausages?|lamb|crab|porridge|tea|juice|snacks?|pastry|pastries|kebabs|quiche|pizza|zongzi|"
    r"jiaozi|baozi|tangyuan|mooncakes?)(?![a-z])"
)
ACTS = re.compile(r"[送去买吃喝]")
NOT_DISHES = "送拿给换收领吃喝做买烧煮看要想去来我你他她这那的了和跟帮在有没不好"
HAN_DISH = re.compile(r"[\u4e00-\u9fff]{1,10}")


def people(piece: Clause, at: int) -> Iterator[Candidate]:
    if found := PEOPLE.match(piece.text, at):
        for group in ("n", "family", "en", "party", "fors"):
            if digits := found[group]:
                yield found.end(), "n", number(digits)
        if found["pair"] or found["both"]:
            yield found.end(), "n", 2
        if found["three"]:
            yield found.end(), "n", 3
    if (found := NAMES_PUT_DOWN.match(piece.text, at)) and (count := number(found["n"])):
        yield found.end(), "i", count
    if (found := PLUS.match(piece.text, at)) and (count := number(found["n"])):
        yield found.end(), "i", count


def day(piece: Clause, at: int) -> Iterator[Candidate]:
    if found := DAY.match(piece.text, at):
        yield found.end(), "d", int(found["th"]) if found["th"] else None
        if found["th"]:
            yield found.end(), "#", int(found["th"])
    if found := MY_SHIFT.match(piece.text, at):
        yield found.end(), "E", None
    if found := DAY_EN.match(piece.text, at):
        yield found.end(), "d", None


def activity(piece: Clause, at: int) -> Iterator[Candidate]:
    if (found := ACTIVITY.match(piece.text, at)) and not (at and piece.text[at - 1].isdigit()):
        yield found.end(), "#", int(found["a"] or found["b"] or found["c"])


def place(piece: Clause, at: int) -> Iterator[Candidate]:
    if found := ARRIVED.match(piece.text, at):
        yield found.end(), "h", None
    if end := stair(piece.text, at):
        found = BY_THE_STAIR.match(piece.text, end)
        yield found.end() if found else end, "U", None
    if found := PLACE.match(piece.text, at):
        yield found.end(), "@" if found["at"] else "U", None
    if (found := COMING.match(piece.text, at)) and found.end() > at:
        yield found.end(), "o", None


def portions(piece: Clause, at: int) -> Iterator[Candidate]:
    if found := PORTIONS.match(piece.text, at):
        yield found.end(), "P", number(found["n"] or found["en"] or found["for"])


def dish(piece: Clause, at: int) -> Iterator[Candidate]:
    if found := HAN_DISH.match(piece.text, at):
        for end in range(found.end(), at, -1):
            if (
                not DISH_ENDINGS.search(piece.text, at, end)
                or piece.text[at] in NOT_DISHES
                or ACTS.search(piece.text, at, end)
            ):
                continue
            if end - at > 1 or (at and piece.text[at - 1] in "个份道碗锅点盘"):
                yield end, "D", None
    if found := DISH_EN.match(piece.text, at) or DISH_CATEGORY.match(piece.text, at):
        yield found.end(), "D", None
