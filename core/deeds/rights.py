"""忘记我: promises are given back, the name goes everywhere, and a little later everything by which they were known."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col, delete, select

from core import consents, digest, invited, lists, matter_pictures, matters, minutes, morning, posts, roles
from core.activities import posted
from core.audit import AuditLine
from core.away import Away
from core.claims import LIVE, Claim, Roster, roster_of
from core.confiding import Heard, look_again
from core.deeds.matters import show
from core.deeds.outcome import Outcome
from core.deeds.regulars import end
from core.deeds.whole import deed
from core.deeds.withdrawing import withdraw
from core.forgetting import forget_there
from core.linking import LinkCode, LinkGuess
from core.members import Account, KnownChat, Member, Paired, Presence, member
from core.posts import ENDED, Post
from core.regulars import Regular
from core.seen import Seen
from core.spoken_of import SpokenOf
from core.weeks import rosters_of
from core.work import Work

SOON = timedelta(minutes=2)
"""So long the answer has to arrive before the account and its chat are erased."""


@deed
def forget(work: Work, who: Member, called: str) -> list[Outcome]:
    """Give back what they promised, and call them `called`, which is nobody's name, wherever a name stands.

    What happened stays without them: how many came is true whoever it was. Accounts go at `erase`.
    """
    id = who.id
    who.name, who.named, who.lang, who.lang_by, who.proxy_id = called, True, None, "", None
    work.session.add(who)
    here = col(Member.community_id) == work.here.id
    work.session.execute(update(Member).where(here, col(Member.proxy_id) == id).values(proxy_id=None))
    work.session.execute(update(Member).where(here, col(Member.merged_into) == id).values(name=called))
    theirs = (col(Claim.community_id) == work.here.id, col(Claim.member_id) == id)
    rows = work.session.exec(select(Claim).where(*theirs)).all()
    for claim in rows:
        claim.name = ""
        work.session.add(claim)
    work.session.flush()
    came = [withdraw(work, on, mine) for on, mine in promised(work, id)]
    for row in work.session.exec(select(Regular).where(Regular.community_id == work.here.id, Regular.member_id == id)):
        end(work, row)
    work.session.execute(delete(Away).where(col(Away.community_id) == work.here.id, col(Away.member_id) == id))
    consents.end(work, member=id)
    matters.forget(work.session, work.here.id, id)
    matter_pictures.forget(work.session, work.here.id, id)
    for keeps in (digest, lists, invited, minutes, morning, roles):
        keeps.forget(work.session, work.here.id, id)
    for feature in (*work.here.features.values(), *work.here.switched_off.values()):
        if feature.forgets is not None:
            feature.forgets(work.session, work.here.id, id)
    show(work)
    posts.touch(work.session, rosters_of(work.session, work.here.id, {c.occurrence_id for c in rows}), work.now)
    look_again(work.session, work.here.id, work.now, members=[id])
    told = select(Post).where(Post.community_id == work.here.id, Post.kind == "linked", col(Post.message).is_not(None))
    posts.touch(work.session, work.session.exec(told).all(), work.now)
    work.log("forgotten", member=id)
    work.owe_at("erase", work.now + SOON, member_id=id, occasion="erase")
    return came


def promised(work: Work, member_id: int) -> list[tuple[Roster, list[Claim]]]:
    """What somebody promised that is not over, with those they bring."""
    found = []
    for o in posted(work.session, work.here.id, work.now):
        on = roster_of(work.session, o)
        mine = [claim for claim in on.of(member_id) if claim.promised in LIVE]
        if mine:
            found.append((on, mine))
    return found


@deed
def erase(work: Work, member_id: int) -> None:
    """Everything by which somebody was known: accounts, private chats, what was said to them, who they were in the log.

    Who writes again later is a newcomer.
    """
    here, session = work.here.id, work.session
    accounts = session.exec(select(Account).where(Account.community_id == here, Account.member_id == member_id)).all()
    for account in accounts:
        spoke = (col(AuditLine.by_network) == account.network, col(AuditLine.by_account) == account.id)
        session.execute(
            update(AuditLine).where(col(AuditLine.community_id) == here, *spoke).values(by_network="", by_account="")
        )
        made = (col(Claim.speaker_network) == account.network, col(Claim.speaker_account) == account.id)
        session.execute(
            update(Claim).where(col(Claim.community_id) == here, *made).values(speaker_network="", speaker_account="")
        )
        read = (col(Heard.network) == account.network, col(Heard.account) == account.id)
        session.execute(update(Heard).where(col(Heard.community_id) == here, *read).values(network="", account=""))
        chats = select(KnownChat.id).where(KnownChat.community_id == here, KnownChat.network == account.network)
        there = (col(Presence.account) == account.id, col(Presence.chat_id).in_(chats))  # ids of networks may be alike
        session.execute(delete(Presence).where(col(Presence.community_id) == here, *there))
        paired = (col(Paired.network) == account.network, col(Paired.account) == account.id)
        session.execute(delete(Paired).where(col(Paired.community_id) == here, *paired))
        spoke_of = session.get(SpokenOf, (account.network, account.id))
        if spoke_of is not None:
            session.delete(spoke_of)
        forget_chats(work, account)
        forget_there(session, account.network, account.id)
        guesses = (col(LinkGuess.network) == account.network, col(LinkGuess.account) == account.id)
        session.execute(delete(LinkGuess).where(col(LinkGuess.community_id) == here, *guesses))
        session.delete(account)
    session.execute(delete(LinkCode).where(col(LinkCode.community_id) == here, col(LinkCode.member_id) == member_id))
    merged = select(Member.id).where(Member.community_id == here, Member.merged_into == member_id)
    theirs = [member_id, *session.exec(merged).all()]
    for post in session.exec(select(Post).where(Post.community_id == here, col(Post.member_id).in_(theirs))).all():
        post.body, post.state, post.pending = {}, ENDED, False
        session.add(post)
    session.flush()
    work.log("erased", member=member_id)


def forget_chats(work: Work, account: Account) -> None:
    """A private chat is known no more; what came from there neither."""
    chats = work.session.exec(
        select(KnownChat).where(
            KnownChat.community_id == work.here.id,
            KnownChat.network == account.network,
            KnownChat.account == account.id,
            col(KnownChat.private),
        )
    ).all()
    for chat in chats:
        work.session.execute(delete(Seen).where(col(Seen.chat) == chat.address))
        chat.address, chat.account, chat.name, chat.closed = f"forgotten {chat.id}", "forgotten", "", True
        work.session.add(chat)


def at_its_time(work: Work, post: Post) -> None:
    erase(work, member(work.session, work.here.id, post.member_id).id)
