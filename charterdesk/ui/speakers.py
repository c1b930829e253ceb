"""Who said something on a ticket, and in which way: the words beside it, on the page and on paper."""

from django.utils.translation import gettext as _

from charterdesk.tickets.models import Message


def author_of(message: Message) -> str:
    """Who said it. No statement where agent and contact were fetched with it."""
    if message.agent:
        return message.agent.name
    return message.author_name or (str(message.contact) if message.contact else "") or _("Automatic")


def kind_of(message: Message) -> str:
    """What is said beside the name, "" for what is plainly said. No statement with its talk fetched with it."""
    if message.side_thread:
        address = message.side_thread.address
        return (_("asked {who}") if message.direction == Message.OUT else _("third party {who}")).format(who=address)
    if message.direction == Message.NOTE:
        return _("note inside the house")
    words = [_("automatic")] if message.is_automatic else []
    return " · ".join([*words, *([message.get_channel_display()] if message.channel == "sms" else [])])
