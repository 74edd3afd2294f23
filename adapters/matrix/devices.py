"""Devices of the bot's account that nobody will use again: what is sent would be sealed for them for ever."""

from __future__ import annotations

import logging
import time

from adapters.matrix.server import DeniedError, Json, Server

log = logging.getLogger(__name__)

UNSEEN = 24 * 3600.0
"""Seconds after which a device that this folder does not know is taken for dead: it may be in another folder."""


async def remove_dead(server: Server, name: str, earlier: str, password: str) -> list[str]:
    """Remove devices of this name but our own: that of an earlier login here, and those not seen for a day.

    Returns which. A server wants the password for it; where it takes none, they stay.
    """
    mine = server.client.device_id
    found = (await server.ask("GET", "devices")).get("devices", [])
    dead = [str(each["device_id"]) for each in found if each.get("device_id") != mine and over(each, name, earlier)]
    if not dead:
        return []
    body: Json = {"devices": dead}
    try:
        await server.ask("POST", "delete_devices", body=body)
    except DeniedError as denied:
        session = denied.answer.get("session")
        if denied.status != 401 or session is None or not password:
            log.info("Matrix: %d old devices of this account stay: %s", len(dead), denied)
            return []
        who = {"type": "m.id.user", "user": server.me}
        proof = {"type": "m.login.password", "identifier": who, "password": password, "session": session}
        await server.ask("POST", "delete_devices", body={**body, "auth": proof})
    return dead


def over(device: Json, name: str, earlier: str) -> bool:
    """Whether nobody will use it again."""
    if device.get("device_id") == earlier:
        return True
    seen = device.get("last_seen_ts")
    return device.get("display_name") == name and isinstance(seen, int) and time.time() - seen / 1000 > UNSEEN
