"""`/healthz`, `/readyz` and `/metrics`: answered before anything else, without session, sign-in or host check.

A load balancer asks by IP address and often, so this is the first middleware and costs no statement (`/healthz`)
or one (`/readyz`). They tell nothing that is anybody's: numbers and yes or no.
"""

import shutil
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from charterdesk import __version__
from charterdesk.ops.schema_stamp import TABLE, expected_stamp

Answer = Callable[[HttpRequest], HttpResponse]
EXPECTED_STAMP = expected_stamp()


class HealthMiddleware:
    """Answers the three paths; everything else goes on."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = ANSWERS.get(request.path)
        return answer(request) if answer else self.get_response(request)


def healthz(request: HttpRequest) -> HttpResponse:
    """200: this process answers. No statement."""
    return JsonResponse({"status": "ok", "version": __version__, "secure": request.is_secure()})


def readyz(_request: HttpRequest) -> HttpResponse:
    """200 when pages can be served, else 503 that says what is missing. One statement."""
    missing = _what_is_missing()
    return JsonResponse({"status": "wait" if missing else "ready", "missing": missing}, status=503 if missing else 200)


def _what_is_missing() -> list[str]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select obj_description(to_regclass(%s), 'pg_class')", [TABLE])
            row = cursor.fetchone()
    except (DatabaseError, InterfaceError):
        return ["database"]
    return [] if row and row[0] == EXPECTED_STAMP else ["migrations"]


# Each statement answers one number; a table that is not there yet answers nothing.
MEASURES = {
    "charterdesk_jobs_waiting": (
        "Jobs that wait for a worker.",
        "select count(*) from procrastinate_jobs where status = 'todo'",
    ),
    "charterdesk_jobs_failed": (
        "Jobs that were given up.",
        "select count(*) from procrastinate_jobs where status = 'failed'",
    ),
    "charterdesk_reactions_parked": (
        "Reactions that were given up and wait for an operator.",
        "select count(*) from events_delivery where state = 'parked'",
    ),
    "charterdesk_timers_overdue": (
        "Timers that should have fired a minute ago.",
        "select count(*) from events_timer where state = 'running' and try_at < now() - interval '1 minute'",
    ),
    "charterdesk_mails_unread": (
        "Mails that came in and were not read yet.",
        "select count(*) from channels_rawmail where state = 'waiting'",
    ),
    "charterdesk_mails_to_go": (
        "Mails that wait to be sent.",
        "select count(*) from channels_outgoing where state in ('queued', 'in_flight')",
    ),
    "charterdesk_mails_held": (
        "Mails in doubt, refused or held back, for an operator to decide.",
        "select count(*) from channels_outgoing where state in ('in_doubt', 'failed', 'held')",
    ),
    "charterdesk_worker_silent_seconds": (
        "Seconds since a worker last said that it lives.",
        "select extract(epoch from now() - max(at)) from events_heartbeat where part = 'worker' "
        "having max(at) is not null",
    ),
    "charterdesk_database_bytes": (
        "Size of the database.",
        "select pg_database_size(current_database())",
    ),
}


def metrics(_request: HttpRequest) -> HttpResponse:
    """Numbers in Prometheus' text format. One statement per measure."""
    lines = [*_lines("charterdesk_disk_free_bytes", "Free bytes where the data lies.", _free_bytes())]
    for name, (text, statement) in MEASURES.items():
        lines += _lines(name, text, _number(statement))
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4")


def _lines(name: str, text: str, value: int | None) -> list[str]:
    return [] if value is None else [f"# HELP {name} {text}", f"# TYPE {name} gauge", f"{name} {value}"]


def _number(statement: str) -> int | None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            row = cursor.fetchone()
    except (DatabaseError, InterfaceError):
        return None
    return int(row[0]) if row else None


def _free_bytes() -> int | None:
    folder = settings.DATA_DIR
    lies_in = next(path for path in (folder, *folder.parents) if path.exists())  # it is made by the first start
    try:
        return shutil.disk_usage(lies_in).free
    except OSError:
        return None


ANSWERS: dict[str, Answer] = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}
