"""How much an account may still send before its server says no, as far as that can be known from here.

Servers do not tell their limits. Synapse's own are taken to hold until more went through than they allow.
"""

from __future__ import annotations

from dataclasses import dataclass

BURST, EACH = 10, 5.0
"""Synapse's defaults: so many at once, then one in so many seconds."""
KEPT = 6
"""So many are kept for what people wait for: a thumb, a sign to press and a pin come after rosters and answers."""
BEYOND = 4
"""So many more than allowed, and the limit is another one, or none."""


@dataclass(slots=True)
class Bucket:
    """Every moment is monotonic seconds, given by the caller."""

    left: float = BURST
    at: float = 0.0
    free: bool = False  # more went through than Synapse allows

    def spent(self, now: float) -> None:
        """Something went through."""
        self._fill(now)
        self.left -= 1
        self.free = self.free or self.left < -BEYOND

    def refused(self, now: float, wait: float) -> None:
        """The server said no, and that in `wait` seconds one may go."""
        self.free, self.at = False, now
        self.left = min(1 - wait / EACH, 0.0)

    def spare(self, now: float) -> float:
        """Seconds until what is only nice to have may go; 0 for now."""
        if self.free:
            return 0.0
        self._fill(now)
        return max(0.0, (KEPT + 1 - self.left) * EACH)

    def _fill(self, now: float) -> None:
        if self.at:
            self.left = min(BURST, self.left + max(0.0, now - self.at) / EACH)
        self.at = now
