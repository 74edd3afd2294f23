"""A stretch of a message: as it is read, and as it was written, letter beside letter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.reading.text import plain


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
    for right, wrongs in (
        ("报名", "抱名 包名 报明 报铭 保名 爆名 报民 暴名"),
        ("参加", "参佳 参家 叁加 掺加 餐加"),
        ("退出", "退初 退岀"),
        ("取消", "取肖 取削 取销"),
        ("结束", "结速 接束 结朿 节束"),
        ("帮助", "帮住 帮组"),
        ("签到", "签道 鉴到"),
        ("巡逻", "巡罗 巡洛 训逻 巡锣"),
        ("去不了", "去布了 去不料 去不聊"),
        ("来不了", "来布了 来不鸟 来不料"),
        ("活动", "火动 活懂 活洞"),
        ("百家饭", "百佳饭 白家饭"),
        ("慰问", "尉问 慰文"),
        ("出发", "出法"),
        ("+", "➕"),
        ("阳台", "洋台 阳抬"),
    )
    for wrong in wrongs.split()
}
"""Slips of the keyboard that mean nothing else, each as long as what was meant."""
_MISSPELT = re.compile("|".join(MISSPELT))


def clause(text: str) -> Clause:
    """The whole of `text` as one clause; letters that fold into several are repeated once for each.

    Slips of the keyboard that mean nothing else are put right in `text`, not in `said`.
    """
    reading = plain(text)
    meant = _MISSPELT.sub(lambda slip: MISSPELT[slip[0]], reading.text)
    return Clause(meant, "".join(text[at] for at in reading.origin[:-1]))
