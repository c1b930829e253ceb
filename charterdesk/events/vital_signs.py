"""Signs of life of the worker's processes, for readiness and for operators."""

from datetime import datetime, timedelta

from django.db.models.functions import Now

from charterdesk.events.models import Heartbeat
from charterdesk.events.reactions import LANES

ALIVE_S = 15


PARTS = (*LANES, "timers", "jobs", "webhooks")
"""What workers do between them."""


def say_that_we_live(name: str, *, part: str, started_at: datetime, state: dict[str, str]) -> None:
    """Note that the process `name` lives, which `part` of the desk it is, and what it does. One statement."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, part=part, at=Now(), started_at=started_at, state=state)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["at", "state"],
    )


def say_goodbye(name: str) -> None:
    """Forget the process `name`, and those that died without a word a day ago."""
    Heartbeat.objects.filter(name=name).delete()
    Heartbeat.objects.filter(at__lt=Now() - timedelta(days=1)).delete()


def living() -> list[Heartbeat]:
    """The processes that gave a sign in the last `ALIVE_S` seconds. One statement."""
    return list(Heartbeat.objects.filter(at__gte=Now() - timedelta(seconds=ALIVE_S)).order_by("name"))


def what_is_missing() -> list[str]:
    """Those of `PARTS` that nobody does; empty when the engine runs. One statement."""
    done = {part for process in living() for part, state in process.state.items() if state == "active"}
    return [part for part in PARTS if part not in done]
