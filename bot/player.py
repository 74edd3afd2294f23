"""A scene on its way: the whole bot, a clock moved by hand, and people who do what the lines say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from adapters import ADAPTERS
from adapters.scene import network
from adapters.scene.checks import Span, View, wrong
from adapters.scene.network import SceneNetwork
from adapters.scene.screens import choose, offers
from adapters.scene.steps import (
    CODE,
    GROUP,
    Act,
    AddGroup,
    At,
    Become,
    Bring,
    Check,
    Introduce,
    KeepList,
    Listen,
    Press,
    Reply,
    Restart,
    Rewrite,
    Say,
    Scene,
    ShowCode,
    Step,
)
from adapters.scene.written import offered, spoken
from bot.app import App
from bot.clock import HandClock
from core.db import Database
from core.deeds.lists import keep
from core.described import Described
from core.feature import Feature
from core.features import FEATURES
from core.members import members
from core.messages import Attached, Chat, Event, Said
from core.network import Can
from core.seals import Keys
from core.work import Actor, Work

Write = Callable[[str], None]

CANS: Mapping[str, Can] = {"full": network.CAN} | {adapter.name: adapter.can for adapter in ADAPTERS}


class Failed(Exception):
    """A line that could not be carried out, or did not hold."""


@dataclass(slots=True)
class Player:
    """One scene on its way. `passed` counts checks; `failures` are lines with what was the matter."""

    scene: Scene
    url: str
    write: Write
    others: tuple[Described, ...] = ()  # communities that the bot serves beside that of the scene
    features: Sequence[Feature] = FEATURES
    opened: Callable[[str], Database] | None = None  # opens the database; else it is opened with keys of its own
    passed: int = 0
    failures: list[tuple[int, str]] = field(default_factory=list)
    network: SceneNetwork = field(init=False)
    clock: HandClock = field(init=False)
    app: App = field(init=False)
    database: Database = field(init=False)
    keys: Keys = field(init=False)  # as long as the scene, where nobody else brings some: who restarts reads on
    due: datetime | None = None  # when the bot next has something to do
    groups: list[str] = field(default_factory=list)
    code: str = ""  # what the console showed last
    met: dict[str, bool] = field(default_factory=dict)  # people the bot knows: whether they coordinate
    last: dict[str, tuple[Chat, str]] = field(default_factory=dict)  # everybody's last words: where, and their id
    caused: dict[str, tuple[Span, str]] = field(default_factory=dict)  # what everybody's last line led to, and where
    since: int = 0  # the log's end when the last `at` began
    written: int = 0  # the last moment of the log that was written out
    today: str = ""

    def __post_init__(self) -> None:
        self.network = SceneNetwork(network.without_pace(CANS["full"]))
        self.network.closed.update(self.scene.strangers)
        self.network.outside.update(network.group(name).id for name in self.scene.foreign)
        self.clock = HandClock(self._before())
        self.keys = Keys({}).with_new(self._before())

    def _before(self) -> datetime:
        """A moment before the scene, at which everybody got to know each other: noon of the day before."""
        zone = ZoneInfo(self.scene.community.zone)
        start = self.scene.start or datetime(2026, 1, 2, tzinfo=UTC)
        return datetime.combine((start.astimezone(zone) - timedelta(days=1)).date(), time(12), zone).astimezone(UTC)

    async def play(self) -> None:
        """The whole scene, from the first line to the last."""
        try:
            for step in await self.begin():
                await self.line(step)
        finally:
            await self.end()

    async def begin(self) -> Sequence[Step]:
        """Let everybody know everybody, up to the first `at`; return the lines that are left."""
        await self._start()
        steps = self.scene.steps
        begun = next((place for place, step in enumerate(steps) if isinstance(step, At | Check)), len(steps))
        await self._introduce_all(steps[:begun])
        for step in steps[:begun]:
            if isinstance(step, KeepList):
                await self._keep_list(step)
        return steps[begun:]

    async def end(self) -> None:
        await self.app.close()
        self.database.close()

    async def _start(self) -> None:
        here = self.scene.community
        known = [name for name in self.scene.groups if name not in self.scene.foreign]
        groups = tuple(f"{network.NAME}:{network.group(name).id}" for name in known)
        self.database = self.opened(self.url) if self.opened else Database(self.url, self.keys)
        self.app = App(
            self.database,
            [self.network],
            self.clock,
            Described(name=here.name, zone=here.zone, lang=here.lang, groups=groups, features=self.features),
            *self.others,
        )
        await self.app.prepare()
        self.due = await self.app.deliver()

    # ------------------------------------------------------------ line by line

    async def line(self, step: Step) -> None:
        """Carry out one line; what is the matter with it, if anything, is in `failures`."""
        try:
            match step:
                case Check():
                    self._check(step)
                    self.passed += 1
                case Act():
                    await self._act(step)
                case At(moment=moment):
                    await self._move(moment)
                case Restart():
                    self.database.close()  # and nothing else: whatever a kind end would tidy up must not be needed
                    self.write("-- restart")
                    await self._start()
                case ShowCode():
                    await self._show_code()
                case Become(network=name):
                    self.network.can = network.without_pace(CANS[name])
                case AddGroup() | Introduce():
                    await self._introduce_all((step,))
                case KeepList():
                    await self._keep_list(step)
                case Listen():
                    await self._listen(step)
                    await self._settle()
        except Failed as failure:
            self.failures.append((step.line, str(failure)))
        except Exception as error:  # noqa: BLE001 -- a bug of the bot is a line that failed, and the scene goes on
            self.failures.append((step.line, f"the bot broke: {type(error).__name__}: {error}"))
        self._write_new()

    def _check(self, check: Check) -> None:
        caused, spoken = self.caused.get(check.place, (None, ""))
        why = wrong(check, View(self.network.screens, self._chat(check.place), self.since, caused, spoken))
        if why:
            raise Failed(why)

    def _chat(self, place: str) -> Chat:
        if place in self.scene.groups:
            return network.group(place)
        return network.private(network.person(place))

    async def _move(self, to: datetime) -> None:
        """Let the time pass until `to`; what falls due on the way is done at its own moment, in order."""
        self.since = self.network.screens.order
        while self.due is not None and self.due <= to:
            self.clock.moment = max(self.clock.moment, self.due)
            await self._settle()
            if self.due is not None and self.due <= self.clock.moment:
                raise Failed(f"something that was due at {self.due} was not done")
        self.clock.moment = to
        await self._settle()

    async def _settle(self) -> None:
        """Let the bot do all that it has to do at this moment."""
        self.due = await self.app.deliver()
        self._write_new()

    async def _tell(self, event: Event) -> None:
        answer = await self.app.receive(self.network, event)
        self.network.answered(event, answer)

    # ------------------------------------------------------------ who is who

    async def _introduce_all(self, steps: Sequence[Step]) -> None:
        """Let the bot know groups and people as if it had known them for long: whatever it says to that is no news."""
        begin = self.network.screens.order
        new = {step.name: None for step in steps if isinstance(step, AddGroup)}
        groups = [name for name in ([] if self.groups else [GROUP]) + list(new) if name not in self.groups]
        groups = [name for name in groups if name not in self.scene.foreign]
        named = [(who, step.coordinators) for step in steps if isinstance(step, Introduce) for who in step.names]
        people = dict(sorted(named, key=lambda known: known[1]))  # whoever is both coordinates
        old = dict(self.met)
        self.groups += groups
        self.met |= people
        for step in steps:
            if isinstance(step, Become):
                self.network.can = network.without_pace(CANS[step.network])
        for name in self.groups:
            await self._join(name, self.met if name in groups else people)
        for step in steps:
            if isinstance(step, Listen):
                await self._listen(step)
        for who in people:
            if who not in old and who not in self.network.closed:
                await self._tell(self.network.opened(network.person(who)))
        await self._settle()
        self.network.screens.forget(begin)

    async def _keep_list(self, step: KeepList) -> None:
        """Whom the bot knows by these names is on it; who is unknown is a member without an account."""

        def kept(session: Session) -> None:
            here = self.app.heres.first
            known = {each.name: each.id for each in reversed(members(session, here.id))}
            there = [known[name] for name in step.names if name in known]
            new = [name for name in step.names if name not in known]
            keep(Work(session, here, self.clock.now(), Actor(via="import")), step.name, there, new)

        await self.database.write(kept)

    async def _listen(self, listen: Listen) -> None:
        """Where the bot is not yet, it will be found out when it comes."""
        chat = network.group(listen.group)
        event = self.network.hears(chat, hears=listen.hears)
        if chat.id not in self.network.outside:
            await self._tell(event)

    async def _join(self, group: str, people: Mapping[str, bool]) -> None:
        """Those who coordinate come first: by their being there a group belongs to the community."""
        chat = network.group(group)
        for who, coordinates in sorted(people.items(), key=lambda known: not known[1]):
            if coordinates:
                await self._tell(self.network.ranked(network.person(who), chat, administrator=True))
            await self._tell(self.network.joined(network.person(who), chat))

    async def _meet(self, act: Act) -> None:
        """Somebody in no list does something for the first time: they too have been here, and opened a private chat.

        Who begins in private is not known to be in a group: that is for the bot to say.
        """
        if isinstance(act, Bring) or (isinstance(act, Say) and act.place is None):
            return
        place = act.place if isinstance(act, Say) and act.place is not None else GROUP
        if place in self.scene.foreign:
            await self._tell(self.network.joined(network.person(act.who), network.group(place)))
            return
        begin = self.network.screens.order
        self.met[act.who] = False
        await self._join(place, {act.who: False})
        await self._tell(self.network.opened(network.person(act.who)))
        await self._settle()
        self.network.screens.forget(begin)

    # ------------------------------------------------------------ what people do

    async def _act(self, act: Act) -> None:
        if act.who not in self.met and act.who not in self.network.closed:
            await self._meet(act)
        begin = self.network.screens.order
        if isinstance(act, Say) and act.sent and not act.words and act.place is not None:
            self.caused[act.who] = Span(begin, begin), act.place  # no network tells of a group's picture without words
            return
        event = self._event(act)
        if isinstance(event, Said) and not self._heard(event):
            self.caused[act.who] = Span(begin, begin), event.chat.id
            return
        try:
            await self._tell(event)
            if isinstance(act, Bring) and not act.out:
                await self._tell(self.network.ranked(network.person(act.who), event.chat, administrator=True))
            await self._settle()
        finally:
            self.caused[act.who] = Span(begin, self.network.screens.order), event.chat.id

    def _event(self, act: Act) -> Event:
        who = network.person(act.who)
        match act:
            case Say(words=words, place=None, sent=sent):
                return replace(self._say(act, network.private(who), words), attached=self._named(sent))
            case Say(words=words, place=place, sent=sent):
                return replace(self._say(act, network.group(place or GROUP), words), attached=self._named(sent))
            case Reply(to=to, words=words):
                shown = next(self.network.screens.newest(self._screens(act.who), to), None)
                if shown is None:
                    raise Failed(f"no message of the bot there contains {to}")
                return self._say(act, shown.chat, words, shown.id)
            case Rewrite(words=words):
                if act.who not in self.last:
                    raise Failed("nothing was said before that could be changed")
                chat, message = self.last[act.who]
                return self.network.rewrote(who, chat, message, words)
            case Press():
                return self._press(act)
            case Bring(group=group, out=False):
                return self.network.entered(who, network.group(group))
            case Bring(group=group):
                return self.network.expelled(network.group(group))
        raise Failed(f"nobody knows how to do {act}")

    def _heard(self, said: Said) -> bool:
        """Whether the bot is told of these words: in a group where it is deaf, of commands and answers to it only."""
        deaf = said.chat.id in self.network.deaf
        return not deaf or said.text.startswith("/") or said.reply_to is not None

    def _named(self, sent: Attached | None) -> Attached | None:
        """What is sent, named: no picture is like another."""
        return replace(sent, ref=self.network.screens.id()) if sent is not None else None

    async def _show_code(self) -> None:
        code = (await self.app.pairing_codes()).get(self.scene.community.name)
        if code is None:
            raise Failed("no pairing code is shown: somebody coordinates")
        self.code = code
        self.write("-- the console shows a pairing code")

    def _say(self, act: Act, chat: Chat, words: str, reply_to: str | None = None) -> Said:
        said = self.network.said(network.person(act.who), chat, words.replace(CODE, self.code or CODE), reply_to)
        self.last[act.who] = chat, said.message
        return said

    def _screens(self, who: str) -> list[Chat]:
        """The groups of a person, which are all, and their private chat."""
        groups = dict.fromkeys([*self.groups, *self.scene.foreign])
        return [*(network.group(name) for name in groups), network.private(network.person(who))]

    def _press(self, press: Press) -> Event:
        """Press a button; where there is none, react; where one cannot react either, type the number in answer."""
        found = list(self.network.screens.newest(self._screens(press.who), press.on))
        for exactly in (True, False):
            for shown in found:
                offer = choose(press.label, offers(shown.message), exactly=exactly)
                if offer is None:
                    continue
                who = network.person(press.who)
                self.network.screens.note("pressed", shown.chat, who=who.id, text=offer.label, message=shown.id)
                if offer.action:
                    return self.network.pressed(who, shown.chat, shown.id, action=offer.action)
                if self.network.can.reactions:
                    return self.network.pressed(who, shown.chat, shown.id, emoji=offer.sign)
                return self._say(Act(press.line, press.who), shown.chat, offer.sign, shown.id)
        raise Failed(f"there is nothing of that name to press{offered(found)}")

    # ------------------------------------------------------------ the conversation, written out

    def _write_new(self) -> None:
        now = self.clock.now().astimezone(ZoneInfo(self.scene.community.zone))
        for moment in self.network.screens.log:
            if moment.order > self.written:
                if f"{now:%Y-%m-%d %a}" != self.today:
                    self.today = f"{now:%Y-%m-%d %a}"
                    self.write(f"-- {self.today}")
                self.write(f"{now:%H:%M}  {spoken(moment)}")
        self.written = self.network.screens.order
