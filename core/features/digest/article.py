"""简报 文章: the digest as an article for the public account, to be copied: a title and short paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from core import minutes
from core.digest import Held
from core.features.digest import made
from core.features.digest.drafted import facts, this_weeks
from core.features.digest.made import COMING, MATTERS, by_name, coming_line, matter_line
from core.features.digest.page import SIDE, Shot, page
from core.matter_pictures import picture, pictures_of
from core.matters import matter
from core.messages import Bold, File, Message
from core.posts.body import Body
from core.posts.kind import PostKind
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.view import View
from core.words import text
from core.words.clean import tidy_line
from core.work import Work


@dataclass(frozen=True, slots=True)
class Article(Body):
    """Its title and paragraphs, as they were when it was made."""

    title: str = ""
    paragraphs: tuple[str, ...] = ()
    spots: tuple[str, ...] = ()  # of versions before, and where there is only text: what is to be seen there
    of_meetings: tuple[int, ...] = ()  # pictures that everybody may see, by their ids: below what was held
    of_matters: tuple[int, ...] = ()  # likewise: below what came of matters, which is the paragraph `matters_at`
    matters_at: int = 0
    unreleased: int = 0  # pictures of the week's meetings that nobody released yet


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
    matters_at = len(paragraphs)
    if came:
        what = mark.join(matter_line(lang, *each) for each in came[:MATTERS])
        paragraphs.append(text(lang, "digest.article.matters", what=what))
    if comes:
        what = mark.join(coming_line(work, o) for o in comes[:COMING])
        paragraphs.append(text(lang, "digest.article.coming", what=what))
    if people:
        paragraphs.append(text(lang, "digest.article.thanks", n=people))
    taken = minutes.pictures_of(work.session, work.here.id, *(each.occurrence.id for each in was))
    of_matters = pictures_of(work.session, work.here.id, *dict.fromkeys(row.id for row, _ in came[:MATTERS]))
    return Article(
        title=text(lang, "digest.article.title", head=made.head(work.here, period), name=name),
        paragraphs=tuple(paragraphs),
        of_meetings=tuple(each.id for each in taken if each.released),
        of_matters=tuple(each.id for each in of_matters if each.released),
        matters_at=matters_at,
        unreleased=sum(not each.released for each in taken),
    )


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


def shots(view: View, body: Article) -> dict[int, list[Shot]]:
    """The pictures that everybody may see still, by the paragraph below which they stand: those of meetings below what
    was held, those of matters below what came of them.
    """
    session, here, lang = view.lookup.session, view.lookup.here, view.lookup.here.lang
    of_meetings, of_matters = [], []
    for id in body.of_meetings:
        taken = minutes.picture(session, here.id, id)
        on = view.lookup.roster(taken.occurrence_id) if taken is not None and taken.released else None
        if taken is not None and on is not None:
            title = view.lookup.kind(on).title(on.occurrence, lang)
            n = sum(each.released for each in minutes.pictures_of(session, here.id, on.occurrence.id))
            of_meetings.append(Shot(taken.name, title, text(lang, "digest.article.spot_meeting", what=title, n=n)))
    for id in body.of_matters:
        seen = picture(session, here.id, id)
        row = matter(session, here.id, seen.matter_id) if seen is not None and seen.released else None
        if seen is not None and row is not None and row.public:
            which, spot = (text(lang, f"digest.{key}", n=row.number or 0) for key in ("matter", "article.spot"))
            of_matters.append(Shot(seen.name, f"{which} {tidy_line(row.words, 30)}", spot))
    if not body.matters_at:
        return {0: of_meetings + of_matters}
    return {0: of_meetings, body.matters_at: of_matters}


def shown(view: View) -> Message:
    """The article, and how it comes onto the public account."""
    body = Article.of(view.post)
    spots = shots(view, body)
    parts: list[str] = []
    for n, each in enumerate(body.paragraphs):
        parts += ["\n\n", each]
        for spot in dict.fromkeys(shot.spot for shot in spots.get(n, ())):
            parts += ["\n\n", spot]
    for old in body.spots:
        parts += ["\n\n", old]
    more = view.say("digest.article.unreleased", n=body.unreleased) if body.unreleased else ()
    gap = ("\n\n",) if more else ()
    return Message((Bold(body.title), *parts, "\n\n", *view.say("digest.article.how"), *gap, *more))


def file(view: View) -> Message:
    """The same as HTML, to be opened and copied whole: its pictures are in it."""
    body, lang = Article.of(view.post), view.lookup.here.lang
    made = page(lang, body.title, body.paragraphs, shots(view, body))
    name = f"{text(lang, 'digest.article.file')}.html"
    return Message(view.say("digest.article.as_html", name=name), file=File(name, "text/html", made, pictures=SIDE))


ARTICLE = PostKind("digest.article", Article, shown, later=False)
ARTICLE_FILE = PostKind("digest.article_file", Article, file, later=False)
