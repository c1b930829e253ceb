"""Saved views: who keeps which, and where each has them."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.people.models import Agent
from charterdesk.tickets.events import SavedViewChanged, SavedViewRemoved
from charterdesk.tickets.models import SavedView, TicketField, ViewPlace
from charterdesk.tickets.views import checked, custom_codes

MOST_VIEWS = 200


@transaction.atomic
def save_view(view: SavedView | None, *, by: Actor, **given: Any) -> SavedView:
    """Keep a new view, or change `view`; `given` are attributes of `SavedView`.

    Raises `Refused`: `tickets.bad_filter`, `tickets.no_name`, `tickets.no_team`, `tickets.too_many_views`.
    """
    made = view or SavedView()
    for name, value in given.items():
        setattr(made, name, value)
    if not made.name.strip():
        raise Refused("tickets.no_name", _("A view needs a name."))
    if made.sharing == SavedView.TEAM and made.team_id is None:
        raise Refused("tickets.no_team", _("Say whose view it is."))
    if made.sharing != SavedView.TEAM:
        made.team = None
    codes = custom_codes(made.filter) if isinstance(made.filter, dict) else set()
    made.filter = checked(made.filter, {one.code: one for one in TicketField.objects.in_use().filter(code__in=codes)})
    if view is None and SavedView.objects.filter(sharing=made.sharing, owner=made.owner).count() >= MOST_VIEWS:
        raise Refused("tickets.too_many_views", _("There are %(n)d views already.") % {"n": MOST_VIEWS})
    made.save()
    publish(SavedViewChanged(view_id=made.pk, sharing=made.sharing, team_id=made.team_id), on=made, by=by)
    return made


@transaction.atomic
def remove_view(view: SavedView, *, by: Actor) -> None:
    """Take a view away, from everybody who has it; tickets stay as they are."""
    publish(SavedViewRemoved(view_id=view.pk, sharing=view.sharing, team_id=view.team_id), on=view, by=by)
    view.delete()


@transaction.atomic
def place_view(view: SavedView, *, agent: Agent, **where: Any) -> None:
    """Pin or hide `view` in the list of `agent` (`is_pinned`, `is_hidden`); nothing to make known."""
    ViewPlace.objects.update_or_create(agent=agent, view=view, defaults=where)


@transaction.atomic
def order_views(view_ids: list[int], *, agent: Agent) -> None:
    """Put the views of `agent` in this order. One statement."""
    rows = [ViewPlace(agent=agent, view_id=pk, position=position) for position, pk in enumerate(view_ids)]
    ViewPlace.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["agent", "view"], update_fields=["position"]
    )
