"""Cuts a clause into words that each play a role; see `core.reading.vocabulary` for the roles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from core.reading import surnames, vocabulary
from core.reading.text import plain

LONGEST_CLAUSE = 60
"""Plain characters. Nobody gives a bot an order in a longer breath; what is longer is conversation."""
MOST_CUTS = 12
"""How many ways of cutting one clause are looked at before it is given up."""


@dataclass(frozen=True, slots=True)
class Word:
    """`said` is what was written, `value` a number or the kind of an activity, where the role has one."""

    role: str
    text: str
    said: str
    value: int | str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a message in plain script, with what was written, letter by letter, beside it.

    Both have the same length.
    """

    text: str
    said: str

    def cut(self, start: int, end: int | None = None) -> Clause:
        return Clause(self.text[start:end], self.said[start:end])

    def strip(self, chars: str | None = None) -> Clause:
        start = len(self.text) - len(self.text.lstrip(chars))
        return self.cut(start, max(start, len(self.text.rstrip(chars))))


MISSPELT = {
    wrong: right
    for right, wrongs in {
        "报名": "抱名 包名 报明 报铭 保名 爆名 报民 暴名 报銘", "参加": "参佳 参家 叁加 掺加 餐加", "退出": "退初 退岀", "取消": "取肖 取削 取销",
        "结束": "结速 接束 结朿 节束", "帮助": "帮住 帮组", "签到": "签道 鉴到", "巡逻": "巡罗 巡洛 训逻 巡锣", "去不了": "去布了 去不料 去不聊",
        "来不了": "来布了 来不鸟 来不料", "活动": "火动 活懂 活洞", "百家饭": "百佳饭 白家饭", "慰问": "尉问 慰文", "出发": "出法", "阳台": "洋台 阳抬",
    }.items()
    for wrong in wrongs.split()
}  # fmt: skip
_MISSPELT = re.compile("|".join(MISSPELT))


def clause(text: str) -> Clause:
    """The whole of `text` as one clause; letters that fold into several are repeated once for each.

    Slips of the keyboard that mean nothing else are put right in `text`, not in `said`.
    """
    reading = plain(text)
    meant = _MISSPELT.sub(lambda slip: MISSPELT[slip[0]], reading.text)
    return Clause(meant, "".join(text[at] for at in reading.origin[:-1]))


# ---------------------------------------------------------------- the vocabulary, spelt out


def spell_out(entry: str) -> list[str]:
    """Every spelling of an entry: "(去|来)不了" is 去不了 and 来不了, "好(的)?" is 好 and 好的."""
    opening = entry.find("(")
    if opening < 0:
        query = entry.find("?")
        if query < 0:
            return [entry]
        return spell_out(entry[: query - 1] + entry[query + 1 :]) + spell_out(entry[:query] + entry[query + 1 :])
    if 0 <= (query := entry.find("?")) < opening:
        return spell_out(entry[: query - 1] + entry[query + 1 :]) + spell_out(entry[:query] + entry[query + 1 :])
    closing = entry.index(")", opening)
    choices = entry[opening + 1 : closing].split("|")
    rest = entry[closing + 1 :]
    if rest.startswith("?"):
        choices.append("")
        rest = rest[1:]
    return [entry[:opening] + choice + tail for tail in spell_out(rest) for choice in choices]


@cache
def _lexicon() -> tuple[dict[str, tuple[tuple[str, int | str | None], ...]], int]:
    """Each known spelling with its roles (and a value), and the length of the longest one."""
    found: dict[str, list[tuple[str, int | str | None]]] = {}

    def note(spelling: str, role: str, value: int | str | None = None) -> None:
        roles = found.setdefault(spelling, [])
        if spelling and (role, value) not in roles:
            roles.append((role, value))

    for role, entry in vocabulary.roles():
        for spelling in spell_out(entry):
            note(spelling, role)
            note(spelling.replace("'", "’"), role)
    for kind, spelling in vocabulary.kinds():
        note(spelling, "g", kind)
    for spelling in surnames.KIN:
        for mine in ("", "我", "我家", "我们家", "俺", "阿拉", "我的", "我们的", "阿拉屋里"):
            note(mine + spelling, "k")
    for spelling in surnames.KIN_EN:
        for mine in ("my ", "our ", "the ", "a ", ""):
            note(mine + spelling, "k")
    return {spelling: tuple(roles) for spelling, roles in found.items()}, max(map(len, found))


