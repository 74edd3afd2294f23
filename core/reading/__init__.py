"""What people write, read: pure functions without clock, network or memory. Five ways in; how they do it is private.

- `read_time`: the time that a text is about.
- `read_post`: what a coordinator's posting says; `amend` reads a correction of one.
- `read_chain`: a 接龙 pasted from elsewhere.
- `read_command`: the short words of a chat; `choose` reads them against what was asked, `fitting` a name of one.
- `find_person`: whom a name may mean.

Within an event's transaction they read what is short; what is long was read before it began (`ahead.py`).
`docs/reading.md` says how to add a word, a form of time, a language.
"""

from core.reading import answers, chains, commands, posts, times
from core.reading.ahead import door
from core.reading.answers import Option
from core.reading.chains import Chain, Entry
from core.reading.commands import NOTHING, Command, Context
from core.reading.names import Ambiguous, Known
from core.reading.names import one as find_person
from core.reading.posts import Posting
from core.reading.times import TimeReading

amend = door(posts.amend, words=1)
choose = door(answers.choose)
fitting = door(answers.fitting)
read_chain = door(chains.read_chain)
read_command = door(commands.read_command, regardless=("lang",))
read_post = door(posts.read_post)
read_time = door(times.read_time)
read_times = door(times.read_times)

__all__ = [
    "NOTHING",
    "Ambiguous",
    "Chain",
    "Command",
    "Context",
    "Entry",
    "Known",
    "Option",
    "Posting",
    "TimeReading",
    "amend",
    "choose",
    "find_person",
    "fitting",
    "read_chain",
    "read_command",
    "read_post",
    "read_time",
    "read_times",
]
