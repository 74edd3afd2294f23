"""0020 on rows that the version before wrote: an account of then is called by its @name as soon as it speaks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from adapters.scene.network import person
from core.claims import Claim
from core.members import Account
from tests.core.test_migrating_parts import columns_of
from tests.migrating import bring
from tests.street import GROUP, street

BEFORE = "0018"


async def test_whom_the_version_before_knew_is_found_by_their_handle_once_the_network_has_said_it(
    tmp_path: Path,
) -> None:
    async with street(tmp_path, "陈伯", "李阿姨") as here:
        await here.die()
        bring(here.url, BEFORE, back=True)
        assert "handle" not in columns_of(here.url, "account")
        await here.start()
        assert {row.handle for row in here.rows(Account)} == {""}
        await here.say("陈伯", "帮@li_ayi报名")
        assert here.rows(Claim) == [], "nobody is called so yet"
        await here.tell(here.network.said(replace(person("李阿姨"), handle="li_ayi"), GROUP, "大家好"))
        await here.say("陈伯", "帮@li_ayi报名")
        await here.deliver()
        (claim,) = here.rows(Claim)
        (account,) = [row for row in here.rows(Account) if row.id == "李阿姨"]
        assert (account.handle, claim.member_id) == ("li_ayi", account.member_id)
