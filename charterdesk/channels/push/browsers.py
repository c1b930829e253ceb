"""The browsers in which an agent is notified: taken up as a browser gives them, and dropped."""

from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.refused import Refused
from charterdesk.channels.models import PushSubscription
from charterdesk.channels.push.sealing import to_bytes
from charterdesk.people.models import Agent

MOST = 20
LONGEST = 2000
"""Characters of an address."""


@transaction.atomic
def add_browser(agent: Agent, *, endpoint: str, key: str, secret: str, browser: str) -> PushSubscription:
    """Notify `agent` at `endpoint`; the one known by it is taken over. `browser` is what they know it by.

    Raises `Refused`: `channels.bad_subscription`, `channels.many_browsers`.
    """
    _require_whole(endpoint, key, secret)
    Agent.objects.select_for_update().get(pk=agent.pk)
    others = PushSubscription.objects.filter(agent=agent).exclude(endpoint=endpoint)
    if others.count() >= MOST:
        raise Refused("channels.many_browsers", _("Remove a browser first: %(most)d are notified.") % {"most": MOST})
    kept = {"browser_key": key, "secret": secret, "agent": agent, "browser": browser[:200]}
    return PushSubscription.objects.update_or_create(endpoint=endpoint, defaults=kept)[0]


def _require_whole(endpoint: str, key: str, secret: str) -> None:
    """Raises `Refused` for an address or keys to which nothing can be sent."""
    try:
        fits = len(to_bytes(key)) == 65 and len(to_bytes(secret)) == 16 and urlsplit(endpoint).scheme == "https"
    except (ValueError, TypeError, AttributeError):
        fits = False
    if not fits or len(endpoint) >= LONGEST:
        raise Refused("channels.bad_subscription", _("This is not what a browser gives to be notified by."))


def drop_browser(agent: Agent, pk: int) -> bool:
    """Notify `agent` there no more; whether it was one of theirs. One statement."""
    return bool(PushSubscription.objects.filter(agent=agent, pk=pk).delete()[0])
