"""Who decides complaints, in which order: set up by form, by file and by program."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.complaints.events import ComplaintLevelDefined, ComplaintLevelRetired
from charterdesk.complaints.models import Level
from charterdesk.events.log import publish
from charterdesk.people.models import LANGUAGES

FIELDS = (
    "position", "names", "team", "is_outside", "contact_name", "email", "phone", "post", "website",
)  # fmt: skip


@transaction.atomic
def define_level(level: Level | None, *, by: Actor, **wanted: Any) -> Level:
    """Add a level, or change one; `wanted` are those of `FIELDS` that are to be different.

    Raises `Refused`: `complaints.no_name`, `complaints.no_team`, `complaints.bad_address`.
    """
    level = level or Level()
    if "names" in wanted:
        wanted["names"] = _names(wanted["names"])
    changed = [name for name in FIELDS if name in wanted and (level.pk is None or getattr(level, name) != wanted[name])]
    for name in changed:
        setattr(level, name, wanted[name])
    if level.is_outside:
        level.team = None
    _check(level)
    if changed or not level.is_active:
        level.is_active = True
        level.save()
        publish(ComplaintLevelDefined(level_id=level.pk, fields=tuple(changed)), on=level, by=by)
    return level


@transaction.atomic
def retire_level(level: Level, *, by: Actor) -> None:
    """Let it decide no more; complaints that are with it stay there until they are taken higher."""
    if level.is_active:
        level.is_active = False
        level.save(update_fields=["is_active"])
        publish(ComplaintLevelRetired(level_id=level.pk), on=level, by=by)


def _names(names: dict[str, str]) -> dict[str, str]:
    cleaned = {language: " ".join(str(name).split())[:120] for language, name in names.items()}
    return {language: name for language, name in cleaned.items() if name and language in dict(LANGUAGES)}


def _check(level: Level) -> None:
    if not level.names:
        raise Refused("complaints.no_name", _("Give it a name in at least one language."))
    if not level.is_outside and level.team is None:
        raise Refused("complaints.no_team", _("Say which team decides there, or that it is a body outside."))
    try:
        if level.email:
            validate_email(level.email)
        if level.website:
            URLValidator(schemes=["http", "https"])(level.website)
    except ValidationError:
        raise Refused("complaints.bad_address", _("Write a whole e-mail address, and a whole web address.")) from None
