"""The web page as a network: what the bot asks of it, and the server behind it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from aiohttp import web
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from adapters.web import CAN, push_rows, store
from adapters.web.cards import Cards
from adapters.web.desk_pages import DeskPages
from adapters.web.details import Details
from adapters.web.door import Door, Patience
from adapters.web.doorstep import Doorstep
from adapters.web.entry import Entry
from adapters.web.guard import SAFE, dress, guard, lighter
from adapters.web.house import House, Push
from adapters.web.ids import NETWORK, owner, private_chat
from adapters.web.letterbox import Clock, Letterbox
from adapters.web.live import Live
from adapters.web.other_pages import OtherPages
from adapters.web.pages import Pages
from adapters.web.people_pages import PeoplePages
from adapters.web.push import Caller, Signer
from adapters.web.reminding import Reminding
from adapters.web.settings import WebSettings
from adapters.web.show import Screen
from adapters.web.store import WebMessage, WebPerson
from adapters.web.unseen import Unseen
from core.db import Database
from core.details import Disclose
from core.heres import Heres
from core.messages import Chat, Message, Person
from core.network import Can, Gone, Lost, Receive, Refused, UnusableError

log = logging.getLogger(__name__)

T = TypeVar("T")

STATIC = Path(__file__).parent / "static"
LARGEST = 64 * 1024
"""Bytes of one request. What may be said has 4,000 characters, which take 36,000 bytes in a form at the most."""
RETRY = 2.0
"""Seconds between two tries of a database that cannot be reached."""
FAREWELL = 1.0
"""Seconds that open requests have to end when the page is closed."""
PATIENCE = Patience()


async def icon(_: web.Request) -> web.FileResponse:
    """What a browser asks for by itself where no page names another."""
    return web.FileResponse(STATIC / "stool-192.png")


class WebNetwork:
    """The local page. Its server side is the bot's own database: what was sent and what was typed survives restarts.

    `push`, where given, moves the clock that `clock` shows: the demo offers it to the newcomer. `database` is migrated.
    """

    def __init__(
        self,
        settings: WebSettings,
        database: Database,
        clock: Clock,
        push: Push | None = None,
        patience: Patience = PATIENCE,
    ) -> None:
        self._settings = settings
        self._database = database
        self._clock = clock
        self._push = push
        self._patience = patience
        self._port = settings.port
        self._disclose: Disclose | None = None
        self._touched: Callable[[], None] = lambda: None
        self._live = Live(database)
        self._cards = Cards(settings)
        self._letterbox = Letterbox(settings, database, clock, self._live)
        self._unseen = Unseen(settings, database, clock, self._live, self._letterbox)
        self.ready = asyncio.Event()
        """Set when the page can be opened at `url`."""
        if settings.playing and not settings.loopback:
            raise ValueError(
                f"web.address is {settings.address!r}: without web.public_url anybody who can reach the page may be "
                "anybody on it, so it listens at a loopback address only, such as 127.0.0.1:8765"
            )

    def disclose_by(self, ask: Disclose) -> None:
        """See `Discloses.disclose_by`."""
        self._disclose = ask

    @property
    def name(self) -> str:
        return NETWORK

    @property
    def bot(self) -> str:
        return NETWORK

    @property
    def can(self) -> Can:
        return CAN

    @property
    def groups(self) -> tuple[Chat, ...]:
        """Its groups, which the operator made."""
        return self._settings.chats

    def know(self, heres: Heres) -> None:
        """Whose community this is: from here on the page has views of its own of what is on."""
        self._cards.heres = heres

    def owe_by(self, touched: Callable[[], None]) -> None:
        """See `Owes.owe_by`."""
        self._touched = touched

    @property
    def url(self) -> str:
        """Where people open the page."""
        return self._settings.public_url.rstrip("/") or self._here

    @property
    def _here(self) -> str:
        host = self._settings.host
        return f"http://[{host}]:{self._port}" if ":" in host else f"http://{host}:{self._port}"

    # ------------------------------------------------------------ serving

    async def run(self, receive: Receive) -> None:
        """Serve the page and hand over what people do there, until cancelled.

        Raises `UnusableError` where the address cannot be listened at.
        """
        secret = await self._database.write(lambda session: store.secret(session, "forms", secrets.token_urlsafe(32)))
        await self._letterbox.tidy()
        await self._live.begin()
        async with self._calls(), self._open(secret):
            try:
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(_steadily(self._live.follow))
                    tasks.create_task(_steadily(lambda: self._letterbox.hand_over(receive)))
                    tasks.create_task(_steadily(self._unseen.follow))
                    tasks.create_task(self._resume())
                    self.ready.set()
            finally:
                self.ready.clear()
                self._live.close()

    @contextlib.asynccontextmanager
    async def _calls(self) -> AsyncIterator[None]:
        """Call those whose page is closed while inside; where that cannot be, the page goes on without."""
        file = self._settings.push_key
        if file is None or self._settings.playing:
            yield
            return
        contact = f"https://{urlsplit(self._settings.public_url).hostname or 'localhost'}"
        try:
            signer = await asyncio.to_thread(Signer.kept, file, contact)
        except (OSError, ValueError) as trouble:
            log.error("nobody is called while the page is closed: %s", trouble)  # noqa: TRY400 - a file's name at most
            yield
            return
        async with Caller(signer, anywhere=self._settings.push_anywhere) as self._unseen.caller:
            await self._unseen.tidy()
            yield
        self._unseen.caller = None

    async def _resume(self) -> None:
        """In the demo, go on where an earlier run had pushed the clock: for what was said, time must not go back."""
        last = await self._database.read(store.last_moment)
        if self._push is not None and self._settings.playing and last is not None and last > self._clock.now():
            await self._push(last - self._clock.now())

    @contextlib.asynccontextmanager
    async def _open(self, secret: str) -> AsyncIterator[None]:
        """Answer requests while inside."""
        door = Door(self._patience)
        house = House(
            settings=self._settings,
            database=self._database,
            clock=self._clock,
            live=self._live,
            letterbox=self._letterbox,
            screen=Screen(self._settings, self._cards, self._database.shelf),
            door=door,
            secret=secret,
            push=self._push,
            cards=self._cards,
            touched=self._touched,
            unseen=self._unseen,
        )
        entry = Entry(house)
        pages, others, desk = Pages(house, entry), OtherPages(house, entry), DeskPages(house, entry)
        if self._settings.playing:
            await entry.settle()
        around = [door.counting, guard(self._origins), lighter, entry.kindly]
        app = web.Application(client_max_size=LARGEST, middlewares=around)
        doorstep, neighbours, reminding = Doorstep(house, entry), PeoplePages(house, entry), Reminding(house, entry)
        for part in (entry, pages, others, desk, doorstep, neighbours, reminding):
            app.add_routes(part.routes())
        app.add_routes([web.static("/static", STATIC), web.get("/favicon.ico", icon)])
        if self._disclose is not None and self._settings.public_url:
            app.add_routes(Details(house.screen, self._disclose, self._patience).routes())
        app[SAFE] = self._settings.public_url.startswith("https://")
        app.on_response_prepare.append(dress)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=FAREWELL, keepalive_timeout=self._patience.idle)
        await runner.setup()
        answering = runner.server
        assert answering is not None  # noqa: S101 - it has just been set up
        listening: asyncio.Server | None = None
        try:
            listening = await self._listen(lambda: door.wait(answering()))
            log.info("the page is open", extra={"address": self._here.removeprefix("http://")})
            yield
        finally:
            if listening is not None:
                listening.close()
            await runner.cleanup()

    async def _listen(self, connected: Callable[[], web.RequestHandler]) -> asyncio.Server:
        try:
            listening = await asyncio.get_running_loop().create_server(
                connected, self._settings.host, self._settings.port, reuse_address=True
            )
        except OSError as trouble:
            raise UnusableError(
                f"the page cannot listen at {self._settings.address}: {trouble.strerror or trouble}"
            ) from trouble
        self._port = listening.sockets[0].getsockname()[1]
        return listening

    def _origins(self) -> frozenset[str]:
        """The names under which the page answers: its own, and at loopback every name of this machine."""
        names = {self._here}
        if self._settings.public_url:
            parts = urlsplit(self._settings.public_url.lower())
            names.add(f"{parts.scheme}://{parts.netloc}")
        if self._settings.loopback:
            names |= {f"http://{host}:{self._port}" for host in ("localhost", "127.0.0.1", "[::1]")}
        return frozenset(names)

    # ------------------------------------------------------------ what the bot asks

    async def send(self, chat: Chat, message: Message, key: str) -> str:
        """Put `message` into `chat`. The same `key` again shows nothing new and returns the first id."""
        self._fits(chat, message)

        def work(session: Session) -> int:
            self._exists(session, chat)
            number = store.put(session, chat.id, message, key, self._clock.now())
            person = owner(chat.id)
            if person is not None and not self._settings.playing:
                push_rows.unseen(session, number, person, self._clock.now())
            return number

        put = await self._change(work)
        if chat.private:
            self._unseen.stir()
        return str(put)

    async def edit(self, chat: Chat, id: str, message: Message, key: str) -> None:
        """Show `message` in place of the one with this id. The same again is no change, whatever the key."""
        self._fits(chat, message)

        def work(session: Session) -> None:
            self._exists(session, chat)
            row = self._own(session, chat, id)
            store.replace(session, row, message)

        await self._change(work)

    async def remove(self, chat: Chat, id: str) -> None:
        """Take a message of ours away; one that is away already is no trouble."""

        def work(session: Session) -> None:
            row = store.message(session, chat.id, id)
            if row is not None and row.person is None:
                store.change(session, row, removed=True, text=[], actions=[], picture="", pinned_at=None)

        await self._change(work)

    async def pin(self, chat: Chat, id: str) -> None:
        """Keep a message of ours at the top of its chat, in place of one pinned earlier."""

        def work(session: Session) -> None:
            row = self._own(session, chat, id)
            if row.pinned_at is None:
                store.change(session, row, pinned_at=self._clock.now())

        await self._change(work)

    async def react(self, chat: Chat, id: str, emoji: str, key: str) -> None:
        """Put a mark on any message, in place of an earlier one."""

        def work(session: Session) -> None:
            row = store.message(session, chat.id, id)
            if row is None:
                raise Lost(f"no message {id} in this chat")
            store.change(session, row, mark=emoji)

        await self._change(work)

    async def leave(self, chat: Chat) -> None:
        """The page's groups are the operator's own: there is nobody to take leave of."""
        raise Gone(f"{chat.id} is a group of this page")

    async def private(self, person: Person) -> Chat:
        """The private chat with a person: everybody who lives here has one."""
        chat = private_chat(person.id)
        await self._database.read(lambda session: self._exists(session, chat))
        return chat

    async def _change(self, work: Callable[[Session], T]) -> T:
        outcome = await self._database.write(work)
        self._live.look()
        return outcome

    def _exists(self, session: Session, chat: Chat) -> None:
        person = owner(chat.id)
        if person is None:
            there = self._settings.chat(chat.id) is not None
        else:
            row = session.get(WebPerson, person)
            there = row is not None and not row.gone
        if not there:
            raise Gone(f"no chat {chat.id} on the page")

    def _own(self, session: Session, chat: Chat, id: str) -> WebMessage:
        row = store.message(session, chat.id, id)
        if row is None or row.person is not None:
            raise Lost(f"no message {id} of ours in this chat")
        return row

    def _fits(self, chat: Chat, message: Message) -> None:
        if len(message.plain().encode("utf-16-le", "surrogatepass")) // 2 > CAN.max_text:
            raise Refused(f"longer than {CAN.max_text} UTF-16 units")
        if message.confides() and owner(chat.id) is None:
            raise Refused("confided words are for private chats")


async def _steadily(turn: Callable[[], Awaitable[None]]) -> None:
    """Take turn after turn. While the disk or the database fails, wait: nothing is forgotten meanwhile."""
    while True:
        try:
            await turn()
        except (DBAPIError, OSError) as trouble:
            log.error("database not reachable", extra={"why": type(trouble).__name__})  # noqa: TRY400 - its text has data
            await asyncio.sleep(RETRY)
