"""Which addresses are ours."""

import time
from collections.abc import Iterable

from charterdesk.channels.email.addresses import untagged
from charterdesk.channels.models import MailAccount
from charterdesk.people.models import Team

FRESH = 5.0
"""Seconds for which the list is believed before it is read again."""


class Mailboxes:
    """The addresses of teams and accounts, read again every few seconds. Safe to share among threads."""

    def __init__(self) -> None:
        self._teams: dict[str, int] = {}
        self._read_at = 0.0

    def knows(self, address: str) -> bool:
        """Whether mail to `address` is for us; what stands behind a plus sign does not matter."""
        local, _at, domain = untagged(address).rpartition("@")
        teams = self._fresh()
        return f"{local}@{domain}" in teams or (
            local == "postmaster" and any(known.endswith(f"@{domain}") for known in teams)
        )

    def team_id(self, addresses: Iterable[str]) -> int | None:
        """The team that the first of `addresses` that is ours belongs to."""
        teams = self._fresh()
        return next((teams[untagged(address)] for address in addresses if untagged(address) in teams), None)

    def _fresh(self) -> dict[str, int]:
        """Team by address; one look at most every few seconds, of two queries."""
        if time.monotonic() - self._read_at > FRESH or not self._teams:
            accounts = MailAccount.objects.filter(is_active=True).values_list("address", "team_id")
            teams = Team.objects.values_list("address", "pk")
            self._teams = {untagged(address): pk for address, pk in [*accounts, *teams]}
            self._read_at = time.monotonic()
        return self._teams
