"""What we use of libraries without their promising it: it stands in one file for each, and this says when it goes."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import nio
import pytest
import telegram
from nio.crypto import GroupSessionStore, Olm, OutboundGroupSession

ROOT = Path(__file__).parents[2]
PRIVATE = {("adapters/telegram/client.py", "_post")}
"""Names with an underscore that belong to a library, each with the one file that may say it."""
UNDOCUMENTED = [
    (telegram.Bot, "_post"),  # updates as they came, and sends without a `Message` made of every answer
    *((nio.AsyncClient, name) for name in ("receive_response", "should_claim_keys", "encrypt", "share_group_session")),
    *((nio.AsyncClient, name) for name in ("get_users_for_key_claiming", "send_to_device_messages")),
    *((Olm, name) for name in ("should_share_group_session", "get_missing_sessions", "share_keys", "save_account")),
    *((Olm, name) for name in ("handle_response", "sign_json", "decrypt_megolm_event", "verify_json")),
    (GroupSessionStore, "get"),
]
"""What `adapters/telegram/client.py` and `adapters/matrix/keys.py` lean on."""
KEPT = {
    Olm: ("outbound_group_sessions", "inbound_group_store", "session_store", "account", "device_store"),
    OutboundGroupSession: ("users_shared_with", "users_ignored"),
}
"""What their objects have, set when they are made."""
HOW = (
    "a library has changed: look at what stands in its place, in adapters/telegram/client.py or adapters/matrix/keys.py"
)


@pytest.mark.parametrize(("owner", "name"), UNDOCUMENTED, ids=lambda each: getattr(each, "__name__", each))
def test_what_we_use_undocumented_is_there(owner: type, name: str) -> None:
    assert hasattr(owner, name), HOW


@pytest.mark.parametrize("owner", KEPT, ids=lambda each: each.__name__)
def test_what_their_objects_keep_is_there(owner: type) -> None:
    made = "\n".join(inspect.getsource(each) for each in owner.__mro__ if each.__module__.startswith("nio"))
    assert [name for name in KEPT[owner] if f"self.{name}" not in made] == [], HOW


def strangers(file: Path) -> Iterator[str]:
    """Private names that a file asks of something else than its own: not `self._x` that it sets or defines itself."""
    tree = ast.parse(file.read_text("utf-8"))
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    own |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)}
    own |= {
        node.target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr[0] == "_" != node.attr[1] and node.attr not in own:
            yield node.attr


def test_no_other_file_says_a_private_name_of_a_library() -> None:
    files = [*ROOT.glob("adapters/telegram/*.py"), *ROOT.glob("adapters/matrix/*.py")]
    said = {(str(file.relative_to(ROOT)), name) for file in files for name in strangers(file)}
    assert said == PRIVATE