# ---------------------------------------------------------------- words that no list can hold

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    "两": 2,
    "俩": 2,
    "仨": 3,
    "〇": 0,
    "壹": 1,
    "贰": 2,
    "叁": 3,
}
NUMBER = (
    r"(?:\d{1,3}|[零一二两三四五六七八九十百]{1,5}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a dozen)"
)
NUMBER_EN = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
FAMILY = {"三口": 3, "四口": 4, "五口": 5, "六口": 6, "两口": 2}
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
    rf"(?P<both>both of us|the pair of us|a couple of us|us two|we two)"
)
NAMES_PUT_DOWN = re.compile(rf"报(?:上)?(?P<n>{NUMBER})个名")
PLUS = re.compile(
    rf"(?:[+＋]\s?|加|plus )(?P<n>\d{{1,2}}|[一二两三四五]|one|two|three|four)(?![\d个份a-z月:.]|号|点)(?:个|位|人)?"
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
    rf"(?P<stair>{STAIR})(?:的|那里|这里)?|"
    rf"(?P<at>在{HAN_PLACE}(?:这里|这边|等你们|等大家|等着|等候|等|了|里)?|(?:at|by|near|outside|"
    rf"in front of|waiting at) {EN_PLACE})|"
    rf"(?:到|往|去)?{HAN_PLACE}(?:这里|这边|那里|集合)?|{EN_PLACE}"
)
ARRIVED = re.compile(
    rf"(?:已经?|刚刚?)?(?:到|到达|抵达)(?:{HAN_PLACE}|{STAIR})(?:了|啦|咯|勒)|"
    rf"(?:arrived|reached|just arrived|just got|got)(?: at| to)? {EN_PLACE}|"
    rf"(?:i'm|im|i am|we're|we are|waiting|here|am|are|already|now) (?:at|by|near|outside|in front of) {EN_PLACE}"
)
COMING = re.compile(
    rf"(?:大概|大约|差不多|估计|预计)?(?:还有|还要|还差|再过|再有|再)?(?:大概|大约|差不多)?{NUMBER}?(?:几|来|多)?分钟"
    r"(?:左右|以后|之后|后|内|之内)?(?:就|能|可以|可)?(?:到|到了|到达|赶到|到场|过来)|"
    rf"(?:会|要|可能|大概)?(?:晚到|迟到)(?:{NUMBER}|几|一会儿?|一点|片刻)?(?:分钟|分)?(?:左右)?|"
    rf"(?:会|要|可能|大概)?晚(?:{NUMBER}|几|一)?(?:分钟|一会儿?|点|点儿)到|路上(?:有点|太|很|蛮)?堵(?:车|住)?了?|"
    rf"(?:i'll |i will |we'll )?(?:be )?(?:there|arriving|here|with you) in (?:about )?(?:{NUMBER}|"
    rf"a few|a couple of) ?(?:min|mins|minutes)(?![a-z])|"
    rf"(?:{NUMBER}|a few|a couple of) ?(?:min|mins|minutes) (?:away|out|late)|"
    r"running (?:a bit |a little |slightly )?late(?![a-z])"
)
PORTIONS = re.compile(
    rf"(?P<n>{NUMBER})\s?(?:[{MEASURES}]|人份)(?!人)(?:左右)?|(?:for |about |"
    rf"serves )?(?P<en>{NUMBER})\s?(?:portions?|servings?|plates?|pieces?|bowls?|dishes|pcs|"
    rf"helpings?)(?![a-z])|(?:serves|feeds) (?P<for>\d{{1,3}})(?![\da-z])"
)
DISH_END = "汤肉鱼鸡鸭鹅虾蟹菜饭面饼糕饺粥羹蛋丝片丸圆团粽酥包卷排骨豆腐翅肘蹄藕茄瓜笋菇冻糖饮茶酱螺贝鳝酒肠肚舌耳丁块串煲锅饺粉条粿花生糕子仁果梨桃橙蕉莓柑橘柚蒸炖炒烤馒头烧卖馄饨豆芹椒薯芋栗枣芝麻奶酪布丁沙拉"
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
NOT_DISHES = "吃喝做买烧煮看要想去来我你他她这那的了和跟帮在有没不好"
HAN_DISH = re.compile(r"[\u4e00-\u9fff]{1,10}")


