"""A database server is stopped and started again while people claim."""

from __future__ import annotations

from tests.faults.restarts import storm
from tests.postgres import owned


async def test_a_server_stopped_and_started_again_in_a_storm_of_claims_loses_and_doubles_nothing() -> None:
    with owned() as server:
        claims, again = await storm(server, 2)
    assert claims > 0
    assert again > 0
