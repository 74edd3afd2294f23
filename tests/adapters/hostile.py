"""Strings that have broken chat software before. Every one must come out as the characters it is made of, or tidied."""

from __future__ import annotations

LONG = {
    "as long as Telegram takes": "字" * 4096,
    "one longer": "字" * 4097,
    "as long in UTF-16 units": "😀" * 2048,
    "one unit longer": "😀" * 2048 + "a",
    "one line of many words": "巡逻 " * 1500,
    "many lines": "巡逻\n" * 900,
}

CORPUS = {
    # marks that turn or hide text
    "right-to-left override": "\u202e3号楼\u202c",
    "override never ended": "abc\u202edef",
    "left-to-right override": "\u202dabc",
    "isolate never ended": "\u2067陈伯",
    "isolate ended twice": "陈伯\u2069\u2069",
    "Arabic name": "محمد",
    "Hebrew name": "דוד כהן",
    "mixed directions": "陈伯 محمد 3/4",
    "zero width space": "陈\u200b伯",
    "zero width joiner alone": "\u200d",
    "zero width non-joiner": "a\u200cb",
    "byte order mark": "\ufeff陈伯",
    "soft hyphen": "so\u00adft",
    "word joiner": "a\u2060b",
    "invisible operators": "a\u2062b\u2063c",
    "tag characters": "\U000e0041\U000e0042",
    "variation selectors": "A\ufe0f\ufe0e",
    "object replacement": "\ufffc",
    "private use": "\ue000\uf8ff",
    "noncharacter": "\ufdd0\U0010fffe",
    # towers and ornaments
    "500 combining marks": "e" + "\u0301" * 500,
    "a mark with nothing under it": "\u0301abc",
    "Zalgo": "Z̶̲̥̩̀ä̴͎́l̷̳̅g̸̙̈o̵͇͒",
    "emoji family": "👨‍👩‍👧‍👦",
    "emoji flags": "🇨🇳🇩🇪",
    "half a flag": "🇨",
    "skin tone alone": "🏿",
    "keycap": "1️⃣",
    "decomposed": "Cafe\u0301",
    "ligatures and full width": "ﬁ １２３ ＡＢＣ",
    "outside the first plane": "𠮷野家",
    # markup of others
    "HTML bold": "<b>粗</b>",
    "HTML never closed": "<b><i><u>",
    "HTML closing only": "</b></code></a>",
    "HTML link that pings": '<a href="tg://user?id=1">陈伯</a>',
    "HTML image": "<img src=x onerror=alert(1)>",
    "script": "<script>alert('x')</script>",
    "HTML entity": "&lt;b&gt; &amp; &#60; &#x3c; &nbsp;",
    "bare ampersand": "R&D & more;",
    "quotes": "\"'`´‘’“”",
    "attribute breakout": '" onmouseover="alert(1)',
    "comment": "<!-- --> <![CDATA[ ]]>",
    "mx-reply": "<mx-reply><blockquote>x</blockquote></mx-reply>y",
    "spoiler": "<span data-mx-spoiler>x</span> ||x||",
    "Markdown bold": "**粗** __粗__ *斜* _斜_",
    "Markdown specials": r"_*[]()~`>#+-=|{}.!" + "\\",
    "Markdown link": "[陈伯](tg://user?id=1)",
    "code fence": "```python\nprint()\n```",
    "quote line": "> 陈伯说\n>> 好",
    "heading and rule": "# 一\n---\n===",
    "template": "{name} {{ 7*7 }} %s %(name)s ${HOME} {0}",
    # pings and commands
    "at room": "@room",
    "at everyone": "@everyone @all @here @所有人",
    "Telegram user name": "@durov",
    "Matrix user": "@a:example.org",
    "Matrix room alias": "#room:example.org !room:example.org",
    "matrix.to link": "https://matrix.to/#/@a:example.org",
    "tg link": "tg://user?id=1",
    "link": "https://example.org/?a=1&b=2#c",
    "slash command": "/start abc",
    "bang command": "!help",
    "phone and mail": "+86 138 0000 0000 a@example.org",
    # lines and controls
    "newlines": "第一行\n第二行\n\n第四行",
    "carriage returns": "a\rb\r\nc",
    "other line ends": "a\u2028b\u2029c\u0085d\x0be\x0cf",
    "tabs": "a\tb\t\tc",
    "NUL": "a\x00b",
    "escape sequences": "\x1b[31mred\x1b[0m \x07\x08",
    "delete": "a\x7fb",
    "C1 controls": "a\x80\x9fb",
    "lone high surrogate": "a\ud83db",
    "lone low surrogate": "a\ude00b",
    "surrogates the wrong way round": "\ude00\ud83d",
    # blanks
    "nothing but spaces": "   ",
    "ideographic space": "\u3000陈\u3000伯\u3000",
    "no-break spaces": "\u00a0a\u202fb",
    "Hangul filler": "\u3164",
    "Braille blank": "\u2800",
    # other tongues
    "SQL": "'; DROP TABLE claim; --",
    "spreadsheet": "=cmd|'/c calc'!A1",
    "path": "../../etc/passwd",
    "JSON": '{"a": "b\\u0000"}',
    "backslashes": "\\ \\n \\u202e \\x00",
    **LONG,
}


def storable(text: str) -> bool:
    """Whether this can be written as UTF-8 without NUL: what wires and databases carry."""
    try:
        return "\x00" not in text.encode().decode()
    except UnicodeEncodeError:
        return False
