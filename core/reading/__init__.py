"""What people write, read: pure functions without clock, network or memory. Five ways in; how they do it is private.

- `read_time`: the time that a text is about.
- `read_post`: what a coordinator's posting says; `amend` reads a correction of one.
- `read_chain`: a 接龙 pasted from elsewhere.
- `read_command`: the short words of a chat; `choose` reads them against what was asked.
- `find_person`: whom a name may mean.

`docs/reading.md` says how to add a word, a form of time, a language.
"""

from core.reading.answers import Option, choose
from core.reading.chains import Chain, Entry, read_chain
from core.reading.commands import NOTHING, Command, Context, read_command
from core.reading.names import Ambiguous, Known
from core.reading.names import one as find_person
from core.reading.posts import Posting, amend, read_post
from core.reading.times import TimeReading, read_time, read_times

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
    "read_chain",
    "read_command",
    "read_post",
    "read_time",
    "read_times",
]
