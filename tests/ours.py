"""The readers as a bot with every feature has them."""

from __future__ import annotations

from functools import partial

from core.features import KINDS
from core.reading import commands, posts

read_command = partial(commands.read_command, kinds=KINDS)
read_post = partial(posts.read_post, kinds=KINDS)
amend = partial(posts.amend, kinds=KINDS)
