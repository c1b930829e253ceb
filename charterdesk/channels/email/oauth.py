"""Access tokens for mailboxes that take no passwords any more (XOAUTH2)."""

import json
import time
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from charterdesk.channels.models import MailAccount

SPARE = 60
"""Seconds before its end at which a token is renewed."""
_tokens: dict[int, tuple[str, float]] = {}


class NoToken(OSError):
    """The provider gave no token; the text says what it answered."""


def access_token(account: MailAccount) -> str:
    """A token that is good for some time yet, renewed with the account's refresh token (RFC 6749, section 6).

    Raises `NoToken`.
    """
    token, ends_at = _tokens.get(account.pk, ("", 0.0))
    if time.monotonic() > ends_at - SPARE:
        token, lasts = _renew(account)
        _tokens[account.pk] = (token, time.monotonic() + lasts)
    return token


def _renew(account: MailAccount) -> tuple[str, int]:
    """A new token and the seconds it lasts."""
    secrets = account.secrets
    form = {
        "grant_type": "refresh_token",
        "refresh_token": secrets.get("refresh_token", ""),
        "client_id": secrets.get("client_id", ""),
        "client_secret": secrets.get("client_secret", ""),
    }
    request = Request(secrets.get("token_url", ""), data=urlencode(form).encode())
    try:
        with urlopen(request, timeout=20) as answer:
            given = json.load(answer)
        return given["access_token"], int(given.get("expires_in", 3600))
    except (OSError, ValueError, KeyError) as error:
        raise NoToken(f"no access token for {account.address}: {error}") from error
