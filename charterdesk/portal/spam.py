"""Against machines that fill in forms: a trap field, the time it takes to write, and a limit by address.

No puzzle for people: whoever is slower than a machine and does not fill in what nobody sees passes.
"""

import re
import secrets
from datetime import timedelta

from django.core.cache import cache
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest

QUICKEST = timedelta(seconds=2)
LONGEST = timedelta(days=2)
PER_HOUR = 20
"""So many requests an hour are taken from one network address, by each process of the web server."""
_MACHINE = re.compile(r"bot|crawl|spider|slurp|preview|monitor|curl|python|wget", re.IGNORECASE)
_signer = TimestampSigner(salt="portal.form")


def is_machine(request: HttpRequest) -> bool:
    """Whether this calls itself a machine: what it reads and asks is not counted."""
    return _MACHINE.search(request.headers.get("User-Agent", "")) is not None


def make_pass() -> str:
    """What a fresh form carries: a name of its own, signed with the time."""
    return _signer.sign(secrets.token_urlsafe(12))


def pass_name(value: str) -> str:
    """The name in a form's pass, or "" when it was made up, is too old, or came back faster than anybody writes."""
    try:
        name = _signer.unsign(value, max_age=LONGEST)
    except BadSignature:
        return ""
    try:
        _signer.unsign(value, max_age=QUICKEST)
    except SignatureExpired:
        return name
    return ""


def is_too_many(request: HttpRequest, *, what: str = "requests", limit: int = 0) -> bool:
    """Count one more of `what` from this network address; whether it was one too many in an hour (0: `PER_HOUR`)."""
    key = f"portal.{what}:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, timeout=3600)
    return cache.incr(key) > (limit or PER_HOUR)
