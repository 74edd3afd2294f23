"""What is said of dishes in answer to the board: a table of words and what they come to."""

from __future__ import annotations

import pytest

from core.features.potluck.said import Bringing, Change, Dish, Eating, Something, amount, read


def told(words: str) -> str:
    """What was understood, on one line: each dish with its portions, the people, and with whom it is made."""
    found = read(words)
    match found:
        case Bringing():
            dishes = [f"{d.thing} for {d.portions}" if d.portions else d.thing for d in found.dishes]
            heads = [f"{found.heads} eat"] if found.heads else []
            return " + ".join([*dishes, *heads, *([f"with {found.whom}"] if found.whom else [])])
        case Eating():
            return f"{found.heads} eat" + (", nothing brought" if found.outright else "")
        case Something():
            return "something"
        case None:
            return ""
    return "change"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("带锅贴40个", "锅贴 40个"),
        ("一锅老鸭汤，我来带", "老鸭汤 1锅"),
        ("三杯鸡一大盘", "三杯鸡 1大盘"),
        ("带鱼10份", "带鱼 for 10"),
        ("炒素一大盘", "炒素 1大盘"),
        ("八宝鸭半只", "八宝鸭 半只"),
        ("凉拌海蜇一盘，四喜烤麸一盘，够十个人吃", "凉拌海蜇 + 四喜烤麸 for 10"),
        ("可乐2瓶 橙子一箱", "可乐 2瓶 + 橙子 1箱"),
        ("我家出三个菜：红烧鱼、番茄炒蛋、紫菜汤", "红烧鱼 + 番茄炒蛋 + 紫菜汤"),
        ("我烧两个菜，一个是油爆虾，一个是蒜苗炒肉", "油爆虾 + 蒜苗炒肉"),
        ("我做白切鸡2只，再来个炒青菜", "白切鸡 2只 + 炒青菜"),
        ("水果沙拉一盆，我女儿做的", "水果沙拉 1盆"),
        ("到时候带点自己种的青菜", "青菜"),
        ("我做不来菜，买两盒熟食行不行", "熟食 2盒"),
        ("饺子（素馅）10份", "饺子（素馅） for 10"),
        ("点心我来，糖藕两份", "糖藕 for 2"),
        ("红烧肉一锅，够三十个人吃的，放心", "红烧肉 1锅 for 30"),
        ("我一家四口，两个大人两个小孩，带蛋糕一个", "蛋糕 + 4 eat"),
        ("带一盆土豆沙拉，我和小孙女两个人来", "土豆沙拉 1盆 + 2 eat"),
        ("我带红烧肉，两个人吃", "红烧肉 + 2 eat"),
        ("我们家和隔壁王阿姨家一起做糖醋排骨20份", "糖醋排骨 for 20 + with 隔壁王阿姨"),
        ("我跟楼下老周家搭伙，一起出个毛血旺", "毛血旺 + with 楼下老周"),
        ("酱鸭，我和赵叔两家合一个菜", "酱鸭 + with 赵叔"),
        ("我来吃饭，带小孙子", "2 eat"),
        ("我就来吃吃，行吗", "1 eat"),
        ("我老伴和我来吃，菜就不带了", "2 eat, nothing brought"),
        ("来吃的两个人,带一个白斩鸡", "白斩鸡 + 2 eat"),
        ("我烧红烧肉，量大概够十五六个人", "红烧肉 for 15"),
        ("我妈做的蛋饺30只", "蛋饺 30只"),
        ("我带饮料，可乐雪碧各两瓶", "可乐雪碧 2瓶"),
        ("我老太婆只会烧咸肉菜饭，行伐", "咸肉菜饭"),
        ("我们楼三家合做盆菜，够30个人", "盆菜 for 30"),
        ("1、红烧肉10份 2、酱鸭", "红烧肉 for 10 + 酱鸭"),
        ("红烧肉10、酱鸭8", "红烧肉 for 10 + 酱鸭 for 8"),
        ("做个拿手菜，油爆虾", "油爆虾"),
        ("带只鸡，再带瓶黄酒", "鸡 + 黄酒 1瓶"),
        ("带张嘴行伐", "1 eat"),
        ("带两个孙子来吃", "3 eat"),
        ("我们三个人来，带两个孙子来吃", "3 eat"),
        ("我和老伴都来吃，菜照旧", "2 eat"),
        ("potato salad x10", "potato salad for 10"),
        ("potato salad - big bowl", "big bowl of potato salad"),
        ("same as last year: plum cake", "plum cake"),
        ("there'll be three of us, i'll do dumplings", "dumplings + 3 eat"),
        ("quiche - serves 8", "quiche for 8"),
        ("I could do a trifle for about 12 people, is that ok?", "trifle for 12"),
        ("fish pie, with Ann next door", "fish pie + with Ann"),
        ("20 dumplings if that helps", "20 dumplings"),
        ("we're three and we'll bring a lasagne", "lasagne + 3 eat"),
        ("me and my husband are coming to eat", "2 eat"),
        ("Nothing from me but I'll be there to eat", "1 eat, nothing brought"),
        ("我老太婆牙口不好就带个蒸蛋吧", "蒸蛋"),
        ("今年还是我的红烧狮子头 40只", "红烧狮子头 40只"),
        ("本人贡献两瓶黄酒一箱可乐", "黄酒 2瓶 + 可乐 1箱"),
        ("我家出四个人带一大锅罗宋汤", "罗宋汤 1大锅"),
        ("我女儿帮我做提拉米苏一盘", "提拉米苏"),
        ("素鸡，素鹅，烤麸各一盘", "素鸡 + 素鹅 + 烤麸"),
        ("我只会烧番茄炒蛋，行伐", "番茄炒蛋"),
        ("腌笃鲜一大砂锅，够廿个人", "腌笃鲜 1大砂锅 for 20"),
        ("廿只茶叶蛋", "茶叶蛋 20只"),
        ("红烧肉少放糖的 15份", "红烧肉 for 15"),
        ("红烧肉 二十", "红烧肉 for 20"),
        ("我们四个老姐妹一起来吃饭，带一个水果拼盘", "水果拼盘 + 4 eat"),
        ("我来不了，菜让儿子送过来，熏鱼20份", "熏鱼 for 20"),
        ("熏鱼我儿子送来", "熏鱼"),
        ("糖醋鱼一条（怕刺的当心）", "糖醋鱼 1条"),
        ("我带点心，小笼包20份", "小笼包 for 20"),
        ("我来一个荤的，红烧肉", "红烧肉"),
        ("不会烧菜，买点熟食行吗", "熟食"),
        ("我买点熟食，白斩鸡一只 酱鸭一只", "白斩鸡 1只 + 酱鸭 1只"),
        ("饮料2箱橙汁1箱雪碧", "橙汁 2箱 + 雪碧 1箱"),
        ("一个人来，带瓶黄酒", "黄酒 1瓶 + 1 eat"),
        ("老夫妻两个来吃，牙不好菜烧烂点", "2 eat"),
        ("我来三个人吃饭", "3 eat"),
        ("汤有人了吗没有我来，罗宋汤30份", "罗宋汤 for 30"),
        ("我红烧肉，老伴糖醋鱼", "红烧肉 + 糖醋鱼"),
        ("我和老伴各带一个，红烧肉和糖醋鱼", "红烧肉 + 糖醋鱼"),
        ("红烧肉（20人份）一定来", "红烧肉 for 20"),
        ("我要带红烧肉二十分", "红烧肉 for 20"),
        ("我带菜", "something"),
        ("报名，菜想好再讲", "something"),
        ("I'll bring a dish", "something"),
        ("mac and cheese for 8", "mac and cheese for 8"),
        ("salt and pepper ribs", "salt and pepper ribs"),
        ("rice and beans for 6 and a cake", "rice and beans for 6 + cake"),
        ("lasagne for 8 and cake", "lasagne for 8 + cake"),
        ("soup and salad", "soup + salad"),
        ("my husband and I will bring a trifle", "trifle"),
        ("I'd do my apple crumble, serves 12", "apple crumble for 12"),
        ("potato salad, vegan, for 10", "potato salad for 10"),
        ("just my wife and me, we'll bring nothing", "2 eat, nothing brought"),
        ("can't cook to save my life, can I just eat?", "1 eat, nothing brought"),
    ],
)
def test_what_is_brought_and_who_eats(words: str, found: str) -> None:
    assert told(words) == found


