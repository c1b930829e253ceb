"""Opening hours of channels."""

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.events.log import publish
from charterdesk.sla.events import ChannelHoursChanged
from charterdesk.sla.models import ChannelHours
from charterdesk.tickets.models import Ticket


@transaction.atomic
def set_channel_hours(channel: str, *, by: Actor, calendar: BusinessCalendar | None) -> None:
    """Give `channel` opening hours of its own, or (None) those of each team again.

    Promises already given stay. Raises `Refused("sla.no_such_channels")`.
    """
    if channel not in dict(Ticket.CHANNELS):
        raise Refused(
            "sla.no_such_channels", _("“%(value)s” is not known here. Choose from the list.") % {"value": channel}
        )
    former = ChannelHours.objects.select_for_update().filter(channel=channel).first()
    if (former.calendar_id if former else None) == (calendar.pk if calendar else None):
        return
    if calendar is None:
        ChannelHours.objects.filter(channel=channel).delete()
    else:
        ChannelHours.objects.update_or_create(channel=channel, defaults={"calendar": calendar})
    event = ChannelHoursChanged(channel=channel, calendar_id=calendar.pk if calendar else None)
    publish(event, on="desk:1", by=by)
