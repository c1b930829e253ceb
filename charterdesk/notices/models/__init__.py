"""What was told to whom, what customers want to hear, and how the service stands."""

from charterdesk.notices.models.announcements import Announcement, Recipient
from charterdesk.notices.models.choices import NoticeChoice
from charterdesk.notices.models.status import Component, Incident, IncidentUpdate, StatusFollower

__all__ = [
    "Announcement",
    "Component",
    "Incident",
    "IncidentUpdate",
    "NoticeChoice",
    "Recipient",
    "StatusFollower",
]
