"""In which language somebody is spoken to, and how that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import Session

from core.messages import Person
from core.words import LANGUAGES

if TYPE_CHECKING:
    from core.members import Account, Member

CHOSEN, WRITTEN, ONCE, TOLD = "chosen", "written", "once", "told"
"""They said 说英文 (or chose it on the page); they write in it; they wrote another once; their network says so.
What stands first here counts more."""


def ours(tag: str | None) -> str | None:
    """The language of the bot's that a BCP 47 tag is of: zh-Hans is zh, en-GB en; None for any other."""
    main = (tag or "").replace("_", "-").partition("-")[0].casefold()
    return main if main in LANGUAGES else None


def told(session: Session, account: Account, who: Member, person: Person) -> None:
    """What the network says of somebody's language now, if it is news: it counts less than what they chose or write.

    Of who was known before networks were asked it is only noted.
    """
    said = ours(person.lang)
    if said is None or account.told_lang == said:
        return
    news = bool(account.told_lang) or person.chosen
    account.told_lang = said
    session.add(account)
    if person.chosen or (news and who.lang_by in ("", TOLD)):
        who.lang, who.lang_by = said, CHOSEN if person.chosen else TOLD
        session.add(who)
