"""A page in real use: a coordinator who is in, and neighbours with telephones of their own, without any script."""

from __future__ import annotations

import contextlib
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import aiohttp
from sqlmodel import Session, SQLModel, select

from adapters.web import knocks
from adapters.web.ids import NETWORK
from adapters.web.knocks import AT_ONCE
from adapters.web.network import WebNetwork
from adapters.web.people import invite
from adapters.web.store import WebPerson
from core.audit import AuditLine
from core.db import Database
from core.described import Described
from core.heres import Heres
from core.members import Account, Appointment, Community, welcome
from core.messages import Person
from core.serving import seed
from tests.keys import KEYS
from tests.web.house import FREE, START, Bot, Browser, HandClock, Page, new_database, serving

Row = TypeVar("Row", bound=SQLModel)
REAL = replace(FREE, demo=False)


@dataclass
class Estate:
    """Who has a browser of their own here. `yang` coordinates."""

    network: WebNetwork
    database: Database
    clock: HandClock
    bot: Bot
    held: contextlib.AsyncExitStack

    async def browser(self) -> Browser:
        """A telephone of somebody's own, with nothing on it."""
        jar = aiohttp.CookieJar(unsafe=True)
        return Browser(self.network.url, await self.held.enter_async_context(aiohttp.ClientSession(cookie_jar=jar)))

    async def enter(self, link: str) -> Browser:
        """Open a personal link on a telephone of one's own, and say yes."""
        browser = await self.browser()
        page = await browser.look(link.removeprefix(self.network.url))
        await browser.post(page.url.removeprefix(self.network.url), page.form(""))
        return browser

    async def person(self, name: str) -> WebPerson:
        return next(row for row in await self.rows(WebPerson) if row.name == name and not row.gone)

    async def knows(self, name: str, *, coordinates: bool = False) -> Account:
        """The core knows whoever came under this name."""
        person = await self.person(name)
        (community,) = await self.rows(Community)

        def work(session: Session) -> Account:
            who = Person(NETWORK, person.id, person.name)
            account, _ = welcome(session, community, who, self.clock.now(), None, reachable=True)
            if coordinates:
                session.add(Appointment(community_id=community.id, network=NETWORK, account=person.id))
            return account

        return await self.database.write(work)

    async def rows(self, table: type[Row]) -> list[Row]:
        return await self.database.read(lambda session: list(session.exec(select(table)).all()))

    async def verbs(self) -> list[str]:
        """What the log says of links, oldest first."""
        ours = ("link_", "group_link", "knock_", "linked")
        lines = sorted(await self.rows(AuditLine), key=lambda line: line.id)
        return [line.verb for line in lines if line.verb.startswith(ours)]


@contextlib.asynccontextmanager
async def estate(folder: Path) -> AsyncIterator[tuple[Estate, Browser]]:
    """The page, its community, and a bot that only listens: who comes is known to the core once they did something."""
    file, clock = folder / "web.db", HandClock()
    database = Database(f"sqlite:///{file}", KEYS) if file.exists() else new_database(file)
    database.migrate()
    async with contextlib.AsyncExitStack() as held:
        held.callback(database.close)
        network = WebNetwork(REAL, database, clock)

        def settle(session: Session) -> Heres:
            heres = Heres([seed(session, Described(), clock.now())])
            session.expunge_all()
            return heres

        network.know(await database.write(settle))
        bot = Bot()
        await held.enter_async_context(serving(network, bot.receive))
        here = Estate(network, database, clock, bot, held)
        yang = await here.enter(await invite(database, "杨老师", START, coordinator=True))
        await here.knows("杨老师", coordinates=True)
        yield here, yang


def words(page: Page) -> str:
    """What stands on a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.html.partition("<body")[2]).split())


def links(page: Page) -> dict[str, str]:
    """The personal links on a page of slips, by name and building."""
    slips = page.html.split('<section class="slip"')[1:]
    return {
        " ".join(re.findall(r"<bdi>([^<]+)</bdi>", each)): re.findall(r'class="link"[^>]*>([^<]+)<', each)[0]
        for each in slips
    }


async def invites(yang: Browser, names: str, **chosen: str) -> Page:
    """She pastes names, answers what is asked as `chosen`, else as it is proposed; the slips."""
    page = await pasted(yang, names)
    return page if links(page) else await yang.post("/people/make", proposed(page) | chosen)


async def renewed(yang: Browser, id: str) -> Page:
    """She makes a new link for this person."""
    return await yang.post("/people/again", (await yang.look(f"/people/{id}")).form("/people/again"))


async def pasted(yang: Browser, names: str) -> Page:
    """What comes when she pastes names."""
    return await yang.post("/people/names", (await yang.look("/people")).form("/people/names") | {"names": names})


def proposed(page: Page) -> dict[str, str]:
    """The form of questions, as it is filled in already."""
    form = {name: value for name, value in page.form("/people/make").items() if not re.fullmatch(r"c\d+", name)}
    form |= dict(re.findall(r'type="hidden" name="(c\d+)" value="([^"]*)"', page.html))
    return form | dict(re.findall(r'type="radio" name="(c\d+)" value="([^"]*)" checked', page.html))


# ---------------------------------------------------------------- at the door


async def group_link(here: Estate, yang: Browser, do: str = "open") -> str:
    page = await yang.post("/people/link", (await yang.look("/people")).form("/people/link") | {"do": do})
    found = re.findall(r'class="link"[^>]*>([^<]+)<', page.html)
    return found[0].removeprefix(here.network.url) if found else ""


async def knocked(here: Estate, link: str, name: str, building: str = "3号楼") -> tuple[Browser, Page]:
    """Somebody opens the group's link on a telephone of their own, and knocks."""
    browser = await here.browser()
    form = (await browser.look(link)).form("") | {"name": name, "building": building}
    return browser, await browser.post(link, form)


async def answer(yang: Browser, **said: str) -> Page:
    """What she says to the one who has waited longest."""
    fields: Mapping[str, str] = (await yang.look("/people")).form("/people/knock")
    return await yang.post("/people/knock", {**fields, **said})


async def state(browser: Browser) -> str:
    async with browser.session.get(f"{browser.url}/wait", headers={"Accept": "application/json"}) as said:
        return str((await said.json())["state"])


async def come(browser: Browser) -> Page:
    return await browser.post("/wait", (await browser.look("/wait")).form("/wait"))


async def flood(here: Estate) -> None:
    """As many as may knock within a minute."""

    def work(session: Session) -> None:
        for n in range(AT_ONCE):
            knocks.knock(session, f"{n}", f"陌生人{n}", "9号楼", here.clock.now())

    await here.database.write(work)
