"""Of the walk over the API (`test_access.py`): calls, and what the telephone is set up with."""

from typing import Any

from charterdesk.calls.models import Call, PhoneLine, PhoneSystem
from tests.test_access import ADMINISTRATORS, STAFF, TEAM, World

WHO: dict[str, set[str]] = {
    "GET /calls": STAFF,
    "POST /calls": TEAM,
    "GET /calls/{call_id}": TEAM,
    "PATCH /calls/{call_id}": TEAM,
    "GET /call-figures": STAFF,
    "GET /phone-lines": ADMINISTRATORS,
    "POST /phone-lines": ADMINISTRATORS,
    "PATCH /phone-lines/{phone_line_id}": ADMINISTRATORS,
    "DELETE /phone-lines/{phone_line_id}": ADMINISTRATORS,
    "GET /phone-systems": ADMINISTRATORS,
    "POST /phone-systems": ADMINISTRATORS,
    "PATCH /phone-systems/{phone_system_id}": ADMINISTRATORS,
    "DELETE /phone-systems/{phone_system_id}": ADMINISTRATORS,
    "GET /extensions": ADMINISTRATORS,
    "PUT /agents/{agent_id}/extensions": ADMINISTRATORS,
}
FOR_STAFF_ONLY: dict[str, set[str]] = {
    "CallOut": {
        "id", "call_id", "team_id", "direction", "phone", "line_id", "contact_id", "agent_id", "number", "state",
        "cause", "transfers", "begun_at", "rang_at", "answered_at", "ended_at", "answer_due_at", "is_late", "recording",
    },
    "CallFigure": {"label", "calls", "answered", "missed", "promised", "kept", "waited_seconds"},
    "PhoneLineOut": {"id", "name", "number", "team_id", "language", "calendar_id", "calls_back", "is_active"},
    "PhoneSystemOut": {"id", "name", "url", "is_active", "heard_at", "error"},
    "ExtensionsOut": {"agent_id", "extensions"},
}  # fmt: skip


def named_by(world: World) -> dict[str, Any]:
    """How addresses name what `world` has of calls."""
    return {
        "call_id": Call.objects.get().pk,
        "phone_line_id": PhoneLine.objects.get().pk,
        "phone_system_id": PhoneSystem.objects.get().pk,
    }


def bodies_for(world: World) -> dict[str, Any]:
    """Something right to send."""
    line = PhoneLine.objects.get()
    return {
        "POST /calls": {"call_id": "walk", "state": "ringing", "from": "+4930987654", "to": line.number},
        "PATCH /calls/{call_id}": {"number": world.ticket.number},
        "POST /phone-lines": {"name": "x", "number": "+4930111111", "team_id": world.team.pk},
        "PATCH /phone-lines/{phone_line_id}": {"name": "x"},
        "POST /phone-systems": {"name": "x"},
        "PATCH /phone-systems/{phone_system_id}": {"name": "x"},
        "PUT /agents/{agent_id}/extensions": {"extensions": ["17"]},
    }
