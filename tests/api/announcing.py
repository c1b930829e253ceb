"""Of the walk over the API (`test_access.py`): announcements, the status page, and reminders."""

from typing import Any

from charterdesk.base.clock import now
from charterdesk.billing.models import ReminderStep
from charterdesk.notices.models import Announcement, Component, Incident, Recipient
from tests.test_access import ADMINISTRATORS, CUSTOMERS, LEADS, MANAGERS, OWNER, SIGNED_IN, World

WHO: dict[str, set[str]] = {
    "GET /announcements": MANAGERS,
    "POST /announcements": MANAGERS,
    "POST /announcements/audience": MANAGERS,
    "GET /announcements/{announcement_id}": MANAGERS,
    "PATCH /announcements/{announcement_id}": MANAGERS,
    "DELETE /announcements/{announcement_id}": MANAGERS,
    "PUT /announcements/{announcement_id}/schedule": MANAGERS,
    "DELETE /announcements/{announcement_id}/schedule": MANAGERS,
    "POST /announcements/{announcement_id}/sending": MANAGERS,
    "DELETE /announcements/{announcement_id}/sending": MANAGERS,
    "PUT /announcements/{announcement_id}/pause": MANAGERS,
    "DELETE /announcements/{announcement_id}/pause": MANAGERS,
    "GET /announcements/{announcement_id}/recipients": MANAGERS,
    "GET /me/announcements": SIGNED_IN,
    "PUT /me/announcements/{told_id}/confirmation": OWNER,
    "GET /me/announcement-choices": CUSTOMERS,
    "PUT /me/announcement-choices": CUSTOMERS,
    "GET /status-components": SIGNED_IN,
    "POST /status-components": MANAGERS,
    "PATCH /status-components/{component_id}": MANAGERS,
    "GET /incidents": SIGNED_IN,
    "POST /incidents": MANAGERS,
    "PATCH /incidents/{incident_id}": MANAGERS,
    "POST /incidents/{incident_id}/updates": MANAGERS,
    "GET /reminder-steps": ADMINISTRATORS,
    "POST /reminder-steps": ADMINISTRATORS,
    "PATCH /reminder-steps/{step_id}": ADMINISTRATORS,
    "DELETE /reminder-steps/{step_id}": ADMINISTRATORS,
    "PUT /invoices/{invoice_id}/reminder-pause": LEADS,
    "DELETE /invoices/{invoice_id}/reminder-pause": LEADS,
}
FOR_CUSTOMERS: dict[str, set[str]] = {
    "ToldOut": {
        "id", "kind", "subject", "text", "language", "policy", "version", "asks_receipt", "told_at", "read_at",
        "confirmed_at",
    },
    "ChoiceOut": {"way", "consents_to_sms", "is_unsubscribed"},
    "ComponentOut": {"id", "names", "position", "is_active"},
    "IncidentOut": {
        "id", "kind", "titles", "impact", "stage", "component_ids", "starts_at", "ends_at", "ended_at", "is_over",
        "is_planned", "updates",
    },
    "IncidentUpdateOut": {"id", "stage", "texts", "at"},
}  # fmt: skip
FOR_STAFF_ONLY: dict[str, set[str]] = {
    "IncidentOut": {"ticket_number"},
    "AnnouncementOut": {
        "id", "kind", "texts", "language", "audience", "team_id", "is_contractual", "asks_receipt", "policy",
        "version", "effective_on", "state", "send_at", "total", "started_at", "ended_at", "progress",
    },
    "ProgressOut": {
        "told", "mailed", "texted", "shown", "skipped", "returned", "waiting", "failed", "read", "confirmed",
    },
    "AudienceCount": {"count"},
    "RecipientOut": {"id", "contact_id", "language", "state", "told_at", "read_at", "confirmed_at"},
    "SaidOut": {"subject", "text"},
    "ReminderStepOut": {"id", "days", "words"},
}  # fmt: skip


def named_by(world: World) -> dict[str, Any]:
    """How addresses name what `world` announced and what stands on the status page."""
    return {
        "announcement_id": Announcement.objects.latest("-pk").pk,
        "told_id": Recipient.objects.get().pk,
        "component_id": Component.objects.get().pk,
        "incident_id": Incident.objects.get().pk,
        "step_id": ReminderStep.objects.get().pk,
    }


def bodies_for(world: World) -> dict[str, Any]:
    """Something right to send."""
    said = {"en": {"subject": "x", "text": "x"}}
    return {
        "POST /announcements": {"team_id": world.team.pk, "texts": said},
        "POST /announcements/audience": {"languages": ["en"]},
        "PATCH /announcements/{announcement_id}": {"policy": "x"},
        "PUT /announcements/{announcement_id}/schedule": {"at": "2100-01-01T00:00:00Z"},
        "PUT /me/announcement-choices": {"way": "portal"},
        "POST /status-components": {"names": {"en": "x"}},
        "PATCH /status-components/{component_id}": {"position": 5},
        "POST /incidents": {"kind": "outage", "titles": {"en": "x"}, "texts": {"en": "x"}},
        "PATCH /incidents/{incident_id}": {"titles": {"en": "x"}},
        "POST /incidents/{incident_id}/updates": {"texts": {"en": "x"}},
        "POST /reminder-steps": {"days": 30},
        "PATCH /reminder-steps/{step_id}": {"days": 31},
        "PUT /invoices/{invoice_id}/reminder-pause": {"until": now().date().isoformat()},
    }
