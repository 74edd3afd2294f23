"""The command line: `xiaobandeng`."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import webbrowser
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from zoneinfo import ZoneInfo

import typer

from bot.confided import ConfigFile, StandBy, breach_of, import_register, key
from bot.terminal import can_show, explained, free_port, lines_of, password_of, say, secret_of, settings_in, start_log
from bot.version import at_once, version

if TYPE_CHECKING:
    from bot.config import Config
    from bot.rights import Known

app = typer.Typer(
    name="xiaobandeng",
    help="小板凳 (little stool): a chatbot with which a neighbourhood's volunteers run their own life.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # it prints the values of variables, and any of them may be a secret
    context_settings={"help_option_names": ["-h", "--help"]},
)
login = typer.Typer(help="Log in once; afterwards only the stored token is used. 登录一次。", no_args_is_help=True)
app.add_typer(login, name="login")
app.add_typer(key, name="key")
app.command("import")(import_register)
app.command("breach")(breach_of)
app.command("version")(version)
app.callback()(at_once)


@app.command()
def run(
    config: ConfigFile = None,
    browser: Annotated[bool, typer.Option(help="Open the page of the demo. 打开试用网页。")] = True,
    stand_by: StandBy = False,
) -> None:
    """Start the bot; without settings: a page on this machine to try it out. 启动小板凳；没有设置文件时在本机试用。"""
    from contextlib import ExitStack

    from adapters.web import WEB
    from bot import stop
    from bot.account_lease import account_lease, bot_accounts
    from bot.app import run as serve
    from bot.gone import whole_and_there
    from bot.lease import lease
    from core.pairing import spaced

    with explained():
        settings = settings_in(config, serving=True)
        start_log(settings)
        trying = settings.file is None and settings.demo
        if trying and "XIAOBANDENG_WEB__ADDRESS" not in os.environ:
            page = settings.section(WEB)
            free = page.address._replace(port=free_port(page.address.port))
            settings = settings.changed(WEB, page.model_copy(update={"address": free}))

        def ready() -> None:
            leased.serves()
            if not trying:
                typer.echo("ready")
                return
            url = f"http://{settings.section(WEB).address}/"
            typer.echo(say(settings, "demo.open", url=url))
            typer.echo(say(settings, "demo.how"))
            if browser and can_show():
                threading.Thread(target=webbrowser.open, args=[url], daemon=True).start()

        def show(name: str, code: str) -> None:
            typer.echo(_of(settings, name) + say(settings, "pairing.code", code=spaced(code)))

        file = settings.database.file
        with ExitStack() as held:
            leased = held.enter_context(lease(file, waits=stand_by))
            if file is None:
                of = (settings.database.url, bot_accounts(settings))
                stop.run(serve(settings, ready, lease=held.enter_context(account_lease(*of, waits=stand_by))))
                return
            whole_and_there(file, leased, settings.community.lang, trying=trying)
            # What a service prints is kept in the system's log: no pairing code must stand there.
            stop.run(serve(settings, ready, show=show if sys.stdout.isatty() else None))


@app.command()
def play(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Scene files, played one after another.")],
) -> None:
    """Play chats written down in files, and check what they say should be seen. 演一遍写下来的聊天。"""
    from bot.play import play as play_all

    raise typer.Exit(play_all(files))


@app.command()
def check(config: ConfigFile = None) -> None:
    """Say whether settings, database and networks are ready. 看看还缺什么。"""
    from bot.check import check as look

    async def show(settings: Config) -> int:
        bad = 0
        async for finding in look(settings):
            bad += not finding.good
            sign = say(settings, f"check.{'todo' if finding.todo else 'good' if finding.good else 'bad'}")
            label = finding.label or say(settings, f"check.{finding.about}")
            typer.echo(f"{sign} {label}: {finding.said}")
        return bad

    with explained():
        settings = settings_in(config)
        start_log(settings)
        bad = asyncio.run(show(settings))
        if bad:
            typer.echo(say(settings, "check.unready", n=bad))
            raise typer.Exit(1)
        command = "xiaobandeng run" + (f" --config {settings.file}" if settings.file else "")
        typer.echo(say(settings, "check.ready", command=command))


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; an earlier backup there is replaced.")],
    config: ConfigFile = None,
) -> None:
    """Copy the database to FILE while the bot runs. 备份，运行时也可以。"""
    from bot.backup import backup as make

    with explained():
        settings = settings_in(config)
        made = make(settings.database.file, file)
        typer.echo(f"{made.file}: {made.size} bytes, schema {made.schema}, checked")
        typer.echo(say(settings, "backup.without", file=str(settings.database.key)))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    config: ConfigFile = None,
    force: Annotated[bool, typer.Option("--force", help="Set the database that is there aside.")] = False,
) -> None:
    """Put a backup in the place of the database. The bot must not run. 从备份恢复，先停下小板凳。"""
    from bot.backup import restore as bring_back
    from bot.keys import keys

    with explained():
        settings, now = settings_in(config), datetime.now(UTC)
        target = settings.database.file
        own = keys(settings.database.key, now) if target is not None else None
        aside = bring_back(file, target, now, force=force, keys=own)
        typer.echo(f"{target}: restored from {file}" + (f"; the one before is {aside}" if aside else ""))


@app.command()
def invite(
    name: Annotated[str, typer.Argument(metavar="NAME", help="How the neighbours know this person.")],
    config: ConfigFile = None,
    coordinator: Annotated[bool, typer.Option("--coordinator", help="This person may post activities.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="A new link for who has one; the old one is dead. 换一个，旧的作废。")
    ] = False,
) -> None:
    """Make a personal link to the web page. 给一个人做网页的个人链接。"""
    from bot import links

    with explained():
        settings = settings_in(config)
        start_log(settings)
        now = datetime.now(UTC)
        made = links.again(settings, name, now) if again else links.make(settings, name, now, coordinator=coordinator)
        typer.echo(say(settings, "invite.again" if again else "invite.link", name=name), err=True)
        typer.echo(made)


@app.command()
def invited(config: ConfigFile = None) -> None:
    """Who has a personal link to the web page. 谁有网页的个人链接。"""
    from bot import links

    with explained():
        settings = settings_in(config)
        known = links.invited(settings)
        if not known:
            typer.echo(say(settings, "invited.empty"), err=True)
        for line in known:
            typer.echo(line)


@app.command()
def dismiss(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Their name, or their number in `invited`.")],
    config: ConfigFile = None,
) -> None:
    """End a personal link: whoever has it is out. 作废一个人的个人链接。"""
    from bot import links

    with explained():
        settings = settings_in(config)
        start_log(settings)
        gone = links.dismiss(settings, name, datetime.now(UTC))
        typer.echo(say(settings, "invited.gone", name=gone))


@app.command()
def groups(
    config: ConfigFile = None,
    ours: Annotated[str, typer.Option("--ours", metavar="GROUP", help="This group is ours. 是我们的群。")] = "",
    not_ours: Annotated[str, typer.Option("--not-ours", metavar="GROUP", help="It is not; leave. 不是，退出。")] = "",
) -> None:
    """Which groups the bot is in and whether they are ours; decide it. 在哪些群里，是不是我们的。"""
    from bot import rights

    with explained():
        settings = settings_in(config)
        start_log(settings)
        now = datetime.now(UTC)
        for address, yes in ((ours, True), (not_ours, False)):
            if address:
                rights.decide(settings, address, now, ours=yes)
        _list(settings, "groups", rights.groups(settings, now))


@app.command()
def coordinators(
    config: ConfigFile = None,
    dismiss: Annotated[
        str, typer.Option("--dismiss", metavar="PERSON", help="Whom the pairing code made one. 不再当协调人。")
    ] = "",
) -> None:
    """Who coordinates, and by what; dismiss one. 谁是协调人。"""
    from bot import rights

    with explained():
        settings = settings_in(config)
        start_log(settings)
        now = datetime.now(UTC)
        if dismiss:
            rights.dismiss(settings, dismiss, now)
        _list(settings, "coordinators", rights.coordinators(settings, now))


@app.command()
def events(
    config: ConfigFile = None,
    again: Annotated[int, typer.Option("--try", metavar="ID", help="Try it once more. 再试一次。")] = 0,
    drop: Annotated[int, typer.Option("--drop", metavar="ID", help="Forget it. 不要了。")] = 0,
) -> None:
    """Which messages were set aside because the bot did not live through them; without their words. 搁下了什么。"""
    from bot import events as set_aside

    with explained():
        settings = settings_in(config)
        if again:
            set_aside.try_again(settings, again)
            typer.echo(say(settings, "events.tried", id=again))
        if drop:
            set_aside.drop(settings, drop)
            typer.echo(say(settings, "events.dropped", id=drop))
        if not again and not drop:
            lines = set_aside.lines(settings)
            if not lines:
                typer.echo(say(settings, "events.empty"), err=True)
            for line in lines:
                typer.echo(line)


@app.command()
def record(
    month: Annotated[str, typer.Argument(metavar="MONTH|YEAR", help="2026-11; with --of a year. 月份，或年份。")],
    config: ConfigFile = None,
    of: Annotated[str, typer.Option("--of", metavar="NAME", help="One person's certificate. 一个人的证明。")] = "",
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Where to. 放在哪里。")] = Path(),
) -> None:
    """Hours served as files: a month as CSV and XLSX, one person's year as a page to print. 服务记录和证明。"""
    from bot import records

    with explained():
        settings, now = settings_in(config), datetime.now(UTC)
        for file in (
            records.certificate(settings, of, month, to, now) if of else records.month(settings, month, to, now)
        ):
            typer.echo(str(file))


