"""What the lanes of one bot account promise: the network's limits are met, and little time is given away."""

from __future__ import annotations

import heapq
import random
from collections import defaultdict, deque

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pace import STRICT, Lanes
from core.network import Can, Pace

TELEGRAM = Can(overall=(Pace(30, 1.0),), chat=(Pace(1, 1.0),), group=(Pace(20, 60.0),))


class Server:
    """Counts arrivals in sliding windows, as the strictest server would."""

    def __init__(self, can: Can) -> None:
        self.can = can
        self.seen: dict[tuple[str, Pace], deque[float]] = defaultdict(deque)
        self.refused = 0

    def arrive(self, chat: str, group: bool, at: float) -> None:
        lanes = [("", pace) for pace in self.can.overall] + [(chat, pace) for pace in self.can.chat]
        lanes += [(chat, pace) for pace in self.can.group if group]
        for lane in lanes:
            times = self.seen[lane]
            while times and times[0] <= at - lane[1].seconds:
                times.popleft()
            times.append(at)
            self.refused += len(times) > lane[1].count


class Wire:
    """Plays sends against a server in made-up time: `delays` gives the way there and the way back of each call."""

    def __init__(self, can: Can, delays, in_flight: int = 12) -> None:
        self.lanes, self.server, self.delays, self.in_flight = Lanes(can), Server(can), delays, in_flight
        self.now, self.left, self.arrivals = 0.0, [], []

    def send_all(self, chats: list[str], group: bool) -> float:
        """Send one message to each; return the moment the last one arrived."""
        waiting, under_way, arriving = deque(chats), [], []
        while waiting or under_way:
            at = self.lanes.when(waiting[0], group, self.now) if waiting else float("inf")
            if waiting and at <= self.now and len(under_way) < self.in_flight:
                chat = waiting.popleft()
                there, back = self.delays()
                call = self.lanes.took(chat, group, self.now)
                self.left.append(self.now)
                heapq.heappush(arriving, (self.now + there, chat))
                heapq.heappush(under_way, (self.now + there + back, id(call), call))
                continue
            free = at if len(under_way) < self.in_flight else float("inf")
            if under_way and under_way[0][0] <= free:
                self.now, _, call = heapq.heappop(under_way)
                self.lanes.landed(call, self.now)
            else:
                self.now = free
        while arriving:
            at, chat = heapq.heappop(arriving)
            self.arrivals.append(at)
            self.server.arrive(chat, group, at)
        return self.arrivals[-1]


def test_a_first_call_that_opens_the_connection_lets_the_second_not_come_too_early():
    ways = iter([(0.9, 0.1), *[(0.02, 0.02)] * 50])
    wire = Wire(TELEGRAM, lambda: next(ways))
    wire.send_all(["g"] * 40, True)
    assert wire.server.refused == 0


def steady(round_trip: float):
    return lambda: (round_trip / 2, round_trip / 2)


def people(n: int) -> list[str]:
    return [f"p{i}" for i in range(n)]


@pytest.mark.parametrize("round_trip", [0.04, 0.3])
@pytest.mark.parametrize(("count", "most"), [(152, 1.05), (1500, 1.02)])
def test_many_private_messages_take_hardly_longer_than_the_limits_allow(round_trip: float, count: int, most: float):
    wire = Wire(TELEGRAM, steady(round_trip))
    last = wire.send_all(people(count), group=False)
    assert wire.server.refused == 0
    assert last - wire.arrivals[0] <= most * count / 30


def test_forty_posts_into_one_group_take_hardly_longer_than_the_limits_allow():
    wire = Wire(TELEGRAM, steady(0.04))
    last = wire.send_all(["g"] * 40, group=True)
    assert wire.server.refused == 0
    assert last - wire.arrivals[0] <= 1.02 * (60 + 19)  # twenty at one a second, and twenty more a minute later


@settings(max_examples=60, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32), unevenness=st.floats(0, 0.5), stuck=st.floats(0, 0.05))
def test_calls_held_up_on_their_way_never_make_a_crowd_at_the_server(seed: int, unevenness: float, stuck: float):
    """The first calls are even, so that the fastest way is known; then anything may happen on the way there or back."""
    chance = random.Random(seed)
    wire = Wire(TELEGRAM, steady(0.05))
    wire.send_all(people(5), group=False)
    wire.now += 2
    wire.delays = lambda: (
        0.025 + chance.random() * unevenness + (5 if chance.random() < stuck else 0),
        0.025 + chance.random() * unevenness,
    )
    wire.send_all([f"{chance.randrange(40)}" for _ in range(150)], group=chance.random() < 0.5)
    assert wire.server.refused == 0


def test_one_call_that_hangs_takes_one_place_and_no_more():
    lanes = Lanes(TELEGRAM)
    quick = lanes.took("a", False, 0.0)
    lanes.landed(quick, 0.05)
    lanes.took("hangs", False, 10.0)
    for i in range(29):
        lanes.landed(lanes.took(f"p{i}", False, 10.0), 10.05)
    assert lanes.when("x", False, 10.1) == pytest.approx(11.02)
    assert lanes.when("x", False, 11.02) == 11.02
    assert lanes.when("hangs", False, 15.0) > 15.0


def test_a_chat_is_spoken_to_once_a_second_while_others_go_on():
    lanes = Lanes(TELEGRAM)
    for chat in ("z", "a"):
        lanes.landed(lanes.took(chat, False, 0.0), 0.1)
    assert lanes.when("a", False, 0.5) == pytest.approx(1.02)
    assert lanes.when("b", False, 0.5) == 0.5
    assert lanes.when(None, False, 0.5) == 0.5


def test_a_network_that_asks_to_wait_is_obeyed_in_that_chat_only():
    lanes = Lanes(TELEGRAM)
    lanes.hold("a", 7.0)
    lanes.hold("a", 3.0)
    assert lanes.when("a", False, 1.0) == 7.0
    assert lanes.when("b", False, 1.0) == 1.0
    lanes.hold(None, 4.0)
    assert lanes.when("b", False, 1.0) == 4.0
    assert lanes.when("a", False, 8.0) == 8.0


def test_a_refused_connection_says_nothing_about_how_fast_the_network_is():
    lanes = Lanes(TELEGRAM)
    lanes.landed(lanes.took("a", False, 0.0), 0.3)
    lanes.landed(lanes.took("b", False, 5.0), 5.001, answered=False)
    lanes.landed(lanes.took("c", False, 9.0), 9.3)
    assert lanes.when("c", False, 9.3) == pytest.approx(10.02)


def test_a_network_without_limits_never_waits():
    lanes = Lanes(Can())
    for _ in range(100):
        assert lanes.when("a", True, 5.0) == 5.0
        lanes.took("a", True, 5.0)


def test_chats_long_silent_are_forgotten():
    lanes = Lanes(TELEGRAM)
    for i in range(5000):
        lanes.landed(lanes.took(f"p{i}", True, i * 1.0), i + 0.1)
    assert len(lanes._chats) < 1100


def test_after_a_wait_for_all_calls_leave_one_by_one_for_a_while():
    lanes = Lanes(Can())
    assert lanes.at_once(8, 0.0) == 8
    lanes.hold("group", 5.0)
    assert lanes.at_once(8, 0.0) == 8
    lanes.hold(None, 5.0)
    assert lanes.at_once(8, 5.0) == 1
    assert lanes.at_once(8, 5.0 + STRICT) == 8
