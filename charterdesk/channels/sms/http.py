"""A provider by HTTP, as Twilio's messages API has it: texts by POST, signatures of its calls, pictures, a check."""

import base64
import hashlib
import hmac
import http.client
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode, urljoin, urlsplit

from django.conf import settings

from charterdesk.base.outside import connect, is_public, may_reach, seconds_until
from charterdesk.channels.models import SmsNumber, SmsOut
from charterdesk.channels.sms.outcome import Outcome

SECONDS = 20.0
MOST_BYTES = 6_000_000
"""Of a picture; networks carry less than a megabyte, providers allow five."""
MOST_MOVES = 3
PORTS = {"https": 443, "http": 80}


class NoMedia(Exception):
    """A picture could not be had."""


class NotSaid(OSError):
    """The request went out, and no answer came: nobody can tell what was done."""


@dataclass
class Answer:
    """What the other side said."""

    status: int
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def said(self) -> dict[str, object]:
        """Its JSON object; {} where there is none."""
        try:
            found = json.loads(self.content)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


def send_http(out: SmsOut) -> Outcome:
    """Give `out` to its provider. Whatever goes wrong comes back as an outcome, never as an exception."""
    number = out.number
    assert number is not None
    fields = {"From": number.number, "To": out.to, "Body": out.text, "StatusCallback": status_url(out)}
    url = f"{number.url.rstrip('/')}/2010-04-01/Accounts/{number.user}/Messages.json"
    try:
        answer = ask("POST", url, user=number.user, secret=number.secret, fields=fields)
    except NotSaid as error:
        return Outcome(in_doubt=_words(error))
    except (OSError, ValueError) as error:
        return Outcome(deferred=_words(error))
    return _outcome(answer)


def _outcome(answer: Answer) -> Outcome:
    """A refusal is for good; a server too busy (429, 503) took nothing; any other failure of its leaves a doubt."""
    said = answer.said
    words = f"{answer.status} {said.get('code', '')} {said.get('message', '')}".strip()[:400]
    if 200 <= answer.status < 300 and said.get("sid"):
        return Outcome(provider_ids=[str(said["sid"])])
    if answer.status in (429, 503):
        seconds = answer.headers.get("retry-after", "")
        return Outcome(deferred=words, wait=timedelta(seconds=int(seconds) if seconds[:6].isdecimal() else 0))
    if 400 <= answer.status < 500:
        return Outcome(refused=words)
    return Outcome(in_doubt=words)


def hook_url(number: SmsNumber, what: str) -> str:
    """Where the provider calls us: `what` is `in` or `status`."""
    return f"{settings.PUBLIC_URL}/hooks/sms/{number.pk}/{what}"


def status_url(out: SmsOut) -> str:
    """Where the provider tells what became of `out`."""
    assert out.number is not None
    return f"{hook_url(out.number, 'status')}?text={out.pk}"


def signature(secret: str, url: str, fields: Mapping[str, str]) -> str:
    """What a call of the provider to `url` with `fields` is signed with: HMAC-SHA1 over both, in Base64."""
    signed = url + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    return base64.b64encode(hmac.new(secret.encode(), signed.encode(), hashlib.sha1).digest()).decode()


def is_signed(number: SmsNumber, given: str, url: str, fields: Mapping[str, str]) -> bool:
    """Whether the provider of `number` signed this; never without a secret."""
    secret = number.secret
    return bool(secret) and hmac.compare_digest(signature(secret, url, fields).encode(), given.encode())


def fetch_media(number: SmsNumber | None, url: str) -> tuple[bytes, str]:
    """A picture and its content type. The password goes to the provider alone. Raises `NoMedia`; blocks for seconds."""
    for _move in range(MOST_MOVES):
        is_theirs = number is not None and urlsplit(url).netloc == urlsplit(number.url).netloc
        user, secret = (number.user, number.secret) if number and is_theirs else ("", "")
        try:
            answer = ask("GET", url, user=user, secret=secret)
        except (OSError, ValueError) as error:
            raise NoMedia(_words(error)) from error
        if answer.status in (301, 302, 303, 307, 308):
            url = urljoin(url, answer.headers.get("location", ""))
            continue
        if answer.status != 200 or len(answer.content) > MOST_BYTES:
            break
        return answer.content, answer.headers.get("content-type", "application/octet-stream").partition(";")[0].strip()
    raise NoMedia(url)


def ask(method: str, url: str, *, user: str, secret: str, fields: Mapping[str, str] | None = None) -> Answer:
    """One request, no redirect, bounded time and answer. By https to any public machine, else to networks opened.

    Raises `NotSaid` once the request is out, other `OSError`s before, `ValueError` for what is no address.
    """
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(f"{url} is no address to call")
    until = time.monotonic() + SECONDS
    port = parts.port or PORTS[parts.scheme]
    is_tls = parts.scheme == "https"
    connection = http.client.HTTPConnection(parts.hostname, port, timeout=SECONDS)
    reach = may_reach if is_tls else lambda address: may_reach(address) and not is_public(address)
    connection.sock = connect(parts.hostname, port, tls=is_tls, until=until, may_reach=reach)
    try:
        connection.sock.settimeout(seconds_until(until))
        body = urlencode(fields) if fields is not None else None
        connection.request(method, _target(url), body=body, headers=_headers(user, secret, has_body=body is not None))
        try:
            response = connection.getresponse()
            content = response.read(MOST_BYTES + 1)
        except (OSError, http.client.HTTPException) as error:
            raise NotSaid(_words(error)) from error
        return Answer(response.status, content, {name.lower(): value for name, value in response.getheaders()})
    finally:
        connection.close()


def _target(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"


def _headers(user: str, secret: str, *, has_body: bool) -> dict[str, str]:
    headers = {"Accept": "*/*", "Connection": "close"}
    if user:
        headers["Authorization"] = "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode()
    if has_body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    return headers


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:400]
