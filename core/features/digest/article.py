"""简报 文章: the digest as an article for the public account, to be copied: a title and short paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from core.digest import Held
from core.features.digest import made
from core.features.digest.drafted import facts, this_weeks
from core.features.digest.made import COMING, MATTERS, by_name, coming_line, matter_line
from core.features.digest.page import page
from core.matter_pictures import pictures_of
from core.matters import Matter
from core.messages import Bold, File, Message
from core.posts.body import Body
from core.posts.kind import PostKind
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.view import View
from core.words import text
from core.work import Work


@dataclass(frozen=True, slots=True)
class Article(Body):
    """Its title and paragraphs, as they were when it was made."""

    title: str = ""
    paragraphs: tuple[str, ...] = ()
    spots: tuple[str, ...] = ()  # where pictures that everybody may see belong


def article(work: Work) -> Article:
    """The week as sentences, in the language of the community; no paragraphs where there is nothing to say. Nobody's
    name is among them.
    """
    lang, name = work.here.lang, work.here.community.name
    period = this_weeks(work)
    was, comes, came = facts(work, period, coming=True)
    mark = text(lang, "digest.article.mark")
    people = len(frozenset().union(*(each.people for each in was))) if was else 0
    said = [text(lang, "digest.article.held", what=mark.join(held(lang, *each) for each in by_name(work, was).items()))]
    paragraphs = said if was else []
    if came:
        what = mark.join(matter_line(lang, *each) for each in came[:MATTERS])
        paragraphs.append(text(lang, "digest.article.matters", what=what))
    if comes:
        what = mark.join(coming_line(work, o) for o in comes[:COMING])
        paragraphs.append(text(lang, "digest.article.coming", what=what))
    if people:
        paragraphs.append(text(lang, "digest.article.thanks", n=people))
    title = text(lang, "digest.article.title", head=made.head(work.here, period), name=name)
    pictured = [row for row, _ in came[:MATTERS] if row.number is not None and released(work, row)]
    spots = tuple(dict.fromkeys(text(lang, "digest.article.spot", n=row.number or 0) for row in pictured))
    return Article(title=title, paragraphs=tuple(paragraphs), spots=spots)


def released(work: Work, row: Matter) -> bool:
    """Whether there is a picture of a matter that everybody may see."""
    return any(each.released for each in pictures_of(work.session, work.here.id, row.id))


def held(lang: str, name: str, of: list[Held]) -> str:
    """'巡逻3次，6人次'."""
    n = sum(each.heads for each in of)
    key = "digest.article.kind" if n else "digest.article.kind_alone"
    heads = text(lang, "digest.heads", n=n) if n else ""
    return text(lang, key, name=name, times=text(lang, "digest.times", n=len(of)), heads=heads)


def ask(turn: Turn, _wish: Wish, _rest: str) -> None:
    """简报 文章: to be copied from the private chat."""
    found = article(turn.work)
    if found.paragraphs:
        turn.privately("digest.article", body=found)
        if turn.can.files:
            turn.privately("digest.article_file", body=found)
    else:
        turn.tell("digest.nothing")


def shown(view: View) -> Message:
    """The article, and how it comes onto the public account."""
    body = Article.of(view.post)
    paragraphs = [part for each in body.paragraphs for part in ("\n\n", each)]
    spots = [part for each in body.spots for part in ("\n\n", each)]
    return Message((Bold(body.title), *paragraphs, *spots, "\n\n", *view.say("digest.article.how")))


def file(view: View) -> Message:
    """The same as HTML, to be opened and copied whole."""
    body, lang = Article.of(view.post), view.lookup.here.lang
    made = page(lang, body.title, body.paragraphs, body.spots)
    name = f"{text(lang, 'digest.article.file')}.html"
    return Message(view.say("digest.article.as_html", name=name), file=File(name, "text/html", made))


ARTICLE = PostKind("digest.article", Article, shown, later=False)
ARTICLE_FILE = PostKind("digest.article_file", Article, file, later=False)
