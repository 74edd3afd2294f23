"""The local web page: a network of our own, with the community's groups and each person's private chat with the bot."""

from core.network import Can

CAN = Can(max_text=20_000, in_flight=4, leaves=False)
"""Everything but reactions as presses: what has a button needs none. The page and its groups are ours: it needs no
pace, and there is no group to leave."""