@app.command()
def read(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="times, posts, chains, merges or words.")],
    file: Annotated[str, typer.Argument(metavar="[FILE|-]", help="JSON lines; '-': standard input.")] = "-",
) -> None:
    """Read texts, one JSON object a line, and print how they are understood. 读一批句子，看怎样理解。"""
    from bot.read import READERS, read_lines

    if kind not in READERS:
        typer.echo(f"{kind}: there is no such kind; known here: {', '.join(READERS)}", err=True)
        raise typer.Exit(2)
    try:
        with lines_of(file) as lines:
            for line in read_lines(kind, lines):
                typer.echo(line)
    except (OSError, ValueError) as error:
        typer.echo(f"{file}: {error}", err=True)
        raise typer.Exit(2) from None


@app.command()
def explain(
    text: Annotated[str, typer.Argument(metavar="TEXT")],
    lang: Annotated[Literal["zh", "en"], typer.Option(help="The language of the chat. 群里的语言。")] = "zh",
    base: Annotated[datetime | None, typer.Option(help="When it is said, in Shanghai; without it: now.")] = None,
) -> None:
    """Say what the bot would understand, and why. 一句话，小板凳会怎样理解，为什么。"""
    from bot.explain import explain as why

    zone = ZoneInfo("Asia/Shanghai")
    now = base.replace(tzinfo=zone) if base else datetime.now(zone)
    for line in why(text, lang=lang, base=now):
        typer.echo(line)


