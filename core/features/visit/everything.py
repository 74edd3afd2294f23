"""孙奶奶的资料: everything held about somebody of the register, for who keeps it; as a file where it may be carried."""

from __future__ import annotations

from sqlmodel import col, select

from core import consents, elders
from core.audit import AuditLine
from core.claims import THERE
from core.deeds.group_line import one_line
from core.elders import Elder
from core.features.visit.cards import PRESSES, row_of, verbs
from core.features.visit.entering import fields
from core.messages import Confide, File, Message, Span
from core.posts.kind import PostKind
from core.rounds import VisitReport
from core.views.held import Lines, day, line_of, moment, page
from core.views.view import View, lines


def everything(view: View) -> Message | None:
    """In words, and the same as a page. Where it may not be written, it is behind a button, and there is no file."""
    row = row_of(view)
    if row is None:
        return Message(view.say("elders.off_already"))
    if row.lost:
        return Message(view.say("confided.lost"))
    told = held(view, row)
    title = view.text("elders.data.title")
    name = f"{title}-{view.lookup.now.astimezone(view.lookup.here.tz):%Y-%m-%d}.html"
    return Message(
        lines(view.say("elders.data.head"), *told),
        view.open(*verbs(view, row)),
        file=File(name, "text/html", page(title, view.lang, told)),
    )


def held(view: View, row: Elder) -> Lines:
    """The card, what they agreed to word by word, who went, what was reported, who read it, and the log's lines."""
    lookup, id = view.lookup, row.id
    session, here = lookup.session, lookup.here.id
    out = [*fields(view, row.read())]
    out += [view.say("elders.data.kept", when=moment(view, row.kept_at), who=lookup.name(row.kept_by))]
    out += [line for each in consents.given(session, here, elder=id) for line in agreed(view, row, each)]
    for slot in elders.slots_of_elder(session, here, id):
        if slot.confided and not slot.confided.lost:
            out.append(view.say("elders.data.also", words=(Confide(slot.confided.privately()),)))
    for _, at, who, happened in elders.visits(session, here, id):
        if at is not None:
            key = "elders.data.was_there" if happened in THERE else "elders.data.promised"
            out.append(view.say(key, when=day(view, at), who=lookup.name(who)))
    reports = (VisitReport.community_id == here, VisitReport.elder_id == id)
    for told in session.exec(select(VisitReport).where(*reports).order_by(col(VisitReport.id))).all():
        if told.words and not told.words.lost:
            facts = {"when": moment(view, told.at), "who": lookup.name(told.member_id)}
            out.append(view.say("elders.data.report", words=(Confide(told.words.privately()),), **facts))
    for at, who in elders.reads_of(session, here, id, lookup.who_may("elders")):
        out.append(view.say("elders.data.read", when=moment(view, at), who=lookup.name(who)))
    logged = (AuditLine.community_id == here, AuditLine.occurrence_id == id)
    done = session.exec(select(AuditLine).where(*logged).order_by(col(AuditLine.id))).all()
    return [*out, view.say("my_data.log_lines"), *(line_of(view, each) for each in done)]


def agreed(view: View, row: Elder, given: consents.Consent) -> Lines:
    """To which sentence, when and before whom; and when it was taken back."""
    facts = {"when": moment(view, given.at), "who": view.lookup.name(given.taken_by)}
    out = [view.say(f"elders.data.agreed_{given.purpose}", **facts)]
    if given.ended_at is not None:
        out[-1] = (*out[-1], *view.say("elders.data.ended", when=moment(view, given.ended_at)))
    if given.purpose == consents.REGISTER:
        name: tuple[Span, ...] = (Confide(row.name.privately()),)
        out.append((*view.say("elders.data.sentence"), *view.say(f"elders.consent.{given.text}", name=name)))
    return out


DATA = PostKind("visit.data", render=everything, presses=PRESSES, unheard=one_line, later=False, kept="words")
