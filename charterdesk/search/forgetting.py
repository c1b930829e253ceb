"""Taking something out of the index at once, its words with it: what must not be found for one more second."""

from collections.abc import Collection

from django.db import connection, transaction

from charterdesk.search.index import LOCK

RARE = 100
"""A word that so many documents hold says nothing of one person."""

_WORDS = """
    SELECT DISTINCT lexeme FROM search_document, unnest(tsvector_to_array(vector)) AS lexeme
     WHERE source = ANY(%(sources)s) OR parent = ANY(%(parents)s)
"""
_TAKE_OUT = "DELETE FROM search_document WHERE source = ANY(%(sources)s) OR parent = ANY(%(parents)s)"
# Each is a look into the index of words; `quote_literal` keeps a lexeme with odd signs one lexeme.
_DROP_WORDS = """
    DELETE FROM search_word AS kept WHERE kept.word = ANY(%(words)s) AND kept.documents <= %(rare)s
       AND NOT EXISTS (SELECT 1 FROM search_document WHERE vector @@ quote_literal(kept.word)::tsquery)
"""


@transaction.atomic
def forget(*, sources: Collection[str] = (), parents: Collection[str] = ()) -> None:
    """Take out these documents, all under `parents`, and every rare word that nobody else used.

    Four statements, and a look-up for each different word of theirs.
    """
    named = {"sources": list(sources), "parents": list(parents)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(_WORDS, named)
        words = [word for (word,) in cursor.fetchall()]
        cursor.execute(_TAKE_OUT, named)
        cursor.execute(_DROP_WORDS, {"words": words, "rare": RARE})
