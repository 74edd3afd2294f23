"""Plain text cut into tokens: words of the vocabulary, numbers, dates and clock times in figures, and the rest."""

from __future__ import annotations

import re
from fractions import Fraction

from core.reading.numerals import CHARS, neighbours, numeral
from core.reading.times.lexicon import Word, lexicon
from core.reading.times.values import Clock, Moment, Number, Rel, Token

GAPS = frozenset(" \t\r\n\u3000()（）[]【】《》<>{}「」『』,，;；。.!！?？:：|/、\"'“”‘’·*#_@")
SEPARATORS = frozenset("、,，和与及跟/ &")
WEEKDAYS = (
    {char: n for n, char in enumerate("一二三四五六日")} | {"天": 6} | {str(n + 1): n for n in range(6)} | {"7": 6}
)
MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEK = ("周", "星期", "礼拜")
COUNTING = ("次", "回", "趟", "遍", "小时", "个小时", "分钟")
"""After 周一 these make it a number of weeks and of something else: 每周一次, 五个星期3小时."""
TAILS = (*WEEK, "初")
MONEY = frozenset(["块", "元", "毛", "角", "斤", "米"])
"""What is left over is said behind it: 三块五."""
NUMERALS = frozenset(char for char in CHARS if not char.isdigit())
COUNTED = NUMERALS | frozenset("日号点月")
LUNAR_DAYS = frozenset("一二三四五六七八九十123456789")
RELATIVE = {"本": 0, "今个": 0, "这": 0, "这个": 0, "这一": 0,
            "下": 1, "下个": 1, "下一": 1, "下一个": 1, "下下": 2, "下下个": 2,
            "上": -1, "上个": -1, "上一": -1, "上一个": -1, "上上": -2, "上上个": -2}  # fmt: skip
FIGURES = re.compile(
    r"""
    (?P<ymd>(?P<y>(?:1[5-9]|20)\d\d)\s?(?P<sep>[-/.])\s?(?P<m>\d\d?)\s?(?P=sep)\s?(?P<d>3[01]|[12]\d|0?[1-9])
      (?:(?!\d)|(?=\d\d:))(?:[t-](?=\d\d?:))?)
  | (?P<spaced>(?P<y4>(?:19|20)\d\d)\ (?P<m4>0[1-9]|1[0-2])\ (?P<d4>0[1-9]|[12]\d|3[01])(?!\d))
  | (?P<mixed>(?P<y6>(?:19|20)\d\d)[-/.](?P<m6>0[1-9]|1[0-2])[-/.](?P<d6>0[1-9]|[12]\d|3[01])(?!\d))
  | (?P<ymd8>(?P<y8>20\d\d)(?P<m8>0[1-9]|1[0-2])(?P<d8>0[1-9]|[12]\d|3[01])(?!\d))
  | (?P<dmy>(?P<d2>\d\d?)[-/.](?P<m2>\d\d?)[-/.](?P<y2>(?:19|20)\d\d)(?!\d))
  | (?P<named>(?P<n1>\d{1,4})[-/](?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/]
      (?P<n2>\d{1,4})(?!\d))
  | (?P<my>(?P<m5>0?[1-9]|1[0-2])\s?[-/]\s?(?P<y5>(?:19|20)\d\d)(?![\d年:]))
  | (?P<short>(?P<a>\d\d?)(?P<by>[-/.])(?P<b>\d\d?)(?P=by)(?P<c>\d\d)(?!\d))
  | (?P<years>(?:19|20)\d\d(?=-(?:19|20)\d\d(?!\d)))
  | (?P<phone>\d{3,}(?:-\d{3,})+ | \d+(?:\.\d+){3,} | \d{5,}(?!\s?年))
  | (?P<ym>(?P<y3>(?:19|20)\d\d)[-/.](?P<m3>0?[1-9]|1[0-2])(?![\d:]))
  | (?P<clock>(?P<H>[01]?\d|2[0-4])(?:\s?:\s?|[;。](?=[0-5]\d(?![\d号日月人名户个份年]))|h(?=\d\d(?!\d)))
      (?P<M>[0-5]\d)(?:\s?:\s?(?P<S>[0-5]\d))?(?!\d))
  | (?P<zero>(?<![点时])0[1-9]-(?:0[1-9]|[12]\d|3[01])(?![\d:])
      | (?:[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])
        (?=\s\d?\d:\d\d|\s?(?:早上?|晚上?|上午|下午|中午|傍晚|凌晨)\s?[\d一二三四五六七八九十两]))
  | (?P<slash>\d\d?/\d\d?(?![\d/]))
  | (?P<dot>\d\d?[.·]\d\d?(?![\d.]))
  | (?P<decimal>\d+\.\d+)
  | (?P<digits>\d+)
    """,
    re.VERBOSE,
)


