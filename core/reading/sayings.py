"""What a clause asks of the bot: a table of patterns over the roles of its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from core.reading.clauses import Clause
from core.reading.kinds import Kinds
from core.reading.roles import Word, cuts
from core.reading.vocabulary import regex

Strength = Literal["strong", "weak", "reply", "rider", "unasked"]
"""strong: meant for the bot whatever stands around it. weak: only with courtesy around it. reply: only in answer to a
roster. rider: only beside a clause of the same intent. unasked: weak, and not in answer to a roster."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One way to say an intent: `roles` is the pattern, written with the names below."""

    intent: str
    roles: str
    strength: Strength = "strong"


@dataclass(frozen=True, slots=True)
class Heard:
    """A clause understood: by which saying, and how it was cut."""

    saying: Saying
    words: tuple[Word, ...]


# Names for what recurs in the patterns. Longer names first: they are replaced in this order.
NAMES = {
    "BUSY": "[adgG#UfFZ@R]*",  # the same, with reasons
    "AROUND": "[adgG#UfFZ@]*",  # what may stand before or between without changing what is meant
    "AFTER": "[adgG#UnifLFQDPTvVZhA@]*",  # what may follow
    "PLAIN": "[adgG#UnfFQDPiZ@]*",  # what may follow a bare word: no 了, which would tell of the past
    "WHO": "n?[pk](?:(?:nn|n?(?:[ca]+n?)?)[pk])*n?~?",  # one or more other people; one way to match each
    "ME": "[mu]",
    "DISH": "[niDP]*D[DPnF]*",
}

