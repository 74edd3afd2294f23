"""A real Synapse on loopback: the far end of Matrix in tests."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

NAME = "here.test"
SECRET = "registration"
LIFTED = {"per_second": 10_000, "burst_count": 10_000}
START = 180.0
"""Seconds in which Synapse has to answer."""


def limits(*, lifted: bool, messages: bool) -> dict[str, Any]:
    """Synapse's limits: lifted for most tests; else its defaults, but for logging in, which tests do all the time.
    `messages`: only how many messages somebody may send is limited.
    """
    free = {
        "rc_login": {"address": LIFTED, "account": LIFTED, "failed_attempts": LIFTED},
        "rc_registration": LIFTED,
    }
    if not lifted and not messages:
        return free
    return (
        free
        | ({} if messages else {"rc_message": LIFTED})
        | {
            "rc_room_creation": LIFTED,
            "rc_admin_redaction": LIFTED,
            "rc_media_create": LIFTED,
            "rc_joins": {"local": LIFTED, "remote": LIFTED},
            "rc_joins_per_room": LIFTED,
            "rc_invites": {"per_room": LIFTED, "per_user": LIFTED, "per_issuer": LIFTED},
        }
    )


class Synapse:
    """One server. `stop` and `start` keep its data and its port, so that it can be away for a while."""

    def __init__(self, *, lifted: bool = True, messages: bool = False) -> None:
        memory = Path("/dev/shm")
        self.folder = Path(tempfile.mkdtemp(prefix="synapse-", dir=memory if memory.is_dir() else None))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        self._config = self.folder / "homeserver.yaml"
        self._config.write_text(yaml.safe_dump(self._settings() | limits(lifted=lifted, messages=messages)))
        self._numbers = iter(range(1, 1_000_000))

    def _settings(self) -> dict[str, Any]:
        seed = base64.b64encode(os.urandom(32)).decode().rstrip("=")
        (self.folder / "signing.key").write_text(f"ed25519 a_key {seed}\n")  # Synapse itself takes seconds to make one
        (self.folder / "log.yaml").write_text("version: 1\ndisable_existing_loggers: true\n")
        return {
            "server_name": NAME,
            "public_baseurl": self.url,
            "pid_file": str(self.folder / "pid"),
            "listeners": [
                {
                    "port": self.port,
                    "type": "http",
                    "bind_addresses": ["127.0.0.1"],
                    "resources": [{"names": ["client"]}],
                }
            ],
            "database": {"name": "sqlite3", "args": {"database": str(self.folder / "homeserver.db")}},
            "log_config": str(self.folder / "log.yaml"),
            "media_store_path": str(self.folder / "media"),
            "signing_key_path": str(self.folder / "signing.key"),
            "macaroon_secret_key": "m",
            "form_secret": "f",
            "registration_shared_secret": SECRET,
            "trusted_key_servers": [],
            "suppress_key_server_warning": True,
            "federation_domain_whitelist": [],
            "send_federation": False,
            "report_stats": False,
            "enable_metrics": False,
            "bcrypt_rounds": 4,
            "filter_timeline_limit": 100_000,  # clients of tests look seldom, and must miss nothing
            "caches": {"sync_response_cache_duration": "0s"},
            "presence": {"enabled": False},
        }

    def start(self) -> None:
        """Start, and return when the server answers."""
        with (self.folder / "errors").open("ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "synapse.app.homeserver", "-c", str(self._config)],
                stdout=subprocess.DEVNULL,
                stderr=errors,
            )
        deadline = time.monotonic() + START
        while True:
            try:
                with urllib.request.urlopen(f"{self.url}/_matrix/client/versions", timeout=2):
                    return
            except OSError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError((self.folder / "errors").read_text()[-2000:]) from None
                time.sleep(0.05)

    def stop(self) -> None:
        """End the process; its data stay."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def register(self, name: str, password: str = "password") -> str:
        """A new account called `name` with a number behind it; its full id."""
        user = f"{name}{next(self._numbers)}"
        with urllib.request.urlopen(f"{self.url}/_synapse/admin/v1/register") as answer:
            nonce = json.load(answer)["nonce"]
        said = "\0".join((nonce, user, password, "notadmin")).encode()
        body = {
            "nonce": nonce,
            "username": user,
            "password": password,
            "admin": False,
            "mac": hmac.new(SECRET.encode(), said, hashlib.sha1).hexdigest(),
        }
        request = urllib.request.Request(
            f"{self.url}/_synapse/admin/v1/register", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request) as answer:
            return str(json.load(answer)["user_id"])


@contextmanager
def serving(*, lifted: bool = True, messages: bool = False) -> Iterator[Synapse]:
    """A server while inside; nothing of it is left behind."""
    server = Synapse(lifted=lifted, messages=messages)
    server.start()
    try:
        yield server
    finally:
        server.close()
