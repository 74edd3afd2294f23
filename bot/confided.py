"""The commands about what is confided: a table for the register, another key, and whom a lost account could read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.terminal import explained, say, settings_in

StandBy = Annotated[
    bool, typer.Option("--stand-by", help="Wait while another runs; take over when it ends. 候补，那个停了就接上。")
]
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        "-c",
        metavar="FILE",
        envvar="XIAOBANDENG_CONFIG",
        help="The settings; without it ./config.toml if there is one. 设置文件。",
    ),
]

key = typer.Typer(help="The key that what is confided is sealed with. 钥匙。", no_args_is_help=True)


@key.callback()
def keys() -> None:
    """The key that what is confided is sealed with. 钥匙。"""


def import_register(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV or XLSX; its first row names the columns. 表格。")],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who answers for it. 谁问过本人，谁负责。")],
    config: ConfigFile = None,
    community: Annotated[str, typer.Option("--community", metavar="NAME", help="Of several, which. 哪个社区。")] = "",
    lists: Annotated[bool, typer.Option("--lists", help="Lists of people, not the register. 名单（支部）。")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask after the preview of lists. 看过不再问。")] = False,
) -> None:
    """Take people from a table: into the register of those who are visited, or, with --lists, onto lists. All of it, or
    nothing. 从表格登记老人，或记名单：全部或一个也不。"""
    from bot import lists_import, register

    with explained():
        settings = settings_in(config)
        now = datetime.now(UTC)
        if not lists:
            n = register.take_in(settings, file, by, now, community)
            typer.echo(say(settings, "import.done", n=n))
            return

        def agreed(preview: list[str]) -> bool:
            typer.echo("\n".join(preview))
            return yes or typer.confirm(say(settings, "import.sure"))

        names = lists_import.take_in(settings, file, by, now, agreed, community)
        typer.echo("\n".join(names))


@key.command("rotate")
def rotate_key(config: ConfigFile = None) -> None:
    """Seal everything that is confided with a new key. The bot must not run. 换一把钥匙，先停下小板凳。"""
    from bot.lease import lease
    from bot.rotating import rotate

    with explained():
        settings = settings_in(config)
        with lease(settings.database.file):
            id, n = rotate(settings, datetime.now(UTC))
        typer.echo(say(settings, "key.rotated", id=id, n=n, file=str(settings.database.key)))


def breach_of(
    account: Annotated[str, typer.Argument(metavar="ACCOUNT", help="telegram:1234, matrix:@y:example.org. 账号。")],
    config: ConfigFile = None,
) -> None:
    """Whose records were within reach of an account that was lost. 账号丢了：它看得到谁的资料。"""
    from bot import breach

    with explained():
        settings = settings_in(config)
        found = breach.breach(settings, account, datetime.now(UTC))
        for line in breach.lines(settings, found, settings.community.zone):
            typer.echo(line)