SAYINGS: tuple[Saying, ...] = (
    Saying("swap", "AROUND ME a* [wC>] p G+ [fFQ]*"),  # I'll take Mary's place
    # joining
    Saying("join", "AROUND j+ PLAIN"),
    Saying("join", "AROUND ME AROUND (?:jV?|Vj)++ AFTER"),
    Saying("join", "AROUND ME AROUND V a* [vj]+ AFTER"),
    Saying("join", "AROUND s+ (?:c WHO)? AFTER"),
    Saying("join", "AROUND ME? a* s AFTER"),
    Saying("join", "AROUND ME AROUND v+ PLAIN", "weak"),
    Saying("join", "AROUND ME a* V [fFLdgG#Q]*", "weak"),
    Saying("join", "a* v+ [nfFv]*", "reply"),
    Saying("join", "AROUND V+ [fF]*", "reply"),
    Saying("join", "[adgG#UFD]* m? a* i [gG#UdfFDRTQ]*"),
    Saying("join", "AROUND n [afFdgG#U]* [vVj]* [fF]*", "reply"),
    Saying("join", "AROUND (?:ME|n) n? a* v+ [fFQdgG#]*", "weak"),
    Saying("join", "[Faf]* j? d? (?:U|U n|n U) [fF]*", "reply"),
    # joining with others
    Saying("join", "AROUND ME AROUND j* [cw] WHO a* n? AROUND [jvV]+ AFTER"),
    Saying("join", "AROUND ME AROUND [cw] n [fF]* AROUND [jvV]* AFTER", "weak"),
    Saying("join", "AROUND ME AROUND w WHO AFTER", "weak"),
    Saying("join", "AROUND ME AROUND (?:[jvV]|s)+ [fdgG#UF]* a* [cwb] (?:WHO|n) AFTER"),
    Saying("join", "AROUND j PLAIN [cw] (?:ME|WHO|n) n? PLAIN"),
    Saying("join", "AROUND s a* [cw] (?:WHO|n) AFTER"),
    Saying("join", "AROUND w WHO a* [vjfFd]*", "weak"),
    Saying("join", "AROUND ME c WHO a* n? [fF]*", "reply"),
    Saying("join", "AROUND WHO c ME AROUND n? AROUND [jv]+ AFTER"),
    Saying("join", "AROUND ME c a* WHO n [fF]*", "weak"),
    Saying("join", "AROUND WHO c ME a* n? [fF]*", "reply"),
    Saying("join", "AROUND (?:ME n|n) AROUND [jvV]*j[jvV]* AFTER"),
    Saying("join", "AROUND ME n AROUND [vV]+ AFTER"),
    Saying("join", "[fF]* m a+ U [fLF]*", "weak"),
    Saying("join", "AROUND ME a* > [dgG#U]+ [fFQ]*", "weak"),
    Saying("join", "[fF]* U m [fF]*", "weak"),
    Saying("join", "AROUND ME c J a* [vj]+ [fF]*", "weak"),
    Saying("join", "AROUND a* s O [fF]*"),
    Saying("join", "AROUND ME AROUND j b? WHO PLAIN"),
    Saying("join", "AROUND j ME c WHO PLAIN"),
    Saying("join", "AROUND WHO a+ B z Z [fF]*"),
    Saying("join", "[fFa]* m [fFa]*", "reply"),
    Saying("join", "[fF]* 1 WHO n? [fFZ]*", "reply"),  # 有我老头子一个
    Saying("join", "[fFa]* [cw]? WHO a* n? [fFZ]*", "rider"),
    Saying("join", "[fFa]* P [fFa]*", "rider"),
    # joining for others
    Saying("join", "AROUND (?:ME AROUND)? [bt] [aU]* (?:WHO|mcWHO) AROUND (?:j|s)+ AFTER"),
    Saying("join", "AROUND [bt] WHO c ME AROUND (?:j|s)+ AFTER"),
    Saying("join", "AROUND (?:ME AROUND)? [bt] z AROUND (?:j|s)+ AFTER"),
    Saying("join", "AROUND j PLAIN b? WHO PLAIN"),
    Saying("join", "AROUND WHO AROUND (?:3 AROUND)? j+ PLAIN"),
    Saying("join", "AROUND WHO (?:3)? a+ v+ PLAIN", "weak"),
    Saying("join", "AROUND WHO (?:3 a*)? v+ [fFa]*", "weak"),
    Saying("join", "AROUND ME [aGU]* C n [fF]*", "weak"),  # 我们三号楼出两个人
    Saying("join", "AROUND B (?:ME c)? WHO (?:c ME)? Z+ AFTER"),
    Saying("join", "AROUND (?:s|j) b WHO AFTER"),
    Saying("join", "AROUND i b? WHO PLAIN"),
    Saying("join", "AROUND I WHO [Zn]* PLAIN"),
    Saying("join", "AROUND (?:ME c)? WHO (?:c ME)? a* I [Zn]* PLAIN"),
    Saying("join", "AROUND (?:ME AROUND)? b WHO a* I [Zn]* PLAIN"),
    # joining with a dish
    Saying("join", "AROUND D ME a* C [fFL]*", "weak"),  # 红烧肉我来烧
    Saying("join", "AROUND w n [fF]*", "reply"),
    Saying("join", "AROUND ME a* C DISH AFTER"),
    Saying("join", "AROUND (?:j|g) DISH [fFn#]*"),
    Saying("join", "AROUND WHO a* C DISH [fFn#]*"),
    Saying("join", "[fFd]* C? DISH [fFn#]*", "reply"),
    # leaving
    Saying("leave", "BUSY (?:(?:ME|n) n? BUSY (?:c WHO BUSY)?)? l+ [adgG#UfLFQp]*"),
    Saying("leave", "BUSY ME c WHO BUSY l+ AFTER"),
    Saying("leave", "BUSY WHO c ME BUSY l+ AFTER"),
    Saying("leave", "BUSY WHO BUSY (?:3 BUSY)? l+ AFTER"),  # 老王他不来了
    Saying("leave", "BUSY z BUSY l+ L? WHO [fF]*"),  # 伊勿来了 张家阿婆
    Saying("leave", "AROUND ME c WHO AROUND Y+ [adgG#UfLFQ]*"),
    Saying("leave", "BUSY ME BUSY q+ [adgG#UfLFQl]*"),
    Saying("leave", "BUSY q+ [adgG#UfFQlL]*"),
    Saying("leave", "AROUND p(?:c?p)* BUSY Y+ [adgG#UfLFQ]*"),
    Saying("leave", "AROUND (?:ME AROUND)? [bt] WHO AROUND [qY]+ [gGjfLF#dU]*"),
    Saying("leave", "AROUND z AROUND l+ AFTER"),
    Saying("leave", "AROUND > WHO Y [fF]*"),
    Saying("leave", "[fF]* m a* Y+ [fLF]*"),
    Saying("leave", "AROUND (?:ME AROUND)? [bt] z AROUND [qY]+ AFTER"),
    Saying("leave", "AROUND WHO [bt] z Y+ [fLF]*"),  # 老李把他名字划掉吧
    Saying("leave", "AROUND (?:ME|WHO) AROUND (?:N|S) [va]* [vV] [adgG#UfLF]*"),
    Saying("leave", "[adgG#]* N v L [fF]*"),
    Saying("leave", "AROUND ME? AROUND S V? [gGd]+ [fFR]*", "weak"),
    Saying("leave", "AROUND q (?:[bw]? WHO) [fFdgG#]*"),
    Saying("leave", "AROUND Y [bw] WHO [fFdgG#]*"),
    Saying("leave", "BUSY (?:ME BUSY)? <+ [adgG#UfLFQRlq<]*", "reply"),
    # changing with somebody
    Saying("swap", "AROUND (?:[muy] AROUND)? (?:[cyt] (?:WHO|ME|y) AROUND)? e [adgG#UfLFQORZ]*"),
    Saying("swap", "AROUND y [adgGF]* (?:[cyt] [mu]|WHO) [adgG]* [eK] [adgG#UfLFQO]*"),
    Saying("swap", "AROUND y [adgGU]* [eEK]+ [adgG#UfLFQO]*"),
    Saying("swap", "AROUND y [adgG]* c m [adgG]* [eK]+ [adgG#UfLFQO]*"),  # 哪位老师可与我对调
    Saying("swap", "AROUND (?:ME AROUND)? E+ [adgG#UfLFQO]*"),
    Saying("swap", "AROUND ME? [dgGaf]* y [adgG]* [eEK]+ [fLFO]*"),
    Saying("swap", "AROUND ME? [adgGf]* c y [adgG]* [eK] [adgGfLFOQ]*"),
    Saying("swap", "AROUND ME AROUND c WHO [adgG]* [eKt] [adgG#UfLFQO]*"),
    Saying("swap", "AROUND WHO a* c m [adgG]* [eK] [fLFO]*"),
    Saying("swap", "AROUND c m [adgG]* [eK] [adgG#UfLFQO]*", "weak"),
    Saying("swap", "AROUND ME AROUND c z [adgG]* [eK] [adgGfLFQO]*"),
    Saying("swap", "AROUND ME AROUND b WHO [adgG]* [eE]+ [adgGfLFQO]*"),
    Saying("swap", "AROUND c WHO [adgG]* [eKt] [adgG#UfLFQO]*", "weak"),
    Saying("swap", "AROUND ME? [adgGF]* d [adgG]* K [adgG]* [fFQO]*", "weak"),
    Saying("swap", "AROUND ME AROUND [tr] f* (?:WHO|z) [adgGvfLQ#]*"),
    Saying("swap", "AROUND WHO AROUND [Nl]+ [vLfd]* AROUND ME a* [tr] (?:z|WHO) [adgGvfLFQ]*"),
    Saying("swap", "AROUND WHO AROUND (?:Nv|l)+ L? ME a* v+ [fL]*"),
    Saying("swap", "AROUND d K d [fFOyV]*", "weak"),
    Saying("swap", "AROUND ME a* K d [fFO]*", "weak"),
    Saying("swap", "f* m? a+ K [fLF]*", "weak"),
    Saying("swap", "AROUND WHO ME a* t+ [fL]*"),
    Saying("swap", "AROUND WHO G+ AROUND ME a* [tr] [adgGvfLQ]*"),
    Saying("swap", "AROUND r (?:WHO|z) [adgG#fFQ]*"),
    Saying("swap", "AROUND ME a* t [fLF]*", "weak"),
    Saying("swap", "AROUND (?:ME AROUND)? e c? (?:WHO|y) [adgG#UfFQO]*"),
    Saying("swap", "AROUND y > [dgG]+ m [fFO]*"),
    Saying("swap", "AROUND (?:ME a*)? % p a* [vV]* [fLFQZ]*", "weak"),  # 换王阿姨去
    Saying("swap", "AROUND !? WHO a* [tr] m a* [vVG]* [fLFQZ]*"),  # 让王阿姨替我
    Saying("swap", "AROUND !? WHO a* E [fLFQ]*"),
    # being there, coming, having finished
    Saying("here", "AROUND (?:ME n?|WHO 3?|n)? [acF]* (?:WHO)? h+ [adgG#UfLFn@]*"),
    Saying("here", "AROUND WHO c ME a* h+ [adgG#UfLFn]*"),
    Saying("here", "AROUND ME c WHO a* h+ [adgG#UfLFn]*"),
    Saying("here", "AROUND (?:ME|p(?:c?p)*) a* H [fF]*"),
    Saying("here", "AROUND b WHO a* h+ [adgG#UfLF]*"),
    Saying("here", "[fFad]* m a* @ [fF]*", "weak"),
    Saying("here", "[fF]* @ [fF]*", "reply"),
    Saying("here", "[fF]* a+ @ [fFL]*", "weak"),
    Saying("here", "[fF]* @ a+ [fF]*", "weak"),
    Saying("here", "[fF]* H [fF]*", "weak"),
    Saying("on_the_way", "[adgG#UfFR]* (?:ME n?|WHO 3?)? [acF]* (?:WHO)? o+ [adgG#UfLFvH]*"),
    Saying("on_the_way", "[fFa]* ME a* d a* : [fFL]*", "unasked"),  # 我七点一刻到 joins only where a roster asks
    Saying("on_the_way", "AROUND ME c WHO a* o+ [adgG#UfLFv]*"),
    Saying("done", "[adgG#UfF]* (?:ME n?|WHO)? [adgG]* x+ [adgGA#UfLFRx]*"),
    Saying("done", "A x+ [fLF]*"),
    # asking the bot
    Saying("mine", "[afF=]* M [fOd]*"),
    Saying("mine", "[fF]* [dgG]+ ME a* v+ [Of]*O[Of]*"),  # 明天的巡逻我还要去吗
    Saying("list", "[afFd=]* A [fOd]*"),
    Saying("help", "[afFGd=]* W [fOG]*"),
)


