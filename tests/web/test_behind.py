"""The pages that docs/running.md shows for Caddy and nginx fit the settings, and the page works behind either."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import getpass
import io
import re
import shutil
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from adapters.web.entry import PICTURE
from adapters.web.live import STILL
from adapters.web.network import WebNetwork
from adapters.web.people import invite
from adapters.web.settings import WebSection
from core.db import Database
from core.messages import Message
from tests.web.house import FREE, START, Bot, Browser, HandClock, serving

ROOT = Path(__file__).parents[2]
CADDY = (ROOT / "docs/service/Caddyfile").read_text("utf-8")
NGINX = (ROOT / "docs/service/nginx.conf").read_text("utf-8")
NAME = "stool.example.org"


def only(pattern: str, text: str) -> str:
    found = set(re.findall(pattern, re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE), re.MULTILINE))
    assert len(found) == 1, (pattern, found)
    value: str = found.pop()
    return value


def test_both_lead_to_where_the_page_listens_if_nothing_is_said() -> None:
    address = str(WebSection().address)
    assert only(r"reverse_proxy (\S+)", CADDY) == address
    assert only(r"proxy_pass http://([^;]+);", NGINX) == address
    example = (ROOT / "config.example.toml").read_text("utf-8")
    assert f'address = "{address}"' in example


def test_both_are_for_the_name_that_the_settings_show() -> None:
    example = WebSection.model_fields["public_url"].examples
    assert example == [f'"https://{NAME}"']
    assert only(r"^(\S+) \{", CADDY) == only(r"server_name ([^;]+);", NGINX) == NAME
    assert NAME in only(r"ssl_certificate ([^;]+);", NGINX)


def test_both_let_through_as_large_a_picture_as_the_page_takes_and_wait_for_its_silence() -> None:
    assert int(only(r"max_size (\d+)MiB", CADDY)) * 2**20 > PICTURE
    assert int(only(r"client_max_body_size (\d+)m;", NGINX)) * 2**20 > PICTURE
    assert int(only(r"proxy_read_timeout (\d+)s;", NGINX)) > 2 * STILL


def test_neither_writes_down_a_personal_link() -> None:
    assert only(r"access_log ([^;]+);", NGINX) == "off"
    assert not re.search(r"^\s*log\b", CADDY, re.MULTILINE)


def test_the_chapter_names_the_files() -> None:
    running = (ROOT / "docs/running.md").read_text("utf-8")
    assert "docs/service/Caddyfile" in running
    assert "docs/service/nginx.conf" in running


# ------------------------------------------------------------ tried


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def certificate(folder: Path) -> tuple[Path, Path]:
    """One for this name, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, private = folder / "fullchain.pem", folder / "privkey.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return chain, private


