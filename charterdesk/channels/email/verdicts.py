"""What SPF, DKIM and DMARC say of a mail's sender."""

import ipaddress
import logging
import re

from django.conf import settings

from charterdesk.base.later import later
from charterdesk.channels.email.reading.mail import ReadMail
from charterdesk.channels.models import RawMail

authheaders = later("authheaders")
METHODS = ("spf", "dkim", "dmarc")
_RESULT = re.compile(r"\b(spf|dkim|dmarc)\s*=\s*([a-z]+)", re.IGNORECASE)
_POLICY = re.compile(r"\(p=([a-z]+)|policy\.(?:dmarc|published-domain-policy)=([a-z]+)|\bp=([a-z]+)", re.IGNORECASE)
log = logging.getLogger(__name__)


def sender_verdicts(mail: RawMail, read: ReadMail) -> dict[str, str]:
    """`{"spf": "pass", "dkim": "none", "dmarc": "fail", "dmarc_policy": "reject"}`, as far as it is known.

    A mail from our own receiver is checked here (by DNS, where CHARTERDESK_CHECK_SENDERS is on). One fetched from a
    mailbox was checked by that mailbox's server, whose topmost Authentication-Results (RFC 8601) is believed.
    """
    if mail.source == "smtp":
        return _checked(mail) if settings.CHECK_SENDERS and _from_outside(mail.client_ip) else {}
    results = read.authentication_results
    return _from_results(results[0]) if results else {}


def _checked(mail: RawMail) -> dict[str, str]:
    """Ask the DNS. What can't be answered now is no verdict against anybody."""
    try:
        results = authheaders.authenticate_message(
            bytes(mail.raw),
            settings.MAIL_DOMAIN,
            ip=mail.client_ip,
            mail_from=mail.sender,
            helo=mail.client_name,
            spf_check=True,
            dkim_check=True,
            dmarc_check=True,
        )
    except Exception:  # the library lets any DNS or parser error through
        log.warning("can't check the sender of mail %s", mail.pk, exc_info=True)
        return {}
    return _from_results(str(results))


def _from_results(header: str) -> dict[str, str]:
    """Read an Authentication-Results header; the first result of a method counts."""
    found: dict[str, str] = {}
    for method, result in _RESULT.findall(header):
        found.setdefault(method.lower(), result.lower())
    if "dmarc" in found and (policy := _POLICY.search(header)):
        found["dmarc_policy"] = next(part for part in policy.groups() if part).lower()
    return found


def _from_outside(client_ip: str | None) -> bool:
    """Whether the mail came over the internet: a machine of our own has no SPF record to go by."""
    return client_ip is not None and ipaddress.ip_address(client_ip).is_global
