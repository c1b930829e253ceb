"""Guessing is slow, and nobody locks out another person."""

from datetime import timedelta

import pytest

from charterdesk.access.models import Tries
from charterdesk.access.throttling import HERE, STRANGERS, Attempt, Place, forget_old_tries, network_of
from charterdesk.base.clock import now

pytestmark = pytest.mark.django_db
ADDRESS = "imke@water.example.org"
ATTACKER = Place(ip="203.0.113.7")
STRANGER = Place(ip="198.51.100.9")


def tries(place: Place, times: int, *, account: str = ADDRESS) -> int:
    """Try so often; return how often it was judged."""
    return sum(Attempt("password", account, place).allowed() for _time in range(times))


def test_a_stranger_gets_five_tries_in_five_minutes():
    assert tries(ATTACKER, 50) == HERE.most


def test_an_attacker_shuts_out_themselves_and_nobody_on_another_network():
    tries(ATTACKER, 50)

    assert tries(Place(ip="203.0.113.200"), 1) == 0
    assert tries(STRANGER, 1) == 1


def test_many_networks_together_get_no_more_than_the_account_bears():
    judged = sum(tries(Place(ip=f"198.18.{number}.1"), 5) for number in range(60))

    assert judged == STRANGERS.most


def test_a_known_device_comes_in_while_the_whole_world_hammers():
    for number in range(60):
        tries(Place(ip=f"198.18.{number}.1"), 5)

    assert tries(STRANGER, 1) == 0
    assert tries(Place(ip="198.18.1.1", device="mine"), 1) == 1


def test_a_right_password_does_not_count():
    for _time in range(20):
        attempt = Attempt("password", ADDRESS, STRANGER)
        assert attempt.allowed()
        attempt.take_back()


def test_the_door_opens_again_by_itself_however_long_somebody_hammers():
    tries(ATTACKER, 50)
    Tries.objects.update(until=now() - timedelta(seconds=1))

    assert tries(ATTACKER, 1) == 1


def test_counters_name_nobody_and_go_when_their_time_is_over():
    tries(ATTACKER, 1)
    assert not any(
        "imke" in key or ("203" in key[:3] and "." in key) for key in Tries.objects.values_list("key", flat=True)
    )
    Tries.objects.update(until=now() - timedelta(seconds=1))

    assert forget_old_tries() == 3
    assert not Tries.objects.exists()


def test_one_household_is_one_network():
    assert network_of("203.0.113.7") == network_of("::ffff:203.0.113.9") == "203.0.113.0/24"
    assert network_of("2001:db8:1:2::5") == "2001:db8:1:2::/64"
    assert network_of("") == ""