def nginx(folder: Path, to: int, at: int, plain: int) -> list[str]:
    """The file as it is, but for its ports and its certificate."""
    chain, private = certificate(folder)
    ours = NGINX.replace("127.0.0.1:8765", f"127.0.0.1:{to}")
    ours = re.sub(r"(ssl_certificate )[^;]+;", rf"\g<1>{chain};", ours)
    ours = re.sub(r"(ssl_certificate_key )[^;]+;", rf"\g<1>{private};", ours)
    ours = re.sub(r"^ *listen \[::\].*\n", "", ours, flags=re.MULTILINE)
    ours = ours.replace("listen 443", f"listen 127.0.0.1:{at}").replace("listen 80", f"listen 127.0.0.1:{plain}")
    kept = "".join(
        f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    own = f"user {getpass.getuser()};\npid {folder}/pid;\nerror_log {folder}/error.log;\ndaemon off;\nevents {{}}\n"
    (folder / "whole.conf").write_text(f"{own}http {{\naccess_log {folder}/access.log;\n{kept}{ours}\n}}\n")
    return ["nginx", "-e", f"{folder}/error.log", "-c", f"{folder}/whole.conf"]


def caddy(folder: Path, to: int, at: int, plain: int) -> list[str]:
    """The file as it is, but for its ports, and with a certificate that it need not fetch."""
    chain, private = certificate(folder)
    ours = CADDY.replace("127.0.0.1:8765", f"127.0.0.1:{to}")
    ours = ours.replace(f"{NAME} {{", f"{NAME} {{\n\ttls {chain} {private}", 1)
    general = f"{{\n\tadmin off\n\thttps_port {at}\n\thttp_port {plain}\n\tstorage file_system {folder}\n}}\n"
    (folder / "Caddyfile").write_text(general + ours)
    return ["caddy", "run", "--adapter", "caddyfile", "--config", f"{folder}/Caddyfile"]


@contextlib.asynccontextmanager
async def running(command: list[str], port: int) -> AsyncIterator[None]:
    server = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    try:
        async with asyncio.timeout(30):
            while True:
                with contextlib.suppress(OSError):
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                    writer.close()
                    break
                if server.returncode is not None:
                    assert server.stderr is not None
                    raise AssertionError((await server.stderr.read()).decode())
                await asyncio.sleep(0.05)
        yield
    finally:
        if server.returncode is None:
            server.terminate()
        await server.communicate()


class Here(aiohttp.abc.AbstractResolver):
    """The name leads to this machine."""

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[aiohttp.abc.ResolveResult]:
        assert host == NAME
        return [
            {
                "hostname": host,
                "host": "127.0.0.1",
                "port": port,
                "family": socket.AF_INET,
                "proto": 0,
                "flags": socket.AI_NUMERICHOST,
            }
        ]

    async def close(self) -> None:
        pass


@pytest.mark.parametrize("server", [nginx, caddy])
async def test_the_page_works_behind_it(
    server: Callable[[Path, int, int, int], list[str]], database: Database, bot: Bot, tmp_path: Path
) -> None:
    if shutil.which(server.__name__) is None:
        pytest.skip("apt-get install nginx-light caddy")
    at, plain = free_port(), free_port()
    url = f"https://{NAME}:{at}"
    settings = replace(FREE, demo=False, public_url=url, push_key=tmp_path / "push.key")
    page = WebNetwork(settings, database, HandClock())
    folder = tmp_path / "server"
    folder.mkdir()
    async with serving(page, bot.receive), running(server(folder, page._port, at, plain), at):
        trusts = ssl.create_default_context(cafile=str(folder / "fullchain.pem"))
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=trusts, resolver=Here())) as session:
            await tried(page, database, session, url, plain)
    said = [file.read_text("utf-8") for file in folder.glob("*.log")]
    assert "/enter/" not in "".join(said), "no personal link is written down"


async def tried(page: WebNetwork, database: Database, session: aiohttp.ClientSession, url: str, plain: int) -> None:
    """Entered by a link, told at once, said something, sent a picture; and nothing goes by plain http."""
    async with session.get(f"http://{NAME}:{plain}/", allow_redirects=False) as response:
        assert response.status in (301, 308)
        assert response.headers["Location"].startswith(f"https://{NAME}")
    link = await invite(database, "李阿姨", START)
    browser = Browser(url, session)
    await browser.post(link, (await browser.look(link)).form(""))
    async with session.get(f"{url}/") as response:
        assert response.status == 200
        assert response.headers["Strict-Transport-Security"]
        assert {cookie.key: cookie["secure"] for cookie in session.cookie_jar} == {"__Host-stool": True}
    async with session.get(f"{url}/live") as window:
        assert window.headers["Content-Type"].startswith("text/event-stream")
        await window.content.readline()
        await page.send(FREE.chats[0], Message(("巡逻 0/2",)), "k1")
        async with asyncio.timeout(10):
            while b"event: talk" not in await window.content.readline():
                pass
    shown = await browser.say("group", "+1")
    assert shown.status == 200
    form = aiohttp.FormData()
    for name, value in (await browser.look("/chat/group")).form("/say", chat="group").items():
        if name != "picture":
            form.add_field(name, value)
    form.add_field(
        "picture", io.BytesIO(b"\xff\xd8" + b"\0" * (PICTURE - 2**18)), filename="a.jpg", content_type="image/jpeg"
    )
    refused = await browser.post("/say", form)
    assert "这张照片打不开" in refused.html, "as large as may be, it reached the page, which says what it is"
