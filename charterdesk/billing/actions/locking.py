"""Which rows are held while something of billing is changed: first what it is about, then contracts by number."""

from collections.abc import Iterable

from django.db import connection

from charterdesk.billing.models import Contract


def lock_about(about: str) -> None:
    """Hold what is said and spent of a request (its key) until the transaction ends. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"billing:{about}"])


def lock_all_about(abouts: Iterable[str]) -> None:
    """Hold what is said and spent of each of these requests, in the order of their keys. One statement."""
    names = [f"billing:{about}" for about in sorted(set(abouts))]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_advisory_xact_lock(hashtextextended(name, 0))) FROM unnest(%s::text[]) AS name", [names]
        )


def lock_contracts(pks: list[int]) -> None:
    """Hold these contracts' rows, in the order of their numbers. One statement."""
    list(Contract.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk").values_list("pk"))