@pytest.mark.parametrize(
    "words",
    [
        "真好吃", "王阿姨的红烧肉真好吃", "上次的红烧肉一锅都吃光了", "红烧肉10份，我来不了了", "要不要带碗筷",
        "几点吃饭", "要是有空就带个红烧肉", "放心", "sounds lovely",
        "what time do we eat?", "maybe a cake, not sure yet", "I could do dumplings if nobody else does", "随便带点什么", "我带什么好呢",
        "大家带什么我就带什么", "红烧肉有人带了吗", "我带碗筷", "我来洗碗",
    ],
)  # fmt: skip
def test_what_is_neither(words: str) -> None:
    assert read(words) is None


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("红烧肉我不做了血压高，换个清炒虾仁", "红烧肉: 清炒虾仁"),
        ("不带酱鸭了带盐水鸭", "酱鸭: 盐水鸭"),
        ("我的酱鸭做不出来了，买不到鸭子", "酱鸭: off"),
        ("老伴住院了，我不烧了，不好意思", ": off"),
        ("汤不做了，天热", "汤: off"),
        ("我那个八宝饭不要了", "八宝饭: off"),
        ("今朝身体不适宜，酱鸭就不带了", "酱鸭: off"),
        ("那个酱鸭改成半只", "酱鸭: 半只"),
        ("盐水鸭20份改30份", "盐水鸭: 30"),
        ("红烧肉改成15份，多了吃不掉", "红烧肉: 15"),
        ("红烧肉加10份", "红烧肉: +10"),
        ("再加5份", ": +5"),
        ("少做5份吧", ": -5"),
        ("5 more portions", ": +5"),
        ("forget the lasagne, I've no oven", "lasagne: off"),
        ("the lasagne is off, bringing salad", "lasagne: salad"),
        ("sorry, making a quiche instead", ": quiche"),
    ],
)
def test_what_is_changed(words: str, change: str) -> None:
    found = read(words)
    assert isinstance(found, Change)
    new = found.new and (found.new.name or found.new.measure)
    assert f"{found.old}: {new or found.portions or (f'{found.by:+}' if found.by else 'off')}" == change


def test_an_answer_says_how_much() -> None:
    assert amount("两大锅") == Change(new=Dish("", measure="2大锅", sure=True))
    assert amount("25份吧") == Change(portions=25)
    assert amount("谢谢") is None


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("肉做不了了，换成素鸡", Change("肉", new=Dish("素鸡", sure=True))),
        ("我那个红烧肉多做点，30份", Change("红烧肉", 30)),
        ("红烧肉少烧一些，10份够了", Change("红烧肉", 10)),
        ("红烧肉不是20份，是12份", Change("红烧肉", 12)),
        ("刚才打错字了，应该是12份", Change("", 12)),
        ("不好意思说错了，是红烧鱼", Change(new=Dish("红烧鱼", sure=True), slip=True)),
        ("我烧不了菜了", Change()),
        ("我的菜取消吧", Change()),
        ("oops, should be 12 portions", Change("", 12)),
        ("I meant lasagne", Change(new=Dish("lasagne", sure=True), slip=True)),
        ("now the lasagne is only for 6", Change("lasagne", 6)),
        ("can't do the lasagne any more, sorry", Change("lasagne")),
        ("forget my dish", Change()),
    ],
)
def test_what_is_put_right(words: str, change: Change) -> None:
    assert read(words) == change
