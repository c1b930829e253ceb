"""An address that somebody gave leads to the public internet, or where the operator said."""

from ipaddress import ip_network

import pytest

from charterdesk.base.outside import OutOfReach, connect, may_reach


def test_a_private_network_is_reached_only_where_the_operator_opened_it(settings):
    settings.PRIVATE_NETWORKS = [ip_network("10.2.0.0/16"), ip_network("fd00::/8")]

    reached = ["10.2.3.4", "::ffff:10.2.3.4", "fd00::1%eth0", "93.184.215.14"]
    assert [address for address in [*reached, "10.3.0.1", "127.0.0.1", "::1"] if may_reach(address)] == reached


def test_a_name_of_this_machine_is_out_of_reach():
    with pytest.raises(OutOfReach):
        connect("localhost", 80, tls=False, until=float("inf"))
