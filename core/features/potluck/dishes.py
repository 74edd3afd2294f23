"""Which course a dish belongs to, as far as its name says: data that neighbours would agree on."""

from __future__ import annotations

import re

from core.kind import squeeze

COURSES = ("cold", "hot", "staple", "soup", "sweet", "fruit", "drink", "meat", "vegetable")

NAMES = {
    "cold": ("凉菜", "冷菜", "冷盘", "凉拌", "cold", "colddish", "colddishes", "salad"),
    "hot": ("热菜", "热炒", "大菜", "hot", "hotdish", "hotdishes", "main", "mains"),
    "staple": ("主食", "饭面", "staple", "staples"),
    "soup": ("汤", "汤羹", "羹汤", "soup", "soups"),
    "fruit": ("水果", "果盘", "fruit", "fruits"),
    "drink": ("饮料", "饮品", "酒水", "drink", "drinks"),
    "meat": ("荤菜", "肉菜", "meat"),
    "vegetable": ("素菜", "蔬菜", "vegetables", "veg"),
    "sweet": ("点心", "甜点", "甜品", "糕点", "sweet", "sweets", "dessert", "desserts"),
}

# The last characters of a dish decide: 酸辣汤 is a soup though 酸辣 is not, 汤圆 is a sweet though it begins with 汤.
ENDINGS = {
    "soup": "汤 羹 煲汤 soup broth",
    "staple": (
        "饭 面 粥 米饭 馒头 花卷 饺子 水饺 锅贴 馄饨 包子 小笼 生煎 粽子 年糕 米线 面条 米粉 炒粉 饼 "
        "包 披萨 寿司 炒饭 盖浇饭 rice rolls noodles dumplings buns bread congee pasta lasagne "
        " lasagna pizza sandwiches sushi spaghetti quiche"
    ),
    "sweet": (
        "八宝饭 汤圆 圆子 糕 酥 月饼 麻球 布丁 蛋挞 蛋糕 豆沙包 奶黄包 青团 饼干 甜羹 银耳羹 "
        "绿豆汤 赤豆汤 红豆汤 糖水 豆沙包 面包 松饼 曲奇 cake cakes cookies pudding "
        "tart brownies muffins pastries crumble trifle pie 团子 春卷 粢饭糕 汤团 八宝粥 面点 酒酿 糍粑"
    ),
    "fruit": (
        "水果 橘子 苹果 香蕉 西瓜 葡萄 梨 橙子 草莓 哈密瓜 柚子 桃子 枇杷 樱桃 甘蔗 "
        "fruit oranges apples grapes bananas melon"
    ),
    "drink": ("饮料 果汁 可乐 雪碧 豆浆 酸梅汤 奶茶 啤酒 黄酒 绿茶 红茶 juice lemonade tea coffee beer wine cola"),
    "cold": (
        "沙拉 色拉 熟食 酱菜 榨菜 咸菜 皮蛋 "
        "拍黄瓜 皮蛋豆腐 白切鸡 白切肉 牛腱 白斩鸡 口水鸡 酱牛肉 熏鱼 海蜇 海蜇头 烤麸 马兰头 花生米 泡菜 凉粉 凉皮 "
        "夫妻肺片 糟鸭掌 糟毛豆 醉鸡 醉蟹 酱鸭 盐水鸭 萝卜丝 木耳 salad slaw pickles"
    ),
    "hot": (
        "肉 排骨 小排 大排 鱼 虾 鸡 鸭 蹄髈 猪脚 肉丸 狮子头 豆腐 茄子 土豆丝 青菜 时蔬 白菜 菠菜 "
        "炒蛋 炒素 什锦 "
        "炖蛋 蒸蛋 鹅 肚 番茄蛋 肉丝 鸡丁 牛腩 羊肉 油焖笋 蟹 香菇菜心 粉丝煲 stew chilli curry pork chicken beef "
        "fish shrimp tofu ribs"
    ),
}
BEGINNINGS = {
    "cold": "凉拌 凉 冷 卤 糟 醉 拌 cold",
    "hot": "红烧 糖醋 清蒸 炒 爆 炖 焖 清炒 油焖 hot",
}


_MEASURE = re.compile(r"\s*[（(][^（()）]*[)）]$|\s(?:\d{1,3}(?:\.\d)?|[半几一-十]{1,3})\S?[\u4e00-\u9fff]{1,3}$")
"""What is said of a dish behind its name: 橘子 2箱, 红烧肉 1大锅（两家合做）."""


def bare(dish: str) -> str:
    """The name of a dish alone, without how much of it and who made it together."""
    name, before = dish.strip(), ""
    while name != before:
        before, name = name, _MEASURE.sub("", name).strip()
    return name


def course_named(words: str) -> str:
    """The course that a word for a course means: '凉菜' -> 'cold'. '' for any other word."""
    wish = squeeze(words)
    return next((course for course, names in NAMES.items() if wish in names), "")


def course_of(dish: str) -> str:
    """The course of a dish by its name: 凉菜 is one, else its longest known ending or how it begins say; '' if none."""
    name = squeeze(bare(dish))
    if course := course_named(name):
        return course
    endings = [(len(e), course) for course, ends in ENDINGS.items() for e in ends.split() if name.endswith(e)]
    beginnings = [
        (len(b), course) for course, begins in BEGINNINGS.items() for b in begins.split() if name.startswith(b)
    ]
    best = max(endings, default=(0, ""))
    start = max(beginnings, default=(0, ""))
    if best[0] > 1 and best[1] in ("fruit", "drink"):
        return best[1]
    if start[1] == "cold" and best[1] in ("hot", "staple", ""):
        return "cold"  # 凉拌鸡丝 is cold, whatever it is made of
    return best[1] or start[1]
