"""What quality does when something happened: count it; and no more reports for who left."""

from charterdesk.base.keys import SYSTEM
from charterdesk.events.reactions import INDEX, Heard, react, react_together
from charterdesk.people.events import AgentDeactivated
from charterdesk.quality.actions import count_events
from charterdesk.quality.counting import HEARD
from charterdesk.quality.scheduling import remove_schedules_of
from charterdesk.tickets.events import TicketEvent


@react_together(*HEARD, lane=INDEX)
def count(heard: Heard[TicketEvent]) -> None:
    """The day's figures move."""
    count_events(heard)


@react(AgentDeactivated)
def mail_no_more(event: AgentDeactivated) -> None:
    """Figures are for people of the desk."""
    remove_schedules_of(event.agent_id, by=SYSTEM)
