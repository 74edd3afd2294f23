"""Matters against a simple model: whatever the order of shares, answers and steps, the board counts as it does."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from core.audit import AuditLine
from core.matters import MatterShare
from core.posts import Post
from tests.street import YANG, Street, street

PEOPLE = ("陈伯", "李阿姨", "王伯", "赵姨", "孙姐")
ACTS = ("share", "yes", "no", "good", "poor", "step", "solve", "restart")
KEPT = settings(max_examples=12, deadline=None)


@dataclass
class Model:
    """What ought to be: who shares it, what each said last, which time they were asked of, and answered."""

    open: bool = True
    round: int = 0
    shares: set[str] = field(default_factory=lambda: {PEOPLE[0]})
    said: dict[str, str] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    answered: dict[str, int] = field(default_factory=dict)
    graded: dict[str, str] = field(default_factory=dict)
    questions: Counter[tuple[str, int]] = field(default_factory=Counter)

    def ask(self, whom: set[str]) -> None:
        for who in whom:
            if who in self.asked and (self.said.get(who) != "no" or self.asked[who] == self.round):
                continue
            self.asked[who] = self.round
            self.questions[who, self.round] += 1

    def does(self, act: str, who: str) -> None:
        match act:
            case "share":
                self.shares.add(who)
                if not self.open:
                    self.ask({who})
            case "solve":
                self.open, self.round = False, self.round + 1
                self.ask(self.shares)
            case "yes" | "no" if self.awaits(who):
                self.said[who], self.answered[who] = act, self.asked[who]
                self.graded.pop(who, None)
                self.open = self.open or act == "no"
            case "good" | "poor" if self.may_grade(who):
                self.graded[who] = act

    def awaits(self, who: str) -> bool:
        return who in self.asked and self.answered.get(who) != self.asked[who]

    def may_grade(self, who: str) -> bool:
        return self.said.get(who) == "yes" and not self.awaits(who) and who not in self.graded

    def counts(self) -> tuple[int, int, int]:
        """People, and from three answers on how many say 解决了 and 还没有."""
        yes, no = list(self.said.values()).count("yes"), list(self.said.values()).count("no")
        return (len(self.shares), yes, no) if yes + no >= 3 else (len(self.shares), 0, 0)


WORDS = {"yes": "解决了", "no": "还没有", "good": "满意", "poor": "不满意"}


async def do(here: Street, model: Model, act: str, who: str) -> None:
    match act:
        case "share":
            await here.say(who, "我也是 1", None)
        case "solve":
            await here.say(YANG, f"事1 解决了 第{model.round + 1}回", None)
        case "step":
            await here.say(YANG, "事1 物业来看过了", None)
        case "restart":
            await here.again()
        case _ if model.awaits(who) if act in ("yes", "no") else model.may_grade(who):
            await here.press(who, WORDS[act], "路灯")
    model.does(act, who)
    await here.deliver()


def shown(here: Street) -> tuple[int, int, int]:
    """What the board says."""
    line = next(line for line in here.texts()[-1].splitlines() if line.startswith("事1 "))

    def number(pattern: str) -> int:
        found = re.search(pattern, line)
        return int(found[1]) if found else 0

    return number(r"(\d+)人") or 1, number(r"解决(\d+)"), number(r"还没有(\d+)")


@KEPT
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(PEOPLE)), min_size=8, max_size=30))
async def test_the_board_counts_as_the_model_does_and_nobody_is_asked_twice(acts: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with street(Path(folder), *PEOPLE, posted="") as here:
            model = Model()
            await here.say(PEOPLE[0], "烦心事 南门口的路灯不亮")
            await here.deliver()
            for act, who in acts:
                await do(here, model, act, who)
                assert shown(here) == model.counts(), (act, who)
                assert ("请大家看看" in here.texts()[-1]) is not model.open
            assert len(here.rows(MatterShare)) == len(model.shares)
            asked = Counter((post.member_id, post.occasion) for post in here.rows(Post) if post.kind == "matters.look")
            assert sorted(asked.values()) == sorted(model.questions.values())
            nameless(here)


def nameless(here: Street) -> None:
    """No name of theirs stands on the board or with the coordinator, now or ever; the log knows no answer."""
    told = [moment.text for moment in here.network.screens.log if not moment.who]
    for name in PEOPLE:
        assert [text for text in told if name in text] == []
    verbs = {line.verb for line in here.rows(AuditLine)}
    assert not [verb for verb in verbs if "yes" in verb or "not_yet" in verb]
