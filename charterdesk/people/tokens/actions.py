"""Tokens are made, shown once, used, and taken back."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import key_of, publish
from charterdesk.people.actions import add_agent, add_member
from charterdesk.people.erasing import Person, erases
from charterdesk.people.models import Agent, Login, Team
from charterdesk.people.models.tokens import ApiToken, Integration, KeptAnswer
from charterdesk.people.tokens.events import ApiTokenMade, ApiTokenRevoked, IntegrationAdded
from charterdesk.people.tokens.scopes import SCOPES

PREFIX = "cdesk_"
ACCESS_LIVES = timedelta(hours=1)
ANSWERS_LIVE = timedelta(hours=24)
MOST_TOKENS = 100


def digest_of(secret: str) -> str:
    """What is kept of a secret: it is 256 random bits, so that one round of SHA-256 keeps it."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def make_token(
    login: Login,
    *,
    by: Actor,
    name: str,
    scopes: Iterable[str],
    expires_at: datetime | None = None,
    kind: str = ApiToken.TOKEN,
) -> tuple[ApiToken, str]:
    """Let a program in as the person of `login`; return the row and the secret, which is told only now.

    Raises `Refused`: `people.no_such_scope`, `people.expired`, `people.too_many_tokens`.
    """
    wanted = sorted(set(scopes))
    if not wanted or set(wanted) - set(SCOPES):
        raise Refused("people.no_such_scope", _("Choose from the list what this token is for."))
    if expires_at and expires_at <= now():
        raise Refused("people.expired", _("Choose a time to come."))
    Login.objects.select_for_update().get(pk=login.pk)
    if ApiToken.objects.filter(login=login, revoked_at=None, parent=None).count() >= MOST_TOKENS:
        raise Refused("people.too_many_tokens", _("There are very many tokens already. Revoke one first."))
    token, secret = _made(login, by=by, name=name, scopes=wanted, expires_at=expires_at, kind=kind)
    made = ApiTokenMade(token_id=token.pk, login_id=login.pk, kind=kind, scopes=wanted)
    publish(made, on=token, by=by)
    return token, secret


def _made(
    login: Login, *, by: Actor, name: str, scopes: list[str], expires_at: datetime | None, kind: str,
    parent: ApiToken | None = None,
) -> tuple[ApiToken, str]:  # fmt: skip
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        kind=kind,
        login=login,
        parent=parent,
        name=" ".join(name.split())[:100] or _("token"),
        scopes=scopes,
        digest=digest_of(secret),
        hint=secret[-4:],
        created_by=key_of(by),
        expires_at=expires_at,
    )
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Actor) -> None:
    """Let nobody in by `token` from now on, nor by what was made from it. Nothing happens when that is so already."""
    token.refresh_from_db(from_queryset=ApiToken.objects.select_for_update())
    if token.revoked_at:
        return
    token.revoked_at = now()
    token.save(update_fields=["revoked_at"])
    publish(ApiTokenRevoked(token_id=token.pk, login_id=token.login_id), on=token, by=by)


@transaction.atomic
def exchange_client(client: ApiToken, *, scopes: Iterable[str] = ()) -> tuple[ApiToken, str]:
    """An access token of `client` for an hour, for `scopes` or all of its own (RFC 6749, 4.4), and its secret.

    Raises `Refused("people.no_such_scope")` for a scope the client has not.
    """
    wanted = sorted(set(scopes)) or client.scopes
    if set(wanted) - set(client.scopes):
        raise Refused("people.no_such_scope", _("This client may not ask for all of these scopes."))
    expires_at = now() + ACCESS_LIVES
    if client.expires_at:
        expires_at = min(expires_at, client.expires_at)
    return _made(
        client.login,
        by=client.created_by,
        name=client.name,
        scopes=wanted,
        expires_at=expires_at,
        kind=ApiToken.ACCESS,
        parent=client,
    )


@transaction.atomic
def add_integration(*, name: str, role: str, teams: Iterable[Team], by: Actor) -> Integration:
    """Have a program work at the desk in its own name, in `teams` with `role`. Nobody can sign in as it.

    Raises `Refused("people.no_such_role")`: an integration can do everything but administer the desk.
    """
    if role not in (Agent.AGENT, Agent.LEAD, Agent.MANAGER):
        raise Refused("people.no_such_role", _("Choose a role from the list."))
    address = f"integration-{secrets.token_hex(8)}@integration.invalid"
    agent = add_agent(email=address, name=name, role=role, by=by)
    for team in teams:
        add_member(team, agent, by=by)
    integration = Integration.objects.create(agent=agent)
    publish(IntegrationAdded(agent_id=agent.pk, role=role), on=integration, by=by)
    return integration


def forget_passed() -> int:
    """Delete what is over: answers older than a day, access tokens that expired; return how many. Two statements."""
    answers, _by = KeptAnswer.objects.filter(at__lt=now() - ANSWERS_LIVE).delete()
    tokens, _by = ApiToken.objects.filter(kind=ApiToken.ACCESS, expires_at__lt=now() - ANSWERS_LIVE).delete()
    return answers + tokens


@erases
def forget_in_answers(person: Person) -> None:
    """Answers kept for programs that name the person go; asked once more, the program does it once more."""
    for trace in person.traces:
        KeptAnswer.objects.filter(body__icontains=trace).delete()
