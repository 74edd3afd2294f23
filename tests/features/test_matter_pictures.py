"""Pictures of matters where talk does not show it: what does not come, what comes twice, who sees them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from sqlmodel import select

from adapters.scene.network import SceneNetwork, group, person, private
from core.confided import Confided
from core.features.matters.pictured import may_see
from core.features.matters.shown import said
from core.matter_pictures import MOST, MatterPicture
from core.matters import Matter, MatterShare
from core.members import Member
from core.messages import Attached, Said, Span
from core.posts import Post
from core.reading.openly import GONE
from core.views.lookup import Lookup
from core.views.view import View
from tests.migrating import bring
from tests.street import GROUP, MONDAY, YANG, Street, street

PEOPLE = ("陈伯", "李阿姨", "王伯", "赵叔")
KEPT = Confided("半夜拖椅子")


def with_picture(here: Street, name: str, words: str, ref: str, *, privately: bool = True) -> Said:
    who = person(name)
    said = here.network.said(who, private(who) if privately else GROUP, words)
    return replace(said, attached=Attached("picture", ref))


def shown(here: Street) -> list[tuple[str, str]]:
    """The chat and the name of every picture that stands on a screen, or ever stood there."""
    return [
        (call.chat.id, call.message.picture) for call in here.network.calls if call.message and call.message.picture
    ]


class Broken(SceneNetwork):
    """What people send cannot be fetched."""

    async def fetch(self, thing: Attached) -> bytes:
        if thing.ref == "film":
            return b"\x00\x00\x00\x18ftypmp42"
        raise OSError("the line is broken")


async def test_words_count_without_a_picture_that_does_not_come(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="", network=Broken()) as here:
        for ref, word in (("gone", "楼道"), ("film", "车棚")):
            await here.tell(with_picture(here, "陈伯", f"烦心事 {word}的灯坏了", ref))
        await here.deliver()
        assert len(here.rows(Matter)) == 2
        assert here.rows(MatterPicture) == []
        assert sum("照片没有收到" in text for text in here.texts("陈伯")) == 2
        assert not Path(f"{tmp_path}/street.db.pictures").exists()


async def test_told_twice_it_is_one_and_no_group_is_ever_shown_a_picture(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted="") as here:
        said = with_picture(here, "陈伯", "烦心事 楼道灯坏了", "1")
        await here.tell(said)
        await here.tell(said)
        await here.again()
        await here.tell(said)
        await here.deliver()
        await here.press(YANG, "公开")
        await here.deliver()
        for who in ("陈伯", "李阿姨"):
            await here.say(who, "事1")
            await here.deliver()
        (row,) = here.rows(MatterPicture)
        assert row.released
        assert here.database.shelf.read(row.name)
        assert {chat for chat, _ in shown(here)} == {f"private/{name}" for name in (YANG, "陈伯", "李阿姨")}


async def test_a_matter_has_so_many_pictures_and_a_stranger_fills_no_disk(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await here.tell(with_picture(here, "陈伯", "烦心事 楼道灯坏了", "0"))
        for n in range(1, MOST + 2):
            await here.tell(with_picture(here, "陈伯", "", str(n)))
            await here.deliver()
        assert len(here.rows(MatterPicture)) == MOST
        assert "照片够多了" in here.texts("陈伯")[-1]
        kept = len(list(Path(f"{tmp_path}/street.db.pictures").iterdir()))
        await here.tell(with_picture(here, "生人", "烦心事 给我看看", "x"))
        stranger = replace(with_picture(here, "生人", "看这里", "y"), chat=group("elsewhere"))
        await here.tell(stranger)
        assert len(list(Path(f"{tmp_path}/street.db.pictures").iterdir())) == kept


async def test_what_neighbours_show_one_another_is_not_kept(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await here.tell(with_picture(here, "陈伯", "今天的花真好看", "1", privately=False))
        await here.deliver()
        assert here.rows(MatterPicture) == []
        assert not await asyncio.to_thread(Path(f"{tmp_path}/street.db.pictures").exists)


async def test_what_is_taken_back_leaves_no_picture(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await here.tell(with_picture(here, "陈伯", "烦心事 楼道灯坏了", "1"))
        await here.deliver()
        await here.press("陈伯", "撤销")
        await here.deliver()
        assert here.rows(MatterPicture) == []
        assert not [text for text in here.texts(YANG) if "事1的照片（" in text]


async def test_rows_from_before_have_no_pictures_and_may_get_some(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await here.say("陈伯", "烦心事 楼道灯坏了")
        await here.deliver()
        await here.die()
        bring(here.url, "0031", back=True)
        await here.start()
        await here.tell(with_picture(here, "陈伯", "", "1"))
        await here.deliver()
        (row,) = here.rows(MatterPicture)
        (matter,) = here.rows(Matter)
        assert row.matter_id == matter.id


# ------------------------------------------------------------ who may see and read


class Locked:
    """What was sealed with a key that is gone."""

    def open(self) -> None:
        return None


async def test_a_picture_is_seen_by_who_sent_it_handles_it_or_coordinates_and_released_by_who_shares_it(
    tmp_path: Path,
) -> None:
    async with street(tmp_path, *PEOPLE, posted="") as here:
        for name in (*PEOPLE, YANG):
            await here.say(name, "名单", None)
        with here.database.writing() as session:
            ours = here.app.heres.first
            who = {row.name: row.id for row in session.exec(select(Member)).all()}
            row = Matter(community_id=ours.id, id=5, given_to=who["王伯"], brought_at=MONDAY, stepped_at=MONDAY)
            found = MatterPicture(
                community_id=ours.id, id=6, matter_id=5, name="x.jpg", by_member=who["陈伯"], at=MONDAY
            )
            share = MatterShare(community_id=ours.id, matter_id=5, member_id=who["李阿姨"], at=MONDAY)
            session.add_all((row, found, share))
            session.flush()

            def see(*, public: bool, released: bool) -> set[str]:
                row.public, found.released = public, released
                lookup = Lookup(session, ours, MONDAY)
                assert may_see(lookup, row, found, 0) is (public and released)
                return {name for name in (*PEOPLE, YANG) if may_see(lookup, row, found, who[name])}

            mine = {"陈伯", "王伯", YANG}
            assert see(public=False, released=False) == mine
            assert see(public=True, released=False) == mine
            assert see(public=False, released=True) == mine | {"李阿姨"}
            assert see(public=True, released=True) == {*PEOPLE, YANG}
            found.by_member, row.given_to = 0, 0
            assert see(public=False, released=False) == {YANG}, "whoever sent it is forgotten, and nobody handles it"

            def read(name: str, *, privately: bool = True, kept: Confided = KEPT) -> tuple[Span, ...]:
                view = View(Lookup(session, ours, MONDAY), Post(), "zh", privately, who.get(name, 0))
                return said(view, row, "", kept)

            row.given_to = who["王伯"]
            reading = {name for name in (*PEOPLE, YANG, "") if read(name) != (GONE,)}
            assert reading == {"李阿姨", "王伯", YANG}, "who shares it, who handles it, who coordinates"
            assert read(YANG, privately=False) == (GONE,)
            assert read("赵叔", kept=Confided()) == read(YANG, kept=Confided()) == ()
            lost = Confided(seal=Locked())
            assert read(YANG, kept=lost) == View(Lookup(session, ours, MONDAY), Post(), "zh", True).say("confided.lost")
            assert read("赵叔", kept=lost) == (GONE,)
