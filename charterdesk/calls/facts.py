"""What calls tell rules."""

from typing import Any

from charterdesk.calls.models import Call
from charterdesk.events.facts import snapshot_facts


@snapshot_facts("call")
def call_snapshot(call: Call) -> dict[str, Any]:
    """What rules may ask of a call, as it was when the event happened; no number."""
    return {
        "direction": call.direction,
        "state": call.state,
        "cause": call.cause,
        "channel": "phone",
        "team_id": call.team_id,
        "line_id": call.line_id,
        "contact_id": call.contact_id,
        "agent_id": call.agent_id,
        "ticket_id": call.ticket_id,
    }