def scan(text: str, lang: str = "zh") -> list[Token]:
    """Every character of `text` belongs to exactly one token; words that say nothing of time are run together."""
    tokens: list[Token] = []
    at = 0
    other = -1  # where a run of other text began
    while at < len(text):
        token = _token(text, at, tokens[-1] if tokens and tokens[-1].end == at else None, lang)
        if token is None:
            other = at if other < 0 else other
            at += 1
            continue
        if other >= 0:
            tokens.append(Token(text[other:at], other, at))
            other = -1
        tokens.append(token)
        at = token.end
    if other >= 0:
        tokens.append(Token(text[other:], other, len(text)))
    return tokens


def _token(text: str, at: int, before: Token | None, lang: str) -> Token | None:
    """The token that begins here; None when nothing that is known does. `before` is the token that ends here."""
    char = text[at]
    if char.isdigit() and char.isascii():
        return _figures(text, at, lang)
    if before is not None and before.number is not None and (unit := _retreat(text, _unit_word(text, at))):
        return unit
    word = _retreat(text, _word(text, at))
    if before is not None and (other := _after(text, at, before, word)):
        return other
    if char in WEEK_STARTS:
        week = _weekdays(text, at, alone=before is not None and before.says("until"))
        if week and (word is None or week.end > word.end):
            return week
    if char in CHARS and (word is None or _a_number_first(text, at, word)):
        return _numeral(text, at)
    if word is not None:
        return word
    return Token(char, at, at + 1, gap=True) if char in GAPS else None


def _after(text: str, at: int, before: Token, word: Token | None) -> Token | None:
    """What the token before makes of this one: 一小时后门口集合 has no 后门, 三点十分 is no 十分感谢."""
    if before.glued and before.text in MONEY and text[at] in CHARS:
        return _numeral(text, at)  # 三块五一斤
    if text[at] in "前后" and word is not None and _measures(before) and _noun_or_day(word):
        return _as_token(text[at], at, lexicon().words[text[at]])
    minutes = text[at] in CHARS and _takes_minutes(before) and (word is None or not word.marks)
    return _numeral(text, at) if minutes else None


def _a_number_first(text: str, at: int, word: Token) -> bool:
    """Whether a numeral begins here although a word does too."""
    minutes = word.text == "十分" and text.startswith("钟", word.end)
    return word.unit is not None or word.end - at == 1 or minutes or _counted(text, word)


def _takes_minutes(token: Token) -> bool:
    """三点, 差."""
    return (token.unit is not None and token.unit.name == "hour") or token.says("short_of")


def _measures(token: Token) -> bool:
    """小时, 分钟, 天: what stands before 后 and 前."""
    return token.unit is not None and token.unit.role == "length" and token.unit.name != "week"


def _noun_or_day(word: Token) -> bool:
    """后门, 前台; 后晚, 后天."""
    return word.other or (word.moment is not None and isinstance(word.moment.day, Rel))


def _counted(text: str, word: Token) -> bool:
    """三月三号 and 三月三十 are no 三月三."""
    goes_on = text[word.end : word.end + 1] in COUNTED and not _teen_hour(text, word.end)
    return goes_on and word.moment is not None and word.moment.feast is not None


def _unit_word(text: str, at: int) -> Token | None:
    """After a number the longest unit goes before a longer word: 8月初 is 8月 and 初, 19年底 is 19年 and 底."""
    for spelling, found in lexicon().at(text, at):
        if (found.glued or found.unit is not None) and _whole(text, at, at + len(spelling)):
            return _as_token(spelling, at, found)
    return None


