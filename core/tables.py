"""Every table of the core, imported once so that SQLModel's metadata knows them all."""

from __future__ import annotations

from core.activities import Occurrence, Series, Slot
from core.attempts import Attempt
from core.attendance import Attendance
from core.audit import AuditLine
from core.away import Away
from core.chain_copies import ChainCopy
from core.claims import Claim
from core.confiding import Heard
from core.consents import Consent
from core.db import Counter, SealedWith
from core.digest import DigestReader
from core.disclosing import DetailsLink, DetailsProof
from core.drafts import Draft
from core.elders import Elder
from core.invited import Audience, Invited
from core.linking import LinkCode, LinkGuess
from core.lists import Listed, PeopleList
from core.matter_pictures import MatterPicture
from core.matters import Matter, MatterPlan, MatterShare, MatterStep, MatterVerdict
from core.members import Account, Appointment, Community, KnownChat, Member, Paired, Presence
from core.minutes import Minutes, MinutesPicture
from core.pairing import PairingCode
from core.posts import Copy, Post
from core.regulars import Regular
from core.roles import RoleGiven
from core.rounds import VisitReport
from core.seen import Seen
from core.served import Served
from core.serving import Kept
from core.spoken_of import SpokenOf

TABLES = (
    Account, Appointment, Attempt, Attendance, Audience, AuditLine, Away, ChainCopy, Claim, Community, Consent,
    Copy, Counter, DetailsLink, DetailsProof, DigestReader, Draft, Elder, Heard, Invited, Kept, KnownChat,
    LinkCode, LinkGuess, Listed, Matter, MatterPicture, MatterPlan, MatterShare, MatterStep, MatterVerdict,
    Member, Minutes, MinutesPicture, Occurrence, Paired, PairingCode, PeopleList, Post, Presence, Regular,
    RoleGiven, SealedWith, Seen, Series, Served, Slot, SpokenOf, VisitReport,
)  # fmt: skip
