"""A visit to three elders, each with a word of their own that must reach nobody but who goes to them."""

from __future__ import annotations

from tests.street import Street

ELDERS = {"3号楼": "欧阳金丝雀", "5号楼": "百日咳爷爷", "12号楼": "13917775501"}
"""By building."""
NOTE = "钥匙在花盆底下"
VISIT = (
    "发布 慰问 2026-11-28 09:00-11:00 每户2人\n"
    + "\n".join(f"{n}. {building}50{n} {word}" for n, (building, word) in enumerate(ELDERS.items(), 1))
    + f"\n备注：{NOTE}"
)


def seen_by(here: Street, name: str) -> set[str]:
    """The buildings whose elder's word stands on somebody's private screen now."""
    texts = "\n".join(here.texts(name))
    return {building for building, word in ELDERS.items() if word in texts}
