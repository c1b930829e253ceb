"""Writing the texts the desk sends, and going back to ours."""

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.people.models import Team
from charterdesk.tickets.events import OwnTextChanged
from charterdesk.tickets.filling import check
from charterdesk.tickets.models import OwnText
from charterdesk.tickets.own_texts import TEXTS


@transaction.atomic
def write_text(*, by: Actor, name: str, language: str, team: Team | None, subject: str, text: str) -> OwnText:
    """Send this from now on, in place of ours, in `language`; for one `team`, or with None for all.

    Raises `Refused`: `tickets.no_such_text`, `tickets.no_subject`, `tickets.no_text`, and as `check`.
    """
    if name not in TEXTS:
        raise Refused("tickets.no_such_text", _("There is no such text."))
    if not subject.strip():
        raise Refused("tickets.no_subject", _("Write a subject."))
    if not text.strip():
        raise Refused("tickets.no_text", _("Write a text."))
    check(subject, text)
    values = {"subject": " ".join(subject.split())[:300], "text": text.strip() + "\n", "changed_at": now()}
    written, _is_new = OwnText.objects.update_or_create(name=name, language=language, team=team, defaults=values)
    event = OwnTextChanged(name=name, language=language, team_id=written.team_id)
    publish(event, on=written, by=by)
    return written


@transaction.atomic
def drop_text(text: OwnText, *, by: Actor) -> None:
    """Send ours again, or, where it was a team's, what all teams send."""
    event = OwnTextChanged(name=text.name, language=text.language, team_id=text.team_id, is_default=True)
    publish(event, on=text, by=by)
    text.delete()
