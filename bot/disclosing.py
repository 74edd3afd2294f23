"""Whoever asks on our page for details: who they are, whether it is theirs to read, and what they read."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import Session

from core import disclosing
from core.db import Database
from core.details import Asked, Proof, Proves, Shown
from core.heres import Heres
from core.network import Network

security = logging.getLogger("xiaobandeng.security")


class Discloser:
    """Answers the page. `touched`: something stands differently on a screen from now on."""

    def __init__(
        self,
        database: Database,
        heres: Heres,
        networks: Mapping[str, Network],
        now: Callable[[], datetime],
        touched: Callable[[], None],
    ) -> None:
        self._database = database
        self._heres = heres
        self._networks = networks
        self._now = now
        self._touched = touched

    async def disclose(self, asked: Asked) -> Shown | None:
        """What may be read now; None for whoever may not. What was brought for it is spent either way."""
        now = self._now()
        proof: Proof | None = None
        if not asked.secret:
            network = self._networks.get(asked.network)
            proof = network.proven(asked.proof, now) if isinstance(network, Proves) else None
            if proof is None:
                security.info("details were asked for with a proof that is none", extra={"network": asked.network})
                return None
        shown = await self._database.write(lambda session: self._read(session, asked, proof, now))
        if shown is None:
            security.info("details were asked for by who may not read them")
        self._touched()
        return shown

    def _read(self, session: Session, asked: Asked, proof: Proof | None, now: datetime) -> Shown | None:
        heres = self._heres
        if proof is None:
            post = disclosing.spend_link(session, heres.ids, asked.secret, now)
        elif disclosing.spend_proof(session, f"{asked.network} {proof.once}", now):
            post = disclosing.posted_as(session, heres.ids, asked.post)
        else:
            post = None
        if post is None:
            return None
        found = disclosing.read(session, heres[post.community_id], post, now, proof.person if proof else None)
        return Shown(disclosing.lines(found[0].text), found[1]) if found is not None else None