def _retreat(text: str, word: Token | None) -> Token | None:
    """每周 gives 周 back before 二, and 月初 gives 初 back before 三: the shorter word says more there."""
    if word is None or word.end >= len(text) or word.end - word.start < 2:
        return word
    for tail in TAILS:
        at = word.end - len(tail)
        if (
            word.text.endswith(tail)
            and at > word.start
            and (_weekday(text, at) or (tail == "初" and text[word.end] in LUNAR_DAYS))
        ):
            found = lexicon().words.get(text[word.start : at])
            if found is not None:
                return _as_token(text[word.start : at], word.start, found)
    return word


def _as_token(spelling: str, at: int, found: Word) -> Token:
    return Token(spelling, at, at + len(spelling), found.moment, found.number, found.unit, found.marks, found.glued)


def _word(text: str, at: int) -> Token | None:
    for spelling, found in lexicon().at(text, at):
        if _whole(text, at, at + len(spelling)):
            return _as_token(spelling, at, found)
    return None


def _whole(text: str, at: int, end: int) -> bool:
    """Latin letters form words: no word begins or ends in the middle of one."""
    if not text[at].isascii():
        return True
    before_ok = at == 0 or not (_latin(text[at]) and _latin(text[at - 1]))
    return before_ok and (end == len(text) or not (_latin(text[end - 1]) and _latin(text[end])))


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


# ---------------------------------------------------------------- weekdays, alone and in rows: 周一三五, 下周二、四

WEEK_STARTS = frozenset(key[0] for key in (*WEEK, *RELATIVE))


def _weekdays(text: str, at: int, *, alone: bool) -> Token | None:
    """The weekday or the row of them that begins here; `alone` no row, as in 截止周四，周六."""
    relative, after = None, at
    for before in sorted(RELATIVE, key=len, reverse=True):
        if text.startswith(before, at):
            relative, after = Rel(RELATIVE[before]), at + len(before)
            break
    first = _weekday(text, after)
    if first is None:
        return None
    days, end = [first[0]], first[1]
    while not alone and (more := _next_weekday(text, end, days)):
        days.append(more[0])
        end = more[1]
    return Token(text[at:end], at, end, Moment(week=relative, weekdays=tuple(days)))


def _weekday(text: str, at: int) -> tuple[int, int] | None:
    """周五 at this place: the day, and where it ends."""
    for week in WEEK:
        if text.startswith(week, at):
            at += len(week)
            if at < len(text) and text[at] in WEEKDAYS and not text.startswith(COUNTING, at + 1):
                return WEEKDAYS[text[at]], at + 1
    return None


def _teen_hour(text: str, at: int) -> bool:
    """Whether 十八点 begins here: an hour of its own, not the rest of the number before."""
    end = at + 1
    while end < len(text) and text[end] in CHARS and end < at + 3:
        end += 1
    return text[at : at + 1] == "十" and text[end : end + 1] in {"点", "时"}


def _next_weekday(text: str, at: int, days: list[int]) -> tuple[int, int] | None:
    """One more day of a row: 、四 in 周二、四, 三 in 周一三五. Not the hour of 周五七点, not a day said already."""
    start = at
    while at < len(text) and text[at] in SEPARATORS:
        at += 1
    if full := _weekday(text, at):
        return full if full[0] not in days else None
    char = text[at : at + 1]
    if char not in WEEKDAYS or (char.isdigit() and not (at == start and text[at - 1].isdigit())):
        return None
    day, end = WEEKDAYS[char], at + 1
    if day in days:
        return None
    if _teen_hour(text, end):
        return day, end
    follows = text[end : end + 1]
    if _counts_on(char, follows, apart=start != at):
        return None
    if char in "日天" and (start != at or follows in {"气", "线"}):
        return (day, end) if start != at and char == "日" else None
    rest = _next_weekday(text, end, [*days, day])
    if rest is None and follows in WEEKDAYS and follows not in "日天" and not follows.isdigit():
        return None  # 周五七八点: what follows is a number of its own
    return day, end