def number(text: str) -> int | None:
    """12, 两, 十二, 三十 or "two" as a number."""
    if text.isdigit():
        return int(text)
    if text in NUMBER_EN:
        return NUMBER_EN[text]
    if text == "a dozen":
        return 12
    if "百" in text:
        hundreds, _, rest = text.partition("百")
        return DIGITS.get(hundreds, 1) * 100 + (number(rest.lstrip("零")) or 0 if rest else 0)
    if "十" in text:
        tens, _, ones = text.partition("十")
        if len(tens) > 1 or len(ones) > 1:
            return None
        return DIGITS.get(tens, 1) * 10 + DIGITS.get(ones, 0)
    return DIGITS.get(text) if len(text) == 1 else None


def _people(piece: Clause, at: int) -> Iterator[tuple[int, str, int | str | None]]:
    if found := PEOPLE.match(piece.text, at):
        for group in ("n", "family", "en", "party"):
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


def _day(piece: Clause, at: int) -> Iterator[tuple[int, str, int | str | None]]:
    if found := DAY.match(piece.text, at):
        yield found.end(), "d", int(found["th"]) if found["th"] else None
        if found["th"]:
            yield found.end(), "#", int(found["th"])
    if found := DAY_EN.match(piece.text, at):
        yield found.end(), "d", None


def _activity(piece: Clause, at: int) -> Iterator[tuple[int, str, int | str | None]]:
    if (found := ACTIVITY.match(piece.text, at)) and not (at and piece.text[at - 1].isdigit()):
        yield found.end(), "#", int(found["a"] or found["b"] or found["c"])


def _place(piece: Clause, at: int) -> Iterator[tuple[int, str, int | str | None]]:
    if found := ARRIVED.match(piece.text, at):
        yield found.end(), "h", None
    if found := PLACE.match(piece.text, at):
        yield found.end(), "@" if found["at"] else "U", None
    if (found := COMING.match(piece.text, at)) and found.end() > at:
        yield found.end(), "o", None


def _portions(piece: Clause, at: int) -> Iterator[tuple[int, str, int | str | None]]:
    if found := PORTIONS.match(piece.text, at):
        yield found.end(), "P", number(found["n"] or found["en"] or found["for"])


def _dish(piece: Clause, at: int) -> Iterator[tuple[int, str, int | str | None]]:
    if found := HAN_DISH.match(piece.text, at):
        for end in range(found.end(), at, -1):
            if not DISH_ENDINGS.search(piece.text, at, end) or piece.text[at] in NOT_DISHES:
                continue
            if end - at > 1 or (at and piece.text[at - 1] in "个份道碗锅点盘"):
                yield end, "D", None
    if found := DISH_EN.match(piece.text, at) or DISH_CATEGORY.match(piece.text, at):
        yield found.end(), "D", None


# ---------------------------------------------------------------- names

_TITLES = "|".join(sorted(surnames.TITLES, key=len, reverse=True))
_COMPOUND = "|".join(sorted(surnames.COMPOUND))
_GIVEN = rf"[^\W\d_a-z{''.join(sorted(surnames.NOT_IN_NAMES))}]"
_FULL_TITLES = "|".join(title for title in surnames.TITLES if len(title) > 1)
TITLED = re.compile(
    rf"(?:{_COMPOUND}|[{''.join(sorted(surnames.COMMON))}])(?:{_GIVEN}{{0,2}}?)(?:{_TITLES})|"
    rf"{_GIVEN}{{2}}(?:{_FULL_TITLES})"
)
YOUNG_OLD = re.compile(rf"[老小阿大][\u4e00-\u9fff](?:{_GIVEN})?")
LATIN = re.compile(r"[A-Z][\w.-]*(?: [A-Z][\w-]*){0,2}(?:['’]s(?= (?:place|shift|slot|turn|spot|patrol|duty)))?")
ADDRESSED = re.compile(
    rf"(?:(?i:{'|'.join(surnames.ADDRESSES)}))\.? (?:[A-Z][\w-]*(?: [A-Z][\w-]*)?|"
    rf"(?!(?:{'|'.join(surnames.NOT_SURNAMES)})\b)[a-z]+)(?:['’]s)?"
)


