"""What people see of the bot before they write."""

from __future__ import annotations

from adapters.telegram import catalogue
from adapters.telegram.network import Telegram
from tests.adapters.place import listening as listen
from tests.telegram.waiting import until


async def test_menus_and_descriptions_are_set_once_in_every_language(listening, world, server, settings, village):
    await until(lambda: world.face.get("short.en"))
    names = {
        scope: [each["command"] for each in menu] for scope, menu in world.face.items() if scope.startswith("commands")
    }
    assert len(names) == 9
    assert "post" in names["commands.all_chat_administrators.zh"]
    assert world.face["commands.all_private_chats."] == world.face["commands.all_private_chats.zh"]
    before = server.count("setMyCommands")
    async with listen(Telegram(settings), village):
        await until(lambda: server.count("getMyShortDescription") == 6)
    assert server.count("setMyCommands") == before


def test_every_sentence_is_there_in_both_languages():
    assert catalogue().keys("zh") == catalogue().keys("en")
