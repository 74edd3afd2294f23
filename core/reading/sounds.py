"""How Chinese characters sound, one by one.

pypinyin also has a large dictionary of phrases, for readings that depend on their neighbours. A name is read by its
characters, so it is told to leave that out, which makes the start quicker. It looks at the environment when imported.
"""

import os

os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

from pypinyin import Style, lazy_pinyin  # noqa: E402 - only now

__all__ = ["Style", "lazy_pinyin"]
