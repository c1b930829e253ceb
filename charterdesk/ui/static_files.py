"""Where scripts, styles, fonts and icons lie: under names with a hash of their content, kept by browsers for ever."""

import json
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles.storage import StaticFilesStorage

PACKAGE = Path(__file__).resolve().parents[1]


@lru_cache(maxsize=1)
def manifest() -> dict[str, str]:
    """The name for ever of each built file; empty while a build watches. Read once: a running desk keeps its names."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.glob("*/static/*/manifest.json")):
        found |= json.loads(path.read_text())
    return found


class NamedForEver(StaticFilesStorage):
    """`{% static "workspace/desk.js" %}` is "/static/workspace/desk-2QK7M3XA.js"."""

    def url(self, name: str | None) -> str:
        """The address of a static file, by its plain name."""
        return super().url(manifest().get(name or "", name))