def _compile(roles: str) -> re.Pattern[str]:
    for name, pattern in NAMES.items():
        roles = roles.replace(name, pattern)
    return re.compile(roles.replace(" ", ""))


_PATTERNS = tuple((saying, _compile(saying.roles)) for saying in SAYINGS)


def heard(piece: Clause, kinds: Kinds, *, reply: bool, rider: bool = False) -> Heard | None:
    """What the whole clause says to the bot, or None.

    `reply`: it answers a roster, so less need be said. `rider`: it stands beside a clause that says the main thing.
    """
    if _WHETHER.search(piece.text):
        return None
    best: Heard | None = None
    for words in cuts(piece, kinds):
        roles = "".join(word.role for word in words)
        for saying, pattern in _PATTERNS:
            if _admitted(saying.strength, reply=reply, rider=rider) and pattern.fullmatch(roles):
                if saying.strength == "strong":
                    return Heard(saying, words)
                best = best or Heard(saying, words)
                break
    return best


_WHETHER = re.compile(regex("sayings", "whether"))
"""来不来, 去不去: these ask; 我想想 puts off; 到了就好 wishes."""


def _admitted(strength: Strength, *, reply: bool, rider: bool) -> bool:
    match strength:
        case "reply":
            return reply or rider
        case "rider":
            return rider
        case "unasked":
            return not (reply or rider)
    return True


COURTEOUS = frozenset("fFLQadGmuyVJpg")


def courtesy(piece: Clause, kinds: Kinds, also: str = "RT", with_a: str = "") -> bool:
    """Is the clause nothing but greetings, names called, thanks, and (`also`) reasons and small questions?

    `with_a`: and is one of these roles among them?
    """
    return any(
        all(word.role in COURTEOUS or word.role in also for word in words)
        and (not with_a or any(word.role in with_a for word in words))
        for words in cuts(piece, kinds)
    )


def reasons(piece: Clause, kinds: Kinds) -> bool:
    """Is the clause a usual reason, with nothing but courtesy around it?"""
    return "".join(word.role for word in next(cuts(piece, kinds), ())).strip("fFLadm") == "R"
