"""Announcements are written, planned, begun, paused, taken up again and stopped."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import key_of, publish
from charterdesk.events.operations import operation
from charterdesk.events.skipped import Skipped, skipped
from charterdesk.events.timers import cancel_timer, set_timer
from charterdesk.notices.audience import checked, contacts_in
from charterdesk.notices.events import (
    AnnouncementPaused,
    AnnouncementRemoved,
    AnnouncementResumed,
    AnnouncementSaved,
    AnnouncementScheduled,
    AnnouncementStarted,
    AnnouncementStopped,
    AnnouncementUnscheduled,
)
from charterdesk.notices.models import Announcement
from charterdesk.people.models import LANGUAGES

FIELDS = (
    "kind", "texts", "language", "audience", "team", "is_contractual", "asks_receipt", "policy", "effective_on",
)  # fmt: skip
LONGEST_SUBJECT, LONGEST_TEXT = 200, 20_000
UNDER_WAY = skipped("notices.under_way", gettext_lazy("it is on its way already, or over"))


@transaction.atomic
def save_announcement(announcement: Announcement | None, *, by: Actor, **fields: Any) -> Announcement:
    """Write an announcement, or change one that is a draft.

    Raises `Refused`: `notices.no_draft`, `notices.bad_text`, `notices.bad_audience`.
    """
    announcement = _locked(announcement) if announcement else Announcement(by=key_of(by))
    if not announcement.is_draft:
        raise Refused("notices.no_draft", _("It was sent, or will be: it can't be changed any more."))
    if unknown := set(fields) - set(FIELDS):
        raise ValueError(f"an announcement has no {', '.join(sorted(unknown))}")
    if "texts" in fields:
        fields["texts"] = _texts(fields["texts"])
    if "audience" in fields:
        fields["audience"] = checked(fields["audience"])
    if "policy" in fields:
        fields["policy"] = " ".join(fields["policy"].split())
    is_new = announcement.pk is None
    changed = sorted(name for name, value in fields.items() if is_new or getattr(announcement, name) != value)
    for name in changed:
        setattr(announcement, name, fields[name])
    if changed:
        announcement.save()
        publish(AnnouncementSaved(announcement_id=announcement.pk, fields=changed), on=announcement, by=by)
    return announcement


def _texts(given: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Texts by language, without languages in which nothing is said."""
    kept: dict[str, dict[str, str]] = {}
    for language, said in given.items():
        subject, text = " ".join(said.get("subject", "").split()), said.get("text", "").strip()
        if language not in dict(LANGUAGES) or len(subject) > LONGEST_SUBJECT or len(text) > LONGEST_TEXT:
            raise Refused("notices.bad_text", _("A subject has at most 200 characters, a text 20,000."))
        if subject or text:
            kept[language] = {"subject": subject, "text": text}
    return kept


@transaction.atomic
def remove_announcement(announcement: Announcement, *, by: Actor) -> None:
    """Throw a draft away. Raises `Refused("notices.no_draft")`."""
    announcement = _locked(announcement)
    if not announcement.is_draft:
        raise Refused("notices.no_draft", _("It was sent, or will be: it can't be removed any more."))
    publish(AnnouncementRemoved(announcement_id=announcement.pk), on=announcement, by=by)
    announcement.delete()


@transaction.atomic
def schedule_announcement(announcement: Announcement, *, by: Actor, at: datetime) -> None:
    """Have a draft sent at a time. Raises `Refused` as `start_announcement`, and `notices.past`."""
    announcement = _locked(announcement)
    _refuse_unfinished(announcement)
    if at <= now():
        raise Refused("notices.past", _("Choose a time that is still to come."))
    announcement.state, announcement.send_at = Announcement.SCHEDULED, at
    announcement.save(update_fields=["state", "send_at"])
    set_timer(f"{announcement.key}:send", due_at=at, operation="notices.send", on=announcement, by=by)
    publish(AnnouncementScheduled(announcement_id=announcement.pk), on=announcement, by=by)