def _names(piece: Clause, at: int) -> Iterator[tuple[int, str, int | str | None]]:
    text = piece.text
    if found := TITLED.match(text, at):
        yield found.end(), "p", None
    if (found := YOUNG_OLD.match(text, at)) and text[at + 1] in surnames.SURNAMES:
        pair = text[at : at + 2]
        if pair not in surnames.NOT_NICKNAMES:
            yield at + 2, "p", None
    for end in _full_names(text, at):
        yield end, "p", None
    if (found := ADDRESSED.match(piece.said, at)) and not (at and piece.said[at - 1].isalpha()):
        yield found.end(), "p", None
    if (found := LATIN.match(piece.said, at)) and not (at and piece.said[at - 1].isalpha()):
        end = found.end()
        while end > at:
            words = piece.text[at:end].split(" ")
            if not any(word in surnames.NOT_LATIN for word in words):
                yield end, "p", None
            shorter = piece.said.rfind(" ", at, end)
            if shorter <= at:
                break
            end = shorter


def _full_names(text: str, at: int) -> Iterator[int]:
    """Where a full Chinese name that begins at `at` may end: 陈建国, 欧阳明, 李敏."""
    surname = 2 if text[at : at + 2] in surnames.COMPOUND else 1
    if surname == 1 and text[at : at + 1] not in surnames.COMMON:
        return
    for given in (2, 1):
        end = at + surname + given
        name = text[at:end]
        if len(name) < surname + given or not all(_han(c) for c in name):
            continue
        if (
            any(c in surnames.NOT_IN_NAMES for c in name[surname:])
            or name[:2] in surnames.WORDS
            or name in surnames.WORDS
        ):
            continue
        yield end


def subject(piece: Clause) -> str | None:
    """The name with which a clause begins, as written: 王阿姨 in 王阿姨住院了."""
    for end, role, _ in _names(piece, 0):
        if role == "p":
            return piece.said[:end]
    return None


def _han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


# ---------------------------------------------------------------- cutting

_OPEN = (_people, _activity, _day, _place, _portions, _names, _dish)
GLUE = ": \t\u3000-—–·•*"


def _candidates(piece: Clause, at: int) -> list[tuple[int, str, int | str | None]]:
    """What may begin at `at`: known words before open ones, longer before shorter."""
    text = piece.text
    lexicon, longest = _lexicon()
    found: list[tuple[int, str, int | str | None]] = []
    for end in range(min(len(text), at + longest), at, -1):
        if (roles := lexicon.get(text[at:end])) and _whole(text, at, end):
            found += [(end, role, value) for role, value in roles]
    opened: list[tuple[int, str, int | str | None]] = []
    for reader in _OPEN:
        opened += reader(piece, at)
    # A number, a day or a place that is longer than every known word is surely meant as a whole.
    known = found[0][0] if found else 0
    kin = bool(found) and found[0][1] == "k"
    first = [c for c in opened if c[0] > known and (c[1] not in "pD" or (kin and c[1] == "p"))]
    return first + found + [c for c in opened if c not in first]


def _whole(text: str, start: int, end: int) -> bool:
    """Latin words are taken whole: `in` is not the beginning of `inside`."""
    if end < len(text) and _latin(text[end - 1]) and (_latin(text[end]) or text[end] in "'’"):
        return False
    return not (start and _latin(text[start]) and _latin(text[start - 1]))


def _latin(char: str) -> bool:
    return "a" <= char <= "z"


def cuts(piece: Clause) -> Iterator[tuple[Word, ...]]:
    """The ways to cut the whole clause into words with roles, the likeliest first, at most `MOST_CUTS`."""
    if len(piece.text) > LONGEST_CLAUSE:
        return
    dead: set[int] = set()
    left = MOST_CUTS
    remembered: dict[int, list[tuple[int, str, int | str | None]]] = {}

    def walk(at: int) -> Iterator[tuple[Word, ...]]:
        while at < len(piece.text) and piece.text[at] in GLUE:
            at += 1
        if at == len(piece.text):
            yield ()
            return
        if at in dead:
            return
        alive = False
        if at not in remembered:
            remembered[at] = _candidates(piece, at)
        for end, role, value in remembered[at]:
            word = Word(role, piece.text[at:end], piece.said[at:end], value)
            for rest in walk(end):
                alive = True
                yield rest if role == "X" else (word, *rest)
        if not alive:
            dead.add(at)

    for words in walk(0):
        yield words
        left -= 1
        if not left:
            return
