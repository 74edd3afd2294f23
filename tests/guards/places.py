"""Where the guards stand, and which tests are asked about each: those that are about it, quick ones first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

ALL = None


class Place(NamedTuple):
    """A guarded file: the functions in it, all where there are none named; and the tests that are asked."""

    file: str
    functions: Sequence[str] | None
    tests: Sequence[str]


def scenes(*names: str) -> tuple[str, ...]:
    return tuple(f"tests/scenes/test_scenes.py::test_scene[{name}]" for name in names)


EDGES = "tests/core/test_edges.py"
NOT_ALLOWED = "tests/core/test_not_allowed.py"
WHO = "tests/core/test_who_coordinates.py"
CLAIMING = (
    "tests/core/test_rules.py",
    EDGES,
    "tests/core/test_moves.py",
    "tests/core/test_claim_histories.py::test_claims_go_as_a_simple_model_says",
    *scenes("waiting", "waiting-leaves", "proxy", "close", "cancel", "swap-places", "guests-waiting", "edit-smaller"),
    *scenes("late-leave", "here", "here-and-done", "on-my-way", "names", "all-private", "last-hour", "offer-deadline"),
    NOT_ALLOWED,
    *scenes("add-remove", "add-takes-offer", "coordinators-only", "offer-joined", "waiting-declined", "late-offer"),
    *scenes("undo", "after-cancel", "close-and-back", "guests-waiting", "place-number"),
)
MATTERS = scenes("privately", "brought", "steps", "same", "me-too", "made-public", "nothing-public")
CONFIDING = (
    "tests/core/test_confiding.py",
    EDGES,
    "tests/core/test_confided.py",
    "tests/features/test_confided.py",
    "tests/features/test_confided_accounts.py",
)
SEALING = (EDGES, "tests/core/test_confided.py", "tests/bot/test_keys.py", "tests/core/test_migrating_sealed.py")
COURIER = (
    "tests/bot/test_planning.py",
    "tests/bot/test_courier.py",
    "tests/bot/test_courier_failing.py",
    "tests/bot/test_courier_dying.py",
    "tests/bot/test_fortnight.py",
    *CONFIDING,
    *scenes("budget", "quiet-hours", "quiet-private", "lines-night"),
)

PLACES = (
    # rules
    Place("core/rules.py", ALL, (EDGES, "tests/core/test_rules.py")),
    Place(
        "core/claims.py",
        ("Roster.filling", "Roster.taking", "Roster.waiting", "Roster.of", "Roster.left", "Roster.room", "promote"),
        CLAIMING,
    ),
    Place("core/deeds/claiming.py", ("bars", "claim", "take_place"), CLAIMING),
    Place("core/deeds/withdrawing.py", ("leave", "whose", "answer_offer"), CLAIMING),
    Place(
        "core/deeds/exchanging.py",
        ("may_exchange",),
        (*CLAIMING, *scenes("exchange", "exchange-english", "swap-places")),
    ),
    # permissions
    Place(
        "core/work.py", ("Work.who_may", "Work.may", "Work.forget_roles"), (NOT_ALLOWED, "tests/features/test_roles.py")
    ),
    Place(
        "core/known.py",
        ALL,
        (WHO, "tests/bot/test_standing.py", "tests/bot/test_groups.py", "tests/bot/test_pairing.py"),
    ),
    Place("core/standing.py", ALL, (WHO, "tests/bot/test_standing.py", "tests/features/test_confided_accounts.py")),
    Place("core/deeds/changing.py", ("may_change", "close", "cancel"), CLAIMING),
    Place(
        "core/deeds/repeating.py",
        ("stop", "cancel_from", "leave_out"),
        (NOT_ALLOWED, *scenes("series-stopped", "series-one-cancelled", "series-except")),
    ),
    Place("core/deeds/appointing.py", ALL, (NOT_ALLOWED, "tests/features/test_roles.py")),
    Place("core/deeds/morning.py", ("may_arrange", "stop"), (NOT_ALLOWED, "tests/features/test_morning_line.py")),
    # presses
    Place(
        "core/talk/pressing.py",
        ALL,
        (
            "tests/core/test_pressing.py",
            "tests/bot/test_forged_presses.py",
            "tests/bot/test_security_events.py",
            "tests/features/test_details.py",
            *scenes("as-telegram", "rights", "as-matrix", "as-matrix-here", "as-telegram-twice", "undo"),
        ),
    ),
    # what may be confided, and its keys
    Place("core/confiding.py", ALL, (EDGES, "tests/core/test_confiding.py", "tests/features/test_confided.py")),
    Place("core/confided.py", ALL, SEALING),
    Place("core/seals.py", ALL, SEALING),
    Place("bot/keys.py", ALL, SEALING),
    Place(
        "core/features/matters/shown.py",
        ("may_read", "said"),
        (
            "tests/features/test_matter_pictures.py",
            "tests/features/test_matters.py",
            "tests/features/test_matters_kept.py",
            *MATTERS,
        ),
    ),
    Place(
        "core/features/matters/pictured.py",
        ("may_see",),
        ("tests/features/test_matter_pictures.py",),
    ),
    Place(
        "bot/planning.py",
        ("consider", "may_leave", "show", "fit_to_confide", "find_target", "reader_of", "held_back"),
        COURIER,
    ),
    # codes, limits, budgets, quiet hours
    Place("core/pairing.py", ALL, (EDGES, "tests/core/test_pairing.py")),
    Place("core/linking.py", ALL, (EDGES, *scenes("linking"))),
    Place("bot/shares.py", ALL, ("tests/bot/test_shares.py",)),
    Place("core/manners.py", ALL, (EDGES, "tests/core/test_manners.py")),
    Place(
        "core/deeds/group_line.py",
        ("Today.full", "Today.asked", "Today.may_ask", "line_to_ask", "by_day", "lines_of_day"),
        (
            "tests/core/test_group_lines.py",
            *scenes(
                "lines-few", "lines-merged", "lines-night", "lines-english", "night-lines", "early-lines", "budget"
            ),
        ),
    ),
    # what durability rests on
    Place(
        "core/db.py",
        ("Database.there", "Database._insist", "passing"),
        (EDGES, "tests/core/test_db.py", "tests/bot/test_gone.py"),
    ),
)