def _counts_on(char: str, follows: str, *, apart: bool) -> bool:
    """Whether what follows makes it a number of something, or another word: 周五七点, 周六一早, 周六一起."""
    if not follows:
        return False
    if follows in NUMERALS - set(WEEKDAYS) or follows in "点时:月号人个名位年次分半天":
        return True
    return char == "一" and not apart and follows in "早大清起道块共同直般定"


# ---------------------------------------------------------------- numbers and figures


def _numeral(text: str, at: int) -> Token | None:
    end = at
    while end < len(text) and text[end] in CHARS:
        end += 1
    value = numeral(text[at:end])
    if value is None and (either := neighbours(text[at:end])):
        value = Fraction(either[0])  # 十一二
    if value is None:
        return Token(text[at:end], at, end)
    return Token(text[at:end], at, end, number=Number(value, text[at:end]))


MONTHS = 12
DATES = {"ymd": "y m d", "ymd8": "y8 m8 d8", "spaced": "y4 m4 d4", "mixed": "y6 m6 d6", "ym": "y3 m3", "my": "y5 m5"}
"""Which groups of FIGURES are the year, the month and the day."""


def _figures(text: str, at: int, lang: str) -> Token:
    found = FIGURES.match(text, at)
    if found is None:  # cannot be: a digit is always `digits`
        return Token(text[at], at, at + 1)
    said, end = found.group(), found.end()
    match found.lastgroup:
        case "clock":
            return Token(
                said, at, end, Moment(clock=Clock(int(found["H"]), int(found["M"]), _exact(found["H"]), written=True))
            )
        case "zero" | "slash" | "dot" as kind:
            first, second = re.split(r"\D", said)
            if kind == "slash" and lang == "en-day" and int(second) <= MONTHS:
                first, second = second, first  # 5/6 in London
            marks = {"pair": f"{int(first)} {int(second)}", "by": "-" if kind == "zero" else re.sub(r"\d", "", said)}
            number = Number(Fraction(said.replace("·", ".")), said) if kind == "dot" else None
            return Token(said, at, end, number=number, marks=marks)
        case "phone":
            return Token(said, at, end)
        case "decimal" | "digits" | "years":
            return Token(said, at, end, number=Number(Fraction(said), said))
    return Token(said, at, end, _date(found, lang))


def _date(found: re.Match[str], lang: str) -> Moment | None:
    """2026-03-05, 5/3/2026, 12-11-10, 14-Mar-2026, 2026.3."""
    match found.lastgroup:
        case "dmy":
            return _day_month_year(int(found["d2"]), int(found["m2"]), int(found["y2"]), lang)
        case "short":
            return _two_digit_year(found["a"], found["b"], found["c"], found["by"])
        case "named":
            day, year = sorted((int(found["n1"]), int(found["n2"])))
            century = 0 if year > 99 else 1900 if year >= 50 else 2000
            return Moment(year=century + year, month=MONTH_NAMES.index(found["mon"][:3]) + 1, day=day)
    numbers = [int(found[group]) for group in DATES[found.lastgroup or "ymd"].split()]
    return Moment(year=numbers[0], month=numbers[1], day=numbers[2] if len(numbers) > 2 else None)


def _exact(hour: str) -> bool:
    """19:00, 10:00, 08:00 and 0:30 leave no choice of half day; 8:00 does."""
    return len(hour) == 2 or int(hour) == 0


def _two_digit_year(a: str, b: str, c: str, by: str) -> Moment | None:
    """12-11-10: the year first when that is a date and written with two digits, else last; with strokes always last."""
    for year, month, day in ((a, b, c), (c, b, a), (c, a, b))[by == "/" :]:
        if len(year) == 2 and 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            return Moment(year=(2000 if int(year) < 50 else 1900) + int(year), month=int(month), day=int(day))
    return None


def _day_month_year(day: int, month: int, year: int, lang: str) -> Moment:
    """Day first, or month first in English, unless only the other way round is a date."""
    if month > MONTHS >= day or (lang == "en" and day <= MONTHS):
        day, month = month, day
    return Moment(year=year, month=month, day=day)
