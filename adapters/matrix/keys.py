"""The keys of the bot's device: published, fetched and shared in time, so that what is sent can be read."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Any

import nio
from nio.crypto import OlmDevice

from adapters.matrix.server import FailedError, Json, Server, check_sound
from core.network import Later

log = logging.getLogger(__name__)

UNSYNCED = 0.5
"""Seconds to wait for a room that is ours but has not come down the stream yet."""


CONCERNS = ("m.room.member", "m.room.encryption")


def concerning_keys(answer: Json) -> Json:
    """An answer of the stream reduced to who is in which encrypted room, and what other devices sent to this one."""
    rooms = {}
    for room_id, room in answer.get("rooms", {}).get("join", {}).items():
        parts = {
            part: {"events": [event for event in room.get(part, {}).get("events", []) if event.get("type") in CONCERNS]}
            for part in ("state", "timeline")
        }
        rooms[room_id] = {**parts, "ephemeral": {"events": []}, "account_data": {"events": []}}
    names = ("next_batch", "to_device", "device_lists", "device_one_time_keys_count")
    return {"rooms": {"join": rooms}} | {name: answer[name] for name in names if name in answer}


class Keys:
    """Encryption of one device. Nothing here is done twice at once: keys that overtake each other cannot be read."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._client = server.client
        self._one = asyncio.Lock()

    def encrypts(self, room: str) -> bool:
        """Whether what is sent into this room has to be encrypted. Raises `Later` for a room not seen yet."""
        known = self._client.rooms.get(room)
        if known is None:
            raise Later(UNSYNCED)
        return bool(known.encrypted)

    async def encrypt(self, room: str, kind: str, content: Json) -> tuple[str, Json]:
        """The event to send instead. When this returns, every device in the room has been given the key to it.

        Devices count that their owner has not verified: neighbours do not compare emoji with a bot.
        """
        async with self._one:
            await self._fetch()
            if not self._client.rooms[room].members_synced:
                check_sound(await self._client.joined_members(room))
                await self._fetch()
            for last in (False, True):
                if not self._client.olm.should_share_group_session(room) and not self._unreached(room):
                    break
                with contextlib.suppress(*(() if last else (FailedError,))):  # a device came meanwhile
                    await self._share(room)
            sealed: tuple[str, Json] = self._client.encrypt(room, kind, content)
            return sealed

    async def take(self, answer: Json) -> None:
        """Take in what an answer of the stream says about keys and devices.

        nio is given that and nothing else: it looks at every event with a JSON schema, and one that it stumbles over
        would hold up everything after it. While a key is handed out it waits: whoever came in the middle of that would
        be left out, and the key taken for one that they have.
        """
        async with self._one:
            try:
                await self._take(concerning_keys(answer))
            except FailedError:
                raise
            except Exception:
                log.exception("Matrix: something sent to this device is unusable; the rest is taken piece by piece")
                pieces = answer.get("to_device", {}).get("events", [])
                await self._take(concerning_keys({**answer, "to_device": {}}))
                for piece in pieces:
                    with contextlib.suppress(Exception):
                        await self._take({"next_batch": answer["next_batch"], "to_device": {"events": [piece]}})

    async def _take(self, answer: Json) -> None:
        """nio writes each key to its file by itself; in one transaction they are there all or none, and what is not
        there after a crash is sent again by the server."""
        response = nio.SyncResponse.from_dict(answer)
        if isinstance(response, nio.ErrorResponse):
            raise FailedError(str(response))
        self._client.next_batch = ""  # nio would pass over a second helping of the same answer
        with self._client.store.database.atomic():
            await self._client.receive_response(response)

    def forget(self, room: str) -> None:
        """The bot is no longer in this room."""
        self._client.rooms.pop(room, None)

    async def maintain(self) -> None:
        """Do what the last answer of the stream made necessary. Called between two of them."""
        async with self._one:
            if self._client.should_upload_keys:
                await self.publish()
            await self._fetch()
            if self._client.should_claim_keys:
                check_sound(await self._client.keys_claim(self._client.get_users_for_key_claiming()))
            for answer in await self._client.send_to_device_messages():
                check_sound(answer)

    async def publish(self) -> None:
        """Upload the device's keys and fresh one-time keys.

        They are saved before they are sent: nio saves after, and a process that dies in between makes other keys under
        the same names, which the server then refuses for ever.
        """
        olm = self._client.olm
        keys = olm.share_keys()
        olm.save_account()
        answer = await self._server.ask("POST", "keys", "upload", body=keys)
        counts = answer.get("one_time_key_counts", {})
        olm.handle_response(nio.KeysUploadResponse(counts.get("curve25519", 0), counts.get("signed_curve25519", 0)))

    def device_keys(self) -> dict[str, str]:
        """The public keys of this device: `curve25519` and `ed25519`."""
        keys: dict[str, str] = self._client.olm.account.identity_keys
        return keys

    def sign(self, value: Json) -> str:
        """This device's signature of a JSON object."""
        return str(self._client.olm.sign_json(value))

    async def request(self, room: str, event: Json) -> None:
        """Ask the account's other devices for the key of a message: an operator's own client may have it."""
        parsed = nio.Event.parse_event({**event, "room_id": room})
        if isinstance(parsed, nio.MegolmEvent) and parsed.session_id not in self._client.outgoing_key_requests:
            check_sound(await self._client.request_room_key(parsed))

    def open(self, room: str, event: Json) -> Json | None:
        """An encrypted event in clear, if its key has come by now."""
        sealed = self._with_sender_key(room, event)
        content = sealed["content"]
        sessions = self._client.olm.inbound_group_store
        if sessions.get(room, str(content.get("sender_key")), str(content.get("session_id"))) is None:
            return None
        parsed = nio.Event.parse_event(sealed)
        if not isinstance(parsed, nio.MegolmEvent):
            return None
        try:
            clear = self._client.olm.decrypt_megolm_event(parsed, room)
        except nio.EncryptionError:
            return None
        source: Json = clear.source
        return source if source.get("event_id") == event["event_id"] else None

    def _with_sender_key(self, room: str, event: Json) -> Json:
        """The event as nio reads it: it insists on two fields that the specification no longer asks of clients."""
        content: dict[str, Any] = event.get("content", {})
        if "sender_key" in content and "device_id" in content:
            return event
        sessions = self._client.olm.inbound_group_store
        for session in sessions:
            if session.id == content.get("session_id") and session.room_id == room:
                return {**event, "content": {"device_id": "", **content, "sender_key": session.sender_key}}
        return event

    async def _fetch(self) -> None:
        """Learn the devices of people whose devices changed."""
        if self._client.should_query_keys:
            check_sound(await self._client.keys_query())

    async def _share(self, room: str) -> None:
        """Hand the room's next key to every device in it.

        nio takes the key for shared even where a request failed, and those devices would never read anything: so it is
        looked at again here, and thrown away if it did not reach everybody it could have reached.
        """
        self._client.olm.outbound_group_sessions.pop(room, None)
        missing = self._client.olm.get_missing_sessions(list(self._client.rooms[room].users))
        if missing:
            check_sound(await self._client.keys_claim(missing))
        check_sound(await self._client.share_group_session(room, ignore_unverified_devices=True))
        if self._unreached(room):
            del self._client.olm.outbound_group_sessions[room]
            raise FailedError(f"the key for {room} did not reach every device")

    def _unreached(self, room: str) -> bool:
        """Whether somebody in the room has a device that could have the room's key, and was not given it."""
        session = self._client.olm.outbound_group_sessions[room]
        reached = session.users_shared_with | session.users_ignored
        return any(
            self._could_read(device) and (user, device.id) not in reached
            for user in self._client.rooms[room].users
            for device in self._client.device_store.active_user_devices(user)
        )

    def _could_read(self, device: OlmDevice) -> bool:
        own = device.id == self._client.device_id and device.user_id == self._client.user_id
        return not own and self._client.olm.session_store.get(device.curve25519) is not None
