"""Vectors by a service that speaks as most do: {"model", "input"} is posted, {"data": [{"embedding"}]} comes back.

Its address is the operator's word, so it may lie in any network.
"""

from collections.abc import Sequence
from urllib.request import ProxyHandler, Request, build_opener

import msgspec
from django.conf import settings

SECONDS_FOR_A_QUESTION, SECONDS_FOR_TEXTS = 1, 30
MOST_BYTES = 32 * 2**20


class _Vector(msgspec.Struct):
    embedding: list[float]
    index: int = 0


class _Vectors(msgspec.Struct):
    data: list[_Vector]


class RemoteEmbedder:
    """What settings call `VECTORS`, `VECTORS_MODEL`, `VECTORS_KEY` and `VECTORS_LANGUAGES`."""

    def __init__(self) -> None:
        self.name = f"{settings.VECTORS} {settings.VECTORS_MODEL}"
        self.languages: tuple[str, ...] = settings.VECTORS_LANGUAGES

    def of_texts(self, texts: Sequence[str]) -> list[list[float]]:
        """One call; blocks up to half a minute."""
        return self._ask(texts, SECONDS_FOR_TEXTS)

    def of_question(self, text: str) -> list[float]:
        """One call; blocks up to a second."""
        return self._ask([text], SECONDS_FOR_A_QUESTION)[0]

    def _ask(self, texts: Sequence[str], seconds: float) -> list[list[float]]:
        headers = {"Content-Type": "application/json"}
        if settings.VECTORS_KEY:
            headers["Authorization"] = f"Bearer {settings.VECTORS_KEY}"
        content = msgspec.json.encode({"model": settings.VECTORS_MODEL, "input": list(texts)})
        request = Request(settings.VECTORS, data=content, headers=headers, method="POST")
        with build_opener(ProxyHandler({})).open(request, timeout=seconds) as response:
            answer = msgspec.json.decode(response.read(MOST_BYTES), type=_Vectors)
        vectors = [each.embedding for each in sorted(answer.data, key=lambda each: each.index)]
        if len(vectors) != len(texts) or not vectors[0] or len({len(vector) for vector in vectors}) != 1:
            raise ValueError(f"{settings.VECTORS} answered something else than a vector for each text")
        return vectors
