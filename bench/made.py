"""Documents of every kind made of generated words, as many as are wanted, with no tickets and articles around them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import connection
from proofs.search_corpus import Message, messages

from charterdesk.base.clock import now
from charterdesk.search import findable
from charterdesk.search.audience import PUBLIC, SIGNED_IN, STAFF, contact_tag, team_tag

# Of twenty documents so many are of a kind, as on a desk whose customers mostly write to it.
SHARES = {"message": 11, "ticket": 3, "articletext": 1, "solution": 1, "topic": 1, "post": 2, "comment": 1}
KINDS = [kind for kind, share in SHARES.items() for _ in range(share)]
WHOLE = {"message": "ticket", "articletext": "article", "post": "topic", "comment": "comments"}  # else itself
TO_ONE = {"message": 4, "post": 4, "comment": 3}  # so many belong to the same thing
OF_TEAMS, UNTITLED = ("message", "ticket"), ("message", "post", "comment")
AUDIENCES = ([PUBLIC, SIGNED_IN, STAFF],) * 7 + ([SIGNED_IN, STAFF],) * 2 + ([STAFF],)
CONTACTS = 20_000
_TABLE = """
    CREATE TABLE bench_made (kind text, id bigint, parent text, audience text[], language text, title text, body text,
           created_at timestamptz, quality float8, PRIMARY KEY (kind, id))
"""
_SELECT = """
    SELECT id, parent, audience, language, title, body, ARRAY[]::text[] AS reference, created_at, quality
      FROM bench_made WHERE kind = '{kind}'
"""


def write_made(count: int, teams: Sequence[int]) -> None:
    """COPY `count` documents into a table of the bench and have nothing but these be findable, by whoever has the tags.

    Some 15,000 a second.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TABLE)
        with cursor.copy("COPY bench_made FROM STDIN") as copy:
            for row in _rows(count, teams):
                copy.write_row(row)
        cursor.execute("ANALYZE bench_made")
    for kind in findable.kinds():
        known = findable.kind_of(kind)
        findable.forget(kind)
        if kind in SHARES:
            table = f"(SELECT id FROM bench_made WHERE kind = '{kind}') AS made"
            findable.register(
                replace(known, select=_SELECT.format(kind=kind), table=table, visible=lambda _viewer, ids: ids)
            )


def _rows(count: int, teams: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    numbers, at = dict.fromkeys(SHARES, 0), now()
    for one in messages(0, count):
        kind = KINDS[one.id % len(KINDS)]
        number = numbers[kind] = numbers[kind] + 1
        whole = f"{WHOLE.get(kind, kind)}:{1 + (number - 1) // TO_ONE.get(kind, 1)}"
        title = "" if kind in UNTITLED else " ".join(one.body.split()[:6])
        body = " ".join(one.body.split()[6:16]) if kind == "ticket" else one.body
        tags = _tags(one, teams) if kind in OF_TEAMS else AUDIENCES[number % len(AUDIENCES)]
        quality = 0.0 if kind in OF_TEAMS else number % 10 / 10
        yield kind, number, whole, tags, one.language, title, body, at - timedelta(minutes=one.at), quality


def _tags(one: Message, teams: Sequence[int]) -> list[str]:
    return [team_tag(teams[one.team % len(teams)]), contact_tag(1 + one.ticket % CONTACTS)]