@login.command("matrix")
def login_matrix(
    config: ConfigFile = None,
    password_file: Annotated[
        Path | None, typer.Option("--password-file", metavar="FILE", help="A file that holds the password.")
    ] = None,
    token: Annotated[bool, typer.Option("--token", help="By a token of the account. 用访问令牌登录。")] = False,
    code: Annotated[bool, typer.Option("--code", help="By a code to type on the server's page. 用网页登录。")] = False,
    recovery: Annotated[
        bool, typer.Option("--recovery", help="Bring the identity back by its recovery key. 用恢复密钥找回身份。")
    ] = False,
) -> None:
    """Log in to Matrix, by a password that is used once and not kept. 登录 Matrix，密码不保存。"""
    from adapters.matrix import MATRIX, catalogue
    from adapters.matrix.login import Proof
    from adapters.matrix.login import login as log_in
    from adapters.matrix.oauth import Code
    from adapters.matrix.settings import told

    with explained():
        settings = settings_in(config)
        start_log(settings)
        section = settings.section(MATRIX)
        if not section.wanted:
            typer.echo("[matrix] homeserver and user are not set; write them into the config first", err=True)
            raise typer.Exit(2)
        ours = told(section, settings.around(MATRIX))

        def show(code: Code) -> None:
            typer.echo(catalogue().text(ours.lang, "login.show", page=code.page, code=code.code))

        proof = Proof(
            password="" if token or code else password_of(section.user, password_file),
            token=secret_of("TOKEN", f"Token of {section.user}") if token else "",
            code=show if code else None,
            recovery=secret_of("RECOVERY", "Recovery key 恢复密钥") if recovery else "",
        )
        key = asyncio.run(log_in(ours, proof))
        typer.echo(catalogue().text(ours.lang, "login.done", user=section.user, folder=str(section.store)))
        if key:
            typer.echo(catalogue().text(ours.lang, "login.kept", paper=key))


def main() -> None:
    """What the console command calls."""
    os.umask(0o077)  # what it keeps are people's names and promises, keys and tokens
    for stream in (sys.stdout, sys.stderr):  # a terminal without UTF-8 shows "?" rather than a traceback
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app()


def _list(settings: Config, what: str, known: Sequence[Known]) -> None:
    """Groups or coordinators, a line each; of several communities with the name of each in front."""
    if not known:
        typer.echo(say(settings, f"{what}.empty"), err=True)
    for one in known:
        said = say(settings, f"{what}.{one.state}", name=one.name, address=one.address)
        typer.echo(_of(settings, one.community) + said)


def _of(settings: Config, name: str) -> str:
    """The name of a community before what is said of it, where there are several."""
    return f"[{name}] " if settings.communities else ""


if __name__ == "__main__":
    main()
