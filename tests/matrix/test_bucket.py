"""What is only nice to have waits while an account may send little more."""

from __future__ import annotations

from adapters.matrix.bucket import BURST, EACH, Bucket


def test_a_few_things_said_hold_nothing_up():
    bucket = Bucket()
    for _ in range(3):
        bucket.spent(100.0)
    assert bucket.spare(100.0) == 0


def test_what_is_only_nice_waits_while_little_is_left_and_goes_when_there_is_more():
    bucket = Bucket()
    for _ in range(8):
        bucket.spent(100.0)
    wait = bucket.spare(100.0)
    assert wait == 5 * EACH
    assert bucket.spare(100.0 + wait) == 0
    bucket.refused(200.0, 3.0)
    assert bucket.spare(200.0) > 6 * EACH


def test_where_more_goes_through_than_synapse_allows_nothing_waits_until_a_no():
    bucket = Bucket()
    for _ in range(BURST + 5):
        bucket.spent(100.0)
    assert bucket.spare(100.0) == 0
    bucket.refused(101.0, 5.0)
    assert bucket.spare(101.0) > 0
