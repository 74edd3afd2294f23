"""Chains (接龙): the sign-up list that a WeChat group copies and grows, read, written and merged."""

from core.reading.chains.merge import Conflict, Merged, merge
from core.reading.chains.private import public_note
from core.reading.chains.read import read_chain
from core.reading.chains.rows import chain_row, merge_row
from core.reading.chains.values import Chain, Entry, Status
from core.reading.chains.write import write_chain

__all__ = [
    "Chain",
    "Conflict",
    "Entry",
    "Merged",
    "Status",
    "chain_row",
    "merge",
    "merge_row",
    "public_note",
    "read_chain",
    "write_chain",
]
