"""The charter as a document: drafted, approved by somebody else, published in versions that are never changed."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.charter.checking import check, check_named
from charterdesk.charter.content import Charter, read, written
from charterdesk.charter.events import (
    CharterApproved,
    CharterChanged,
    CharterDiscarded,
    CharterDrafted,
    CharterPublished,
)
from charterdesk.charter.in_force import NOTICE, forget
from charterdesk.charter.models import CharterVersion
from charterdesk.events.log import key_of, publish

Change = Callable[[Charter], Charter]


@transaction.atomic
def begin_draft(*, by: Actor, content: Charter | None = None) -> CharterVersion:
    """Begin the next version: with `content`, else with what the newest published one says.

    Raises `Refused("charter.draft_exists")`.
    """
    newest = _newest(CharterVersion.objects.select_for_update()) and _newest(CharterVersion.objects.all())
    if newest and newest.state != CharterVersion.PUBLISHED:
        raise Refused("charter.draft_exists", _("There is a draft already. Go on with it, or throw it away."))
    said = content or (newest.charter if newest else Charter())
    draft = CharterVersion.objects.create(
        number=newest.number + 1 if newest else 1, content=written(said), editors=[key_of(by)]
    )
    publish(CharterDrafted(version_id=draft.pk), on=draft, by=by)
    return draft


def _newest(versions: QuerySet[CharterVersion]) -> CharterVersion | None:
    """The latest version. Whoever waited for its row has to look again: another may follow it by now. One statement."""
    return versions.order_by("-number").first()


@transaction.atomic
def change_draft(draft: CharterVersion, change: Change, *, by: Actor) -> None:
    """Have the draft say what `change` makes of it; an approval falls, as it was of other words.

    Nothing happens when nothing differs. Raises `Refused`: `charter.is_published`, those of `check` and `check_named`.
    """
    _lock_draft(draft)
    before = draft.charter
    after = change(before)
    if after == before:
        return
    check(after)
    check_named(after, before)
    draft.content = written(after)
    draft.state, draft.approved_by, draft.approved_at = CharterVersion.DRAFT, "", None
    draft.editors = sorted({*draft.editors, key_of(by)})
    draft.save()
    parts = tuple(each.name for each in fields(Charter) if getattr(before, each.name) != getattr(after, each.name))
    publish(CharterChanged(version_id=draft.pk, parts=parts), on=draft, by=by)


@transaction.atomic
def replace_draft(draft: CharterVersion, data: dict[str, object], *, by: Actor) -> None:
    """Have the draft say what `data` (a whole document) says. Raises as `change_draft`, and `charter.unreadable`."""
    try:
        said = read(data)
    except msgspec.ValidationError as error:
        message = _("This is no charter: %(why)s") % {"why": error}
        raise Refused("charter.unreadable", message) from error
    change_draft(draft, lambda _former: said, by=by)


@transaction.atomic
def approve_draft(draft: CharterVersion, *, by: Actor) -> None:
    """Say yes to what the draft says. Nothing happens when it is approved.

    Raises `Refused`: `charter.own_words` to whoever wrote in it, `charter.empty`, `charter.is_published`.
    """
    _lock_draft(draft)
    if draft.state == CharterVersion.APPROVED:
        return
    if key_of(by) in draft.editors:
        message = _("You wrote in this draft, so somebody else has to approve it.")
        raise Refused("charter.own_words", message)
    if not draft.charter.objectives:
        raise Refused("charter.empty", _("Promise at least one thing first."))
    draft.state, draft.approved_by, draft.approved_at = CharterVersion.APPROVED, key_of(by), now()
    draft.save()
    publish(CharterApproved(version_id=draft.pk), on=draft, by=by)


@transaction.atomic
def publish_charter(draft: CharterVersion, *, by: Actor, effective_at: datetime | None = None) -> None:
    """Let the approved draft bind what begins from `effective_at` on; in a minute, where no time is given.

    Raises `Refused`: `charter.not_approved`, `charter.too_soon` for a time that is past or before that of the version
    it follows, `charter.is_published`.
    """
    _lock_draft(draft)
    if draft.state != CharterVersion.APPROVED:
        raise Refused("charter.not_approved", _("Somebody else has to approve the draft first."))
    soonest = now() + NOTICE
    effective_at = effective_at or soonest
    newest = CharterVersion.objects.filter(state=CharterVersion.PUBLISHED).order_by("-effective_at").first()
    if effective_at < soonest - NOTICE or (newest and newest.effective_at and effective_at <= newest.effective_at):
        message = _("Choose a time to come, after the version before it takes effect.")
        raise Refused("charter.too_soon", message)
    draft.state, draft.published_by, draft.published_at = CharterVersion.PUBLISHED, key_of(by), now()
    draft.effective_at = max(effective_at, soonest)
    draft.save()
    event = CharterPublished(version_id=draft.pk, number=draft.number, effective_at=draft.effective_at)
    publish(event, on=draft, by=by)
    transaction.on_commit(forget)


@transaction.atomic
def discard_draft(draft: CharterVersion, *, by: Actor) -> None:
    """Throw the draft away. Raises `Refused("charter.is_published")`."""
    _lock_draft(draft)
    publish(CharterDiscarded(version_id=draft.pk), on=draft, by=by)
    draft.delete()


def _lock_draft(draft: CharterVersion) -> None:
    draft.refresh_from_db(from_queryset=CharterVersion.objects.select_for_update())
    if draft.state == CharterVersion.PUBLISHED:
        raise Refused("charter.is_published", _("This version is published and stays as it is. Begin a new one."))


def put_part(charter: Charter, part: str, thing: object, former: str = "") -> Charter:
    """`charter` with `thing` in one of its lists, in place of the one coded `former`, else at the end."""
    listed = list(getattr(charter, part))
    place = next((at for at, each in enumerate(listed) if each.code == former), None)
    if place is None:
        listed.append(thing)
    else:
        listed[place] = thing
    return _with(charter, part, listed)


def drop_part(charter: Charter, part: str, code: str) -> Charter:
    """`charter` without that thing; a remedy for a promise that is gone follows no other."""
    changed = _with(charter, part, [each for each in getattr(charter, part) if each.code != code])
    if part != "objectives":
        return changed
    orphaned = [each for each in changed.remedies if each.objectives == [code]]
    kept = [
        replace(each, objectives=[one for one in each.objectives if one != code])
        for each in changed.remedies
        if each not in orphaned
    ]
    return replace(changed, remedies=kept)


def move_part(charter: Charter, part: str, code: str, by: int) -> Charter:
    """`charter` with that thing `by` places further down its list."""
    listed = list(getattr(charter, part))
    at = next((place for place, each in enumerate(listed) if each.code == code), None)
    if at is not None:
        thing = listed.pop(at)
        listed.insert(max(0, min(len(listed), at + by)), thing)
    return _with(charter, part, listed)


def _with(charter: Charter, part: str, listed: list[Any]) -> Charter:
    """`charter` with another list in the place of `part`."""
    lists: dict[str, Any] = {part: listed}
    return replace(charter, **lists)
