"""What documents mean, as vectors beside the index: made behind the writers, the newest first, and found by likeness.

Only where the operator set it up (`embedders`). A text that changes loses its vector at once, by a trigger, and gets a
new one by the minute; one that is taken out takes its vector with it.
"""

import logging
import time
from array import array
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from os import PRIO_PROCESS, setpriority
from threading import get_native_id
from typing import NamedTuple

from django.db import DatabaseError, connection, transaction

from charterdesk.search import counting, index
from charterdesk.search.embedders import LONGEST, Asking, Embedder, embedder, is_wanted
from charterdesk.search.models import Embedded

BATCH = 16
HIGHEST = 2**62  # no document has such a number
KNOWN_FOR = 60.0  # seconds for which a process remembers that vectors are there, and how long they are
POLITE = 19  # of the thread that computes vectors: the desk's own work goes first
_asking = Asking()

log = logging.getLogger(__name__)


class _Text(NamedTuple):
    id: int
    text: str
    digest: str
    is_wanted: bool


class _Known:
    """The length of the vectors that are there, 0 for none; asked once a minute by each process."""

    def __init__(self) -> None:
        self.dimensions, self.until = 0, 0.0

    def look(self) -> int:
        """One statement a minute."""
        if time.monotonic() > self.until:
            found = Embedded.objects.values_list("dimensions", flat=True).first()
            self.dimensions, self.until = found or 0, time.monotonic() + KNOWN_FOR
        return self.dimensions

    def forget(self) -> None:
        """Ask anew."""
        self.until = 0.0


known = _Known()


def dimensions() -> int:
    """How long vectors are here; 0 where nothing is found by meaning."""
    return known.look() if is_wanted() else 0


def meaning_of(text: str) -> bytes:
    """What a question means, a signed byte for each dimension; b"" where nothing is found by meaning."""
    length = dimensions()
    vector = _asking.vector(text) if length else None
    return short(vector) if vector and len(vector) == length else b""


def short(vector: Sequence[float]) -> bytes:
    """A vector in signed bytes. Its length is lost, its direction is kept: that is what counts."""
    most = max(map(abs, vector))
    return array("b", (round(127 * value / most) for value in vector)).tobytes() if most else b""


def literal(meaning: bytes) -> str:
    """A short vector as PostgreSQL reads it."""
    return f"[{','.join(map(str, array('b', meaning)))}]"


def keep_meanings(seconds: float) -> int:
    """Give vectors to documents that have none, for `seconds` or until all have one; return to how many.

    Raises what an `Embedder` does, and `ImportError` where the extra is missing.
    """
    if not is_wanted():
        return 0
    began, done, asked = time.monotonic(), 0, embedder()
    if not _begin(asked.name):
        return 0
    with ThreadPoolExecutor(1, initializer=_be_polite) as apart:
        while time.monotonic() - began < seconds and (texts := _next_texts(asked)):
            wanted = [text for text in texts if text.is_wanted]
            vectors = apart.submit(asked.of_texts, [text.text for text in wanted]).result() if wanted else []
            _keep(texts, wanted, vectors)
            done += len(wanted)
    return done


def _begin(name: str) -> bool:
    """Have a place for the vectors of a model, an empty one if those of another were kept; False without pgvector."""
    if Embedded.objects.filter(name=name).exists():
        return True
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS vector")
            _empty(name)
    except DatabaseError:
        log.warning("nothing is found by meaning: the database needs pgvector 0.8", exc_info=True)
        return False
    return True


def _empty(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE search_meaning")
        cursor.execute("DROP INDEX IF EXISTS search_meaning_near")
    nothing = {"name": name, "dimensions": 0, "newest": 0, "oldest": HIGHEST}
    Embedded.objects.update_or_create(id=1, defaults=nothing)
    known.forget()


def _be_polite() -> None:
    setpriority(PRIO_PROCESS, get_native_id(), POLITE)


def _next_texts(asked: Embedder) -> list[_Text]:
    """Documents without a vector: those whose text changed, then new ones, then old ones, the newest first."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [counting.LOCK])
        if cursor.fetchone() != (True,):
            return []  # a rebuild is at work, and numbers come mixed
        cursor.execute(_NEXT, {"batch": BATCH, "longest": LONGEST})
        return [
            _Text(pk, text, digest, part == 0 and (not asked.languages or language in asked.languages))
            for pk, part, language, text, digest in cursor.fetchall()
        ]


_NEXT = """
    WITH reached AS (SELECT newest, oldest FROM search_embedded),
    stale AS (SELECT document_id AS id FROM search_meaning WHERE means IS NULL LIMIT %(batch)s),
    fresh AS (SELECT id FROM search_document WHERE id > (SELECT nullif(newest, 0) FROM reached)
               ORDER BY id LIMIT %(batch)s),
    older AS (SELECT id FROM search_document
               WHERE id < (SELECT oldest FROM reached) ORDER BY id DESC LIMIT %(batch)s)
    SELECT id, part, language, left(title || chr(10) || body, %(longest)s), md5(title || chr(10) || body)
      FROM search_document WHERE id IN (
        SELECT id FROM stale
        UNION ALL SELECT id FROM fresh WHERE NOT EXISTS (SELECT FROM stale)
        UNION ALL SELECT id FROM older WHERE NOT EXISTS (SELECT FROM stale) AND NOT EXISTS (SELECT FROM fresh))
"""


def _keep(texts: Sequence[_Text], wanted: Sequence[_Text], vectors: Sequence[Sequence[float]]) -> None:
    """Keep what was computed, and how far that has come."""
    if vectors:
        _prepare(len(vectors[0]))
    ids = [text.id for text in texts]
    written = ["{" + ",".join(map(str, vector)) + "}" for vector in vectors]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [index.LOCK])  # texts stand still
        cursor.execute("DELETE FROM search_meaning WHERE document_id = ANY(%s) AND means IS NULL", [ids])
        cursor.execute(_WRITE, [[text.id for text in wanted], [text.digest for text in wanted], written])
        cursor.execute(
            "UPDATE search_embedded SET newest = greatest(newest, %s), oldest = least(oldest, %s)",
            [max(ids), min(ids)],
        )


# A text that changed while its vector was computed waits for the next one.
_WRITE = """
    INSERT INTO search_meaning (document_id, means)
    SELECT id, CASE WHEN md5(title || chr(10) || body) = digest THEN given.means::real[] END
      FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS given (id, digest, means) JOIN search_document USING (id)
    ON CONFLICT (document_id) DO UPDATE SET means = excluded.means
"""


@transaction.atomic
def _prepare(length: int) -> None:
    """Make the index for vectors of this length, the first time and when the model has come to give others."""
    kept = Embedded.objects.get()
    if kept.dimensions == length:
        return
    if kept.dimensions:
        _empty(kept.name)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE INDEX search_meaning_near ON search_meaning"
            f" USING hnsw ((means::halfvec({int(length)})) halfvec_cosine_ops)"
        )
    Embedded.objects.update(dimensions=length)
    known.forget()
