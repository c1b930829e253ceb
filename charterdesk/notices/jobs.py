"""What notices do in the background."""

from charterdesk.events.jobs import job
from charterdesk.notices.actions.following import tell_followers
from charterdesk.notices.actions.sending import send_piece


@job()
def send_announcement(announcement_id: int) -> None:
    """Send an announcement, a piece at a time; run again it goes on where it was."""
    while send_piece(announcement_id):
        continue


@job()
def mail_update(update_id: int) -> None:
    """Tell those who follow the status of an update, a piece at a time; run again it goes on where it was."""
    while tell_followers(update_id):
        continue
