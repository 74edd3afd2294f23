"""The local web page: a network of our own, with the community's groups and each person's private chat with the bot."""

from core.network import Can

CAN = Can(max_text=20_000, in_flight=4)
"""Everything but reactions as presses: what has a button needs none. The page is ours: it needs no pace."""
