"""Words that are made of others and written as one, as in German: taken apart by the words that the index has."""

from collections.abc import Sequence

from django.db import connection

LANGUAGES = {"de": "german_stem"}
"""Those that write so, and the dictionary that cuts their words."""

SHORTEST = 8  # letters of a word that is taken apart
PART = 0.7  # what a part counts, of a word that was asked for

# Between two parts may stand an s (Rechnungsbetrag). Of several ways to cut, the one whose rarer part is most frequent.
_PARTS = """
    WITH cuts AS (
        SELECT word, left(word, at) AS head, substr(word, at + 1) AS tail
          FROM unnest(%(words)s::text[]) AS word CROSS JOIN generate_series(4, length(word) - 3) AS at
    ), parts AS (
        SELECT DISTINCT word, part AS head, tail, (ts_lexize(%(stem)s::regdictionary, part))[1] AS head_stem,
               (ts_lexize(%(stem)s::regdictionary, tail))[1] AS tail_stem
          FROM cuts CROSS JOIN LATERAL (VALUES (head), (regexp_replace(head, 's$', ''))) AS linked (part)
    )
    SELECT DISTINCT ON (parts.word) parts.word, head, tail FROM parts
      JOIN search_word AS one ON one.word = head_stem AND one.is_plain
      JOIN search_word AS other ON other.word = tail_stem AND other.is_plain
     ORDER BY parts.word, least(one.documents, other.documents) DESC, length(tail)
"""


def parts_of(words: Sequence[str], language: str) -> dict[str, tuple[str, str]]:
    """Of those of `words` that two words of the index make up, these two. One statement, if there is a long word."""
    long = [word for word in words if len(word) >= SHORTEST and word.isalpha()]
    if language not in LANGUAGES or not long:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, {"words": long, "stem": LANGUAGES[language]})
        return {word: (head, tail) for word, head, tail in cursor.fetchall()}
