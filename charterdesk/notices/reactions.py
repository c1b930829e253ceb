"""What notices do when something happened."""

from charterdesk.billing.events import ContractEnding
from charterdesk.channels.events import MailReturned
from charterdesk.events.reactions import react
from charterdesk.notices.actions.ending import tell_of_end
from charterdesk.notices.actions.following import ask_to_confirm
from charterdesk.notices.actions.sending import note_returned
from charterdesk.notices.events import (
    AnnouncementEvent,
    AnnouncementResumed,
    AnnouncementStarted,
    IncidentUpdated,
    StatusFollowed,
)
from charterdesk.notices.jobs import mail_update, send_announcement


@react(AnnouncementStarted, AnnouncementResumed)
def send(event: AnnouncementEvent) -> None:
    """It goes out, or goes on."""
    send_announcement.defer_with(lock=f"announcement:{event.announcement_id}", announcement_id=event.announcement_id)


@react(MailReturned)
def note_bounce(event: MailReturned) -> None:
    """One of many did not get it."""
    note_returned(event.recipient_id)


@react(IncidentUpdated)
def tell_who_follows(event: IncidentUpdated) -> None:
    """There is news for those who follow the status."""
    mail_update.defer_with(lock=f"incidentupdate:{event.update_id}", update_id=event.update_id)


@react(StatusFollowed)
def ask_who_follows(event: StatusFollowed) -> None:
    """Somebody gave an address: whoever reads its mail confirms it."""
    if not event.is_confirmed:
        ask_to_confirm(event.follower_id)


@react(ContractEnding)
def tell_customer(event: ContractEnding) -> None:
    """A contract runs out soon: its customer should know as well."""
    tell_of_end(event.contract_id)
