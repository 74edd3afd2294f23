"""The courier: closes the gap between what posts want and what is on screen, without ever hurrying a network."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot.clock import Clock
from bot.damage import Damage
from bot.due import Due, due_posts
from bot.pace import Call as Flight
from bot.pace import Lanes
from bot.planning import BATCH, Call, Gate, Plan, Target, make_plan
from bot.put_by import PutBy
from bot.recording import Outcome, mark, record, settle_plan
from core.db import Database
from core.heres import Heres
from core.members import as_chat
from core.messages import Message
from core.network import Gone, Later, Lost, Network, Refused, UnusableError, Whispers
from core.posts import Post, key

log = logging.getLogger("xiaobandeng.courier")

RETRY_DISK = 1.0
"""Seconds to wait when the database could not be read or written."""
RETRY_DEFECT = 10.0  # seconds to wait when a round failed by a mistake of ours
LONG = 5.0
"""Seconds. Whoever must wait longer for a lane does not stand in the way of others meanwhile."""
GATHERING = 0.05
"""Seconds in which what is taken in is gathered into one round: nobody sees them, and a busy evening costs half."""
FAR = datetime(9999, 1, 1, tzinfo=UTC)  # when nothing is due


class Courier:
    """One for each process that speaks for the bot accounts of `networks`."""

    def __init__(
        self,
        database: Database,
        heres: Heres,
        networks: Mapping[str, Network],
        clock: Clock,
        damage: Damage | None = None,
        still: Callable[[Session], None] = lambda _: None,
    ) -> None:
        """`still` raises `UnusableError` when another process speaks for these accounts by now."""
        self._database = database
        self._heres = heres
        self._networks = networks
        self._clock = clock
        self._damage = damage or Damage()
        self._still = still
        self._lanes = {name: Lanes(network.can) for name, network in networks.items()}
        self._busy: set[int] = set()
        self._workers: set[asyncio.Task[None]] = set()
        self._ready: dict[str, deque[tuple[Call, Flight]]] = {name: deque() for name in networks}
        self._flying = dict.fromkeys(networks, 0)
        self._took: dict[int, Flight] = {}
        self._by = PutBy()
        self._outcomes: list[Outcome] = []
        self._drawing = asyncio.Lock()  # pictures that are drawn side by side would take all there is
        self._stir = asyncio.Event()
        self._gathering: asyncio.TimerHandle | None = None
        self._caught_up = False  # when the calls under way left, nothing else was to be done

    def stir(self) -> None:
        """Something may be due: look again."""
        self._stir.set()

    def touched(self) -> None:
        """An event was taken in: look again in a moment, at whatever else came in it too."""
        if self._gathering is None:
            self._gathering = asyncio.get_running_loop().call_later(GATHERING, self._gathered)

    def _gathered(self) -> None:
        self._gathering = None
        self._stir.set()

    async def run(self) -> None:
        """Deliver for ever. A database that cannot be reached now is tried again; nothing is forgotten meanwhile.

        Raises `UnusableError` when another process speaks for these accounts.
        """
        while True:
            self._stir.clear()
            try:
                until = await self._round()
            except (OperationalError, OSError) as error:
                log.warning("database not reachable", extra={"why": type(error).__name__})
                await asyncio.sleep(RETRY_DISK)
                continue
            except UnusableError:
                raise
            except Exception as error:
                if self._damage.meets(error):
                    await asyncio.sleep(RETRY_DEFECT)
                    continue
                # A defect of ours: the village goes on talking, the next look may find other rows, an operator is told.
                log.exception("a round of the courier failed")
                await asyncio.sleep(RETRY_DEFECT)
                continue
            if until is not None:
                await self._clock.wait(until, self._stir)

    async def deliver(self) -> datetime | None:
        """Do all that is due now until nothing is left; return when the next thing falls due, or None."""
        while True:
            self._stir.clear()
            until = await self._round()
            if until is None:
                continue
            if not self._busy:
                return None if until >= FAR else until
            await self._stir.wait()

    async def close(self) -> None:
        """Let the calls under way end (at most two seconds) and write down how they did."""
        if self._gathering is not None:
            self._gathering.cancel()
        if self._workers:
            await asyncio.wait(self._workers, timeout=2.0)
        for task in self._workers:
            task.cancel()
        if self._outcomes:
            done, self._outcomes = self._outcomes, []
            await self._database.write(lambda s: record(s, self._heres, done, self._clock.now()))

    # ------------------------------------------------------------ one round

    async def _round(self) -> datetime | None:
        """Plan; in one transaction record what came of calls and mark the next; launch those.

        None: something was done, look again at once; else when to look again. Two evenings need two ways. In a burst
        there is always more, and recording goes with the next marks. When all that was due has left, one look is
        enough, in the same transaction in which it was recorded: what is due then was not due before.
        """
        done, self._outcomes = self._outcomes, []
        now = self._clock.now()
        free: list[Call] = []
        marked: list[Call] = []
        try:
            if done and self._caught_up:
                self._caught_up = False
                due = await self._database.write(lambda s: self._written_down(s, done, now))
                self._ended(done)
                return None if due.posts else self._look_again(due.next, None, now)
            busy = frozenset(self._busy)  # those that are done as well: they are written down only below
            most, gate = max(BATCH - len(busy) + len(done), 0), self._gate()
            if not most and not done:
                return FAR  # until some of them land
            plan = await self._plan(now, gate, busy | self._by.now(self._clock.monotonic()), most)
            free, lane_free = self._let_through(plan)
            if not free and lane_free is not None and len(plan.calls) + len(plan.waiting) >= most:
                self._step_aside(plan, now)
            if not (done or free or plan.writes):
                return self._look_again(plan.next_due, lane_free, now)
            marked = await self._database.write(lambda s: self._commit(s, done, plan, free, now))
        except BaseException:
            self._outcomes = [*done, *self._outcomes]
            raise
        finally:  # whatever happened, the lanes of calls that are not made are free again
            self._launch(free, marked)
        self._ended(done)
        self._caught_up = plan.whole and not done and len(marked) == len(plan.calls)
        return self._look_again(plan.next_due, lane_free, now) if self._caught_up else None

    async def _plan(self, now: datetime, gate: Gate, busy: frozenset[int], most: int) -> Plan:
        shared = not self._database.sqlite
        plan = await self._database.read(
            lambda s: make_plan(s, self._heres, self._networks, now, gate, busy, most, shared)
        )
        self._by.leave((post.id for post in plan.left), self._clock.monotonic())
        return plan

    def _ended(self, done: list[Outcome]) -> None:
        self._busy.difference_update(outcome.call.post.id for outcome in done)

    def _written_down(self, session: Session, done: list[Outcome], now: datetime) -> Due:
        """Write down how calls ended; whether anything is due besides, and when the next thing is."""
        record(session, self._heres, done, now)
        others = self._by.now(self._clock.monotonic()) | self._busy.difference(outcome.call.post.id for outcome in done)
        return due_posts(session, self._heres.ids, now, others, 1)

    def _commit(self, session: Session, done: list[Outcome], plan: Plan, free: list[Call], now: datetime) -> list[Call]:
        if free:
            self._still(session)
        if done:
            record(session, self._heres, done, now)
        if plan.writes:
            settle_plan(session, self._heres, plan, now)
        return mark(session, free, now) if free else []

    def _gate(self) -> Gate:
        """What the lanes would let through now. While the plan is made, nobody else takes their room."""
        moment = self._clock.monotonic()
        room = {
            name: max(0, min(lanes.room(moment), self._at_once(name, moment) - self._flying[name]))
            for name, lanes in self._lanes.items()
        }
        return Gate(room, {name: lanes.waiting(moment) for name, lanes in self._lanes.items()})

    def _at_once(self, name: str, moment: float) -> int:
        return self._lanes[name].at_once(self._networks[name].can.in_flight, moment)

    def _let_through(self, plan: Plan) -> tuple[list[Call], float | None]:
        """The calls that their lanes allow now, and the earliest moment at which another may go.

        For a network with as many calls under way as it may have there is no such moment: each that lands stirs.
        """
        moment = self._clock.monotonic()
        free: list[Call] = []
        soonest: list[float] = []
        flying = dict(self._flying)
        for call in plan.calls:
            name, when = call.target.network, self._may_go(call.post, call.target, moment)
            if when > moment:
                soonest.append(when)
                continue
            flying[name] += 1
            free.append(call)
            self._took[call.post.id] = self._lanes[name].took(call.target.lane, call.target.group, moment)
        idle = [name for name in self._lanes if flying[name] < self._at_once(name, moment)]
        for post, target in plan.waiting:
            when = self._may_go(post, target, moment)
            if target.network in idle:
                soonest.append(when)
        if plan.shut:
            soonest += [self._lanes[name].when(None, False, moment) for name in idle]
        return free, min(soonest, default=None)

    def _may_go(self, post: Post, target: Target, moment: float) -> float:
        """When a post may leave. Where it is its own chat that takes nothing now, it is put by for so long, or as long
        as nobody minds; it is looked for again when the chat is free, and what is for one person alone before that:
        they may have another chat by then.
        """
        lanes = self._lanes[target.network]
        when = lanes.when(target.lane, target.group, moment)
        if when > max(moment, lanes.when(None, False, moment)):
            self._by.wait(post.id, when, moment, alone=target.alone is not None)
        return when

    def _step_aside(self, plan: Plan, now: datetime) -> None:
        """A page full of posts whose lanes must wait long makes room for those of other lanes behind it."""
        moment = self._clock.monotonic()
        for post, target in [*plan.waiting, *((call.post, call.target) for call in plan.calls)]:
            wait = self._lanes[target.network].when(target.lane, target.group, moment) - moment
            if wait > LONG:
                plan.postponed.append((post, now + timedelta(seconds=wait)))

    def _look_again(self, next_due: datetime | None, lane_free: float | None, now: datetime) -> datetime:
        waits = [next_due or FAR]
        if (free := self._by.wakes(lane_free)) is not None:
            waits.append(now + timedelta(seconds=max(free - self._clock.monotonic(), 0.001)))
        return min(waits)

    # ------------------------------------------------------------ calls under way

    def _launch(self, wanted: list[Call], marked: list[Call]) -> None:
        """Start the calls that were marked; give their lanes back to those that were not."""
        going = {call.post.id for call in marked}
        moment = self._clock.monotonic()
        for call in wanted:
            id, name = call.post.id, call.target.network
            flight = self._took.pop(id)
            if id not in going:
                self._lanes[name].landed(flight, moment, answered=False)
                continue
            flight.left = moment
            self._flying[name] += 1
            self._busy.add(id)
            self._ready[name].append((call, flight))
        for name, calls in self._ready.items():
            if calls:
                self._start_worker(name)

    def _start_worker(self, name: str) -> None:
        """One more task for the calls of a network that are ready."""
        task = asyncio.create_task(self._work(name))
        self._workers.add(task)
        task.add_done_callback(self._workers.discard)

    async def _work(self, name: str) -> None:
        """Make the calls that are ready, one after another.

        Before its first call a worker starts another for the rest: while one waits for the network, the next call
        leaves at once, so as many are under way as were let through. Where none has to wait, one makes them all.
        """
        calls = self._ready[name]
        helped = False
        while calls:
            call, flight = calls.popleft()
            if calls and not helped:
                self._start_worker(name)
                helped = True
            await self._call(call, flight)

    async def _call(self, call: Call, flight: Flight) -> None:
        """One call, to its end, whatever that is."""
        name = call.target.network
        network, lanes = self._networks[name], self._lanes[name]
        outcome: Outcome | None = None
        answered = True
        try:
            outcome = await self._speak(network, call)
        except Later as wait:
            lane = None if wait.everywhere else call.target.lane
            lanes.hold(lane, self._clock.monotonic() + wait.seconds)
            outcome = Outcome(call, None, error=wait, tells=network.can.tells)
        except (Gone, Lost, Refused) as failure:
            level = logging.DEBUG if call.target.alone is not None else logging.WARNING  # then it is said aloud
            log.log(level, "not shown", extra={"network": name, "post": call.post.id, "why": type(failure).__name__})
            outcome = Outcome(call, None, error=failure, tells=network.can.tells)
        except Exception as error:  # noqa: BLE001 - whatever a network raises, the post is tried again
            answered = False
            log.warning("call failed", extra={"network": name, "post": call.post.id, "why": type(error).__name__})
            outcome = Outcome(call, None, error=error, tells=network.can.tells)
        finally:
            lanes.landed(flight, self._clock.monotonic(), answered=answered)
            self._flying[name] -= 1
            if outcome is not None:
                self._outcomes.append(outcome)
            self._stir.set()

    async def _speak(self, network: Network, call: Call) -> Outcome:
        """Send, edit or leave; then, cosmetically, the reactions to press, the pin, and older copies taken away."""
        post, target = call.post, call.target
        chat = as_chat(target.chat) if target.chat is not None else None
        if chat is None:
            assert target.person is not None  # noqa: S101 - a target has a chat or a person
            chat = await network.private(target.person)
        if call.kind.leaves:
            await network.leave(chat)
            return Outcome(call, chat)
        if call.kind.clears:
            await self._cosmetic(network.remove(chat, post.body.get("clear", "")))
            return Outcome(call, chat)
        said = call.fitted.message
        if said.file is not None and said.file.pictures:
            said = replace(said, file=await asyncio.to_thread(self._database.shelf.filled, said.file))
        if post.message is not None:
            await network.edit(chat, post.message, said, f"{key(post)}.e{call.version}")
            return Outcome(call, chat, post.message)
        if target.alone is not None and isinstance(network, Whispers):
            alone = await network.whisper(chat, target.alone, said, key(post))
            return Outcome(call, chat, alone)
        await self._drawn(said)
        message = await network.send(chat, said, key(post))
        for n, (emoji, _) in enumerate(call.fitted.seeds):
            await self._cosmetic(network.react(chat, message, emoji, f"{key(post)}.r{n}"))
        if call.pin:
            await self._cosmetic(network.pin(chat, message))
        removed = []
        for chat_id, old in post.body.get("remove", []) if post.life > 1 else ():
            if target.chat is not None and chat_id == target.chat.id:
                await self._cosmetic(network.remove(chat, old))
            removed.append([chat_id, old])
        return Outcome(call, chat, message, removed=tuple(removed))

    async def _drawn(self, message: Message) -> None:
        """Draw the picture of a message, one at a time, beside the loop and outside every transaction. Where it cannot
        be drawn, its words are sent without it.
        """
        if message.drawing is None:
            return
        try:
            async with self._drawing:
                await asyncio.to_thread(self._database.shelf.draw, message.drawing)
        except Exception as error:  # noqa: BLE001 - a full disk, a font that is damaged
            log.warning("a picture could not be drawn", extra={"why": type(error).__name__})

    @staticmethod
    async def _cosmetic(call: Coroutine[Any, Any, None]) -> None:
        """Nice to have: that it failed changes nothing for anybody."""
        try:
            await call
        except Exception as error:  # noqa: BLE001 - whatever it is
            log.info("cosmetic call failed", extra={"why": type(error).__name__})
