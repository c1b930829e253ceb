"""The link that shows a customer their request without a password."""

import re

from django.conf import settings
from django.core.signing import BadSignature, Signer

from charterdesk.tickets.models import Ticket

_signer = Signer(salt="tickets.status")
_LINK = r"(?:https?://[^\s\"'<>]+?)?/status/\d+/[\w-]{43}(?:/[\w/-]*)?"
_ADDRESSED = re.compile(rf"""\shref=(["']){_LINK}\1""")
_WRITTEN = re.compile(_LINK)


def status_token(ticket: Ticket) -> str:
    """A token that opens the status page of `ticket` only, for its present requester only: it ends when they change."""
    return _signer.sign(f"{ticket.number}.{ticket.contact_id}").rpartition(":")[2]


def status_link(ticket: Ticket, *, home: str = "") -> str:
    """The absolute address of the status page, as mails carry it; `home` is where its customer finds the portal."""
    return f"{home or settings.PUBLIC_URL}/status/{ticket.number}/{status_token(ticket)}"


def token_opens(ticket: Ticket, token: str) -> bool:
    """Whether `token` was made by `status_token` for `ticket` and its present requester."""
    try:
        _signer.unsign(f"{ticket.number}.{ticket.contact_id}:{token}")
    except BadSignature:
        return False
    return True


def without_status_links(text: str, *, instead: str) -> str:
    """`text` or HTML with `instead` where such a link stood: whoever has one is taken for the customer."""
    return _WRITTEN.sub(lambda _found: instead, _ADDRESSED.sub("", text))
