"""Counts of views as pages show them: asked for while somebody looks, and of each person at most every few seconds."""

import threading
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence

from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import SavedView
from charterdesk.tickets.view_lists import view_counts

FRESH_S = 5.0
MOST_COUNTED = 40
MOST_KEPT = 2000

_lock = threading.Lock()
_kept: OrderedDict[tuple[object, ...], tuple[float, Mapping[int, int]]] = OrderedDict()


def fresh_counts(viewer: Viewer, views: Sequence[SavedView]) -> Mapping[int, int]:
    """The counts of `views`, at most `FRESH_S` old: a busy desk's news come every few seconds to every open page."""
    if not views:
        return {}
    key = (viewer.agent_id, viewer.team_ids, *((view.pk, repr(view.filter)) for view in views))
    with _lock:
        at, counts = _kept.get(key, (0.0, {}))
    if time.monotonic() - at < FRESH_S and at:
        return counts
    counts = view_counts(viewer, views)
    with _lock:
        _kept[key] = (time.monotonic(), counts)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return counts