@transaction.atomic
def unschedule_announcement(announcement: Announcement, *, by: Actor) -> None:
    """Make what is planned a draft again. Raises `Refused("notices.other_state")`."""
    announcement = _locked(announcement)
    _require_state(announcement, Announcement.SCHEDULED)
    cancel_timer(f"{announcement.key}:send")
    announcement.state, announcement.send_at = Announcement.DRAFT, None
    announcement.save(update_fields=["state", "send_at"])
    publish(AnnouncementUnscheduled(announcement_id=announcement.pk), on=announcement, by=by)


@operation("notices.send", leaves=True)
@transaction.atomic
def start_announcement(announcement: Announcement, *, by: Actor) -> Skipped | None:
    """Send an announcement to everybody it is for, from now on; one that is under way or over is left as it is.

    Raises `Refused`: `notices.no_text`, `notices.nobody`, `notices.no_policy`.
    """
    announcement = _locked(announcement)
    if announcement.state not in (Announcement.DRAFT, Announcement.SCHEDULED):
        return UNDER_WAY
    _refuse_unfinished(announcement)
    total = contacts_in(announcement.audience).count()
    if not total:
        raise Refused("notices.nobody", _("It is for nobody. Choose whom it is for."))
    if announcement.policy:
        known = Announcement.objects.filter(policy=announcement.policy).aggregate(last=Max("version"))["last"]
        announcement.version = (known or 0) + 1
    announcement.state, announcement.started_at, announcement.total = Announcement.SENDING, now(), total
    announcement.save()
    publish(AnnouncementStarted(announcement_id=announcement.pk, total=total), on=announcement, by=by)
    return None


@transaction.atomic
def pause_announcement(announcement: Announcement, *, by: Actor) -> None:
    """Send no more of it for now. Raises `Refused("notices.other_state")`."""
    announcement = _locked(announcement)
    _require_state(announcement, Announcement.SENDING)
    _move(announcement, Announcement.PAUSED)
    publish(AnnouncementPaused(announcement_id=announcement.pk), on=announcement, by=by)


@transaction.atomic
def resume_announcement(announcement: Announcement, *, by: Actor) -> None:
    """Go on where it was. Raises `Refused("notices.other_state")`."""
    announcement = _locked(announcement)
    _require_state(announcement, Announcement.PAUSED)
    _move(announcement, Announcement.SENDING)
    publish(AnnouncementResumed(announcement_id=announcement.pk), on=announcement, by=by)


@transaction.atomic
def stop_announcement(announcement: Announcement, *, by: Actor) -> None:
    """Send no more of it, for good; what went out stays out. Raises `Refused("notices.other_state")`."""
    announcement = _locked(announcement)
    _require_state(announcement, Announcement.SENDING, Announcement.PAUSED)
    announcement.ended_at = now()
    _move(announcement, Announcement.STOPPED)
    publish(AnnouncementStopped(announcement_id=announcement.pk), on=announcement, by=by)


def _locked(announcement: Announcement) -> Announcement:
    return Announcement.objects.select_for_update().get(pk=announcement.pk)


def _move(announcement: Announcement, state: str) -> None:
    announcement.state = state
    announcement.save(update_fields=["state", "ended_at"])


def _require_state(announcement: Announcement, *states: str) -> None:
    if announcement.state not in states:
        raise Refused("notices.other_state", _("It is not at that point any more. Look at it again."))


def _refuse_unfinished(announcement: Announcement) -> None:
    if announcement.state not in (Announcement.DRAFT, Announcement.SCHEDULED):
        raise Refused("notices.other_state", _("It is not at that point any more. Look at it again."))
    if not all(announcement.text_in(announcement.language).values()):
        message = _("Write a subject and a text in the language that is for all others.")
        raise Refused("notices.no_text", message)
    if any(not (said["subject"] and said["text"]) for said in announcement.texts.values()):
        raise Refused("notices.no_text", _("In each language, write both a subject and a text, or neither."))
    if announcement.kind == Announcement.POLICY and not announcement.policy:
        raise Refused("notices.no_policy", _("Say which policy changes."))
