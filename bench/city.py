"""A city of 6,000 communities with one bot for each 100: how long its evening takes, and what its processes need.

    python -m bench.city [communities] [communities of one bot]

The evening: in each community 24 of 150 people are told at one moment of their duty of tomorrow, and six claim in its
group within ten minutes (its roster is edited, each hears so privately), all on Telegram with answers in 300 ms. Which
call leaves when is decided by the product's own lanes (`bot.pace`) and Telegram's limits, on a clock that is only
counted. Memory, start and a claim's time are those of one real process with so many communities (`bench.communities`),
times the number of bots.
Not simulated: the courier's own work between calls, the server of the database, networks that say 429.
"""

from __future__ import annotations

import heapq
import math
import random
import sys
from itertools import count

from adapters.telegram import CAN
from bench.communities import apart
from bot.pace import Call, Lanes

REMINDED, CLAIMS, WITHIN, ANSWER = 24, 6, 600.0, 0.3
Wish = tuple[float, int, str, bool]
"""From when it may go, its urgency (the smaller the earlier), the chat, and whether that is a group."""


def evening(communities: int, chance: random.Random) -> list[Wish]:
    """What one bot is to say."""
    wishes: list[Wish] = []
    for n in range(communities):
        wishes += [(0.0, 3, f"{n}/{who}", False) for who in range(REMINDED)]
        for who in range(CLAIMS):
            at = chance.uniform(0.0, WITHIN)
            wishes += [(at, 0, f"{n}/new{who}", False), (at, 1, f"group {n}", True)]
    return sorted(wishes)


def said(wishes: list[Wish]) -> dict[int, list[float]]:
    """For each urgency, how long each message waited until it had arrived."""
    lanes, now, waited = Lanes(CAN), 0.0, {urgency: [] for _, urgency, _, _ in wishes}
    ready: list[tuple[int, float, str, bool]] = []
    flying: list[tuple[float, int, Call]] = []
    coming, nth = list(reversed(wishes)), count()
    while coming or ready:
        while coming and coming[-1][0] <= now:
            at, urgency, chat, group = coming.pop()
            heapq.heappush(ready, (urgency, at, chat, group))
        while flying and flying[0][0] <= now:
            landed, _, call = heapq.heappop(flying)
            lanes.landed(call, landed)
        aside = []
        while ready and len(flying) < lanes.at_once(CAN.in_flight, now):
            wish = heapq.heappop(ready)
            urgency, at, chat, group = wish
            if lanes.when(chat, group, now) > now:
                aside.append(wish)
                if len(aside) > 200 or lanes.when(None, False, now) > now:
                    break
                continue
            heapq.heappush(flying, (now + ANSWER, next(nth), lanes.took(chat, group, now)))
            waited[urgency].append(now + ANSWER - at)
        for wish in aside:
            heapq.heappush(ready, wish)
        now += 0.02
    return waited


def main(communities: int, each: int) -> None:
    bots = math.ceil(communities / each)
    waited = said(evening(each, random.Random(1)))
    for urgency, what in ((0, "answers to claims"), (1, "rosters in groups"), (3, "reminders")):
        times = sorted(waited[urgency])
        print(
            f"{what}: {len(times)} a bot, {len(times) * bots} in the city; "
            f"half within {times[len(times) // 2]:.1f} s, 99 of 100 within {times[int(len(times) * 0.99)]:.1f} s, "
            f"the last after {times[-1]:.1f} s"
        )
    one = apart(each)
    took = 1000 * one["claim"]
    print(f"a process of {each}: {one['memory']:.0f} MB, {one['start']:.1f} s to start, a claim {took:.1f} ms")
    print(
        f"{bots} bots: {one['memory'] * bots / 1024:.1f} GB, {one['start'] * bots:.0f} s of one processor to start all"
    )
    claims = communities * CLAIMS / WITHIN
    print(f"claims: {claims:.0f} a second in the city, {claims * one['claim']:.2f} processors of the bots' machines")


if __name__ == "__main__":
    main(*(*map(int, sys.argv[1:]), *(6_000, 100)[len(sys.argv) - 1 :]))
