"""Single sign-on: somebody else vouches for a person, and their groups there say what they are here.

A provider vouches for people of its own mail domains and no others, so nobody comes in as somebody else's customer or
colleague. Whoever is new is made on the way in; roles and teams that groups decide follow the groups at each sign-in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.access.events import IdentityProviderAdded, IdentityProviderChanged, IdentityProviderRemoved
from charterdesk.access.models import IdentityProvider
from charterdesk.access.roles import fields_of, highest, role_names, role_of
from charterdesk.access.secrets import seal
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.people.actions import (
    add_agent,
    add_member,
    change_agent,
    identify_contact,
    open_login,
    remove_member,
)
from charterdesk.people.models import Agent, Login, Team

WEB = ("https://", "http://")


@dataclass(frozen=True, kw_only=True)
class Vouched:
    """What a provider says of somebody."""

    email: str
    name: str
    groups: tuple[str, ...] = ()
    is_verified: bool = True


def vouched_from(claims: Mapping[str, Any], groups_claim: str) -> Vouched:
    """What OpenID Connect claims say; groups are a list, or words apart by spaces or commas.

    A claim within another is named as `realm_access.roles`. Keycloak writes groups as paths (`/leads`): without the
    stroke they are known, too.
    """
    said = _claim(claims, groups_claim) or ()
    groups = said.replace(",", " ").split() if isinstance(said, str) else [str(each) for each in said]
    groups += [group.removeprefix("/") for group in groups if group.startswith("/")]
    return Vouched(
        email=str(claims.get("email") or "").strip().lower(),
        name=str(claims.get("name") or claims.get("preferred_username") or "")[:200],
        groups=tuple(groups),
        is_verified=claims.get("email_verified") is not False,
    )


def _claim(claims: Mapping[str, Any], name: str) -> Any:
    """A claim by its name, which may hold dots itself, or by its path."""
    if name in claims or "." not in name:
        return claims.get(name)
    first, _dot, rest = name.partition(".")
    inner = claims.get(first)
    return _claim(inner, rest) if isinstance(inner, Mapping) else None


@transaction.atomic
def admit(provider: IdentityProvider, vouched: Vouched, *, login: Login | None = None) -> Login:
    """The login of whom `provider` vouches for, made if need be, with the role and teams their groups give.

    `login` is the one they had when they came by this provider before. Raises `Refused`: `access.no_address`,
    `access.wrong_domain`, `access.unproven_address`, `access.person_left`.
    """
    _check(provider, vouched)
    login = login or Login.objects.filter(email=vouched.email).first()
    agent = Agent.objects.filter(login=login).first() if login else None
    if agent and not agent.is_active:
        raise Refused("access.person_left", _("You can't sign in here any more. Ask an administrator of the desk."))
    role = role_for(provider, vouched.groups)
    if agent is None and not role:
        return login or open_login(identify_contact(email=vouched.email, name=vouched.name, by=provider))
    if agent is None:
        agent = add_agent(email=vouched.email, name=vouched.name or vouched.email, by=provider)
        change_agent(agent, by=provider, **fields_of(role))
    elif role and role != role_of(agent) and _is_mapped(provider, vouched.groups):
        change_agent(agent, by=provider, **fields_of(role))
    _set_teams(provider, agent, vouched.groups)
    return agent.login


def _check(provider: IdentityProvider, vouched: Vouched) -> None:
    if not vouched.email:
        message = _("%(provider)s does not tell your e-mail address. Ask its administrator to have it told.")
        raise Refused("access.no_address", message % {"provider": provider})
    if vouched.email.rpartition("@")[2] not in provider.domains:
        message = _("%(provider)s may not vouch for this e-mail address.") % {"provider": provider}
        raise Refused("access.wrong_domain", message)
    if not vouched.is_verified:
        message = _("%(provider)s has not checked your e-mail address.") % {"provider": provider}
        raise Refused("access.unproven_address", message)


def role_for(provider: IdentityProvider, groups: Iterable[str]) -> str:
    """Of the roles `groups` give the one that allows most, else the provider's default; "" for a customer.

    Roles that are gone give nothing. Two queries at most, for roles of the desk's own.
    """
    given = {provider.role_of_group[group] for group in groups if group in provider.role_of_group}
    return highest(given) or highest([provider.default_role])


def _is_mapped(provider: IdentityProvider, groups: Iterable[str]) -> bool:
    """Whether groups decide: a default is for those who are new, and takes nothing from those who are here."""
    return any(group in provider.role_of_group for group in groups)


def _set_teams(provider: IdentityProvider, agent: Agent, groups: Iterable[str]) -> None:
    """Let `agent` work for the teams their groups name; of the others, those that groups decide let them go."""
    wanted = {int(provider.team_of_group[group]) for group in groups if group in provider.team_of_group}
    decided = {int(pk) for pk in provider.team_of_group.values()}
    had = set(agent.memberships.values_list("team_id", flat=True))
    for team in Team.objects.filter(pk__in=wanted - had):
        add_member(team, agent, by=provider)
    for team in Team.objects.filter(pk__in=(decided - wanted) & had):
        remove_member(team, agent, by=provider)


@transaction.atomic
def save_provider(provider: IdentityProvider, *, by: Actor, secret: str = "", **fields: Any) -> None:
    """Add or change a provider; an empty `secret` stays what it was. Nothing where nothing differs.

    Raises `Refused`: `access.domain_needed`, `access.short_name_taken`, `access.certificate_needed`,
    `access.bad_sign_in_url`, `access.no_such_role`, `access.no_such_team`.
    """
    if "domains" in fields:
        fields["domains"] = sorted({each.strip().lower().removeprefix("@") for each in fields["domains"]} - {""})
    if not fields.get("domains", provider.domains):
        raise Refused("access.domain_needed", _("Name the mail domains it may vouch for, so that it can't for others."))
    others = IdentityProvider.objects.filter(slug=fields.get("slug", provider.slug)).exclude(pk=provider.pk)
    if others.exists():
        raise Refused("access.short_name_taken", _("Another way to sign in has this short name."))
    _check_certificates(provider, fields)
    if (address := fields.get("sign_in_url")) and not address.startswith(WEB):
        raise Refused("access.bad_sign_in_url", _("Write the address as https://login.example.org/saml."))
    _check_groups(fields)
    is_new = provider.pk is None
    changed = sorted(name for name, value in fields.items() if getattr(provider, name) != value)
    for name in changed:
        setattr(provider, name, fields[name])
    if secret:
        provider.sealed_secret = seal(secret).encode()
        changed.append("secret")
    if not changed:
        return
    provider.save()
    if is_new:
        publish(IdentityProviderAdded(provider_id=provider.pk, kind=provider.kind), on=provider, by=by)
    else:
        publish(IdentityProviderChanged(provider_id=provider.pk, fields=changed), on=provider, by=by)


def _check_certificates(provider: IdentityProvider, fields: Mapping[str, Any]) -> None:
    """A provider of SAML without a certificate could be played by anybody."""
    is_saml = fields.get("kind", provider.kind) == IdentityProvider.SAML
    if is_saml and not fields.get("certificates", provider.certificates):
        raise Refused("access.certificate_needed", _("Enter the certificate by which what it says is checked."))


def _check_groups(fields: Mapping[str, Any]) -> None:
    """Groups may give only what there is. Two queries at most."""
    roles = {*fields.get("role_of_group", {}).values(), fields.get("default_role", "")} - {""}
    if roles and roles - set(role_names()):
        raise Refused("access.no_such_role", _("Choose a role from the list."))
    teams = {int(pk) for pk in fields.get("team_of_group", {}).values()}
    if teams and Team.objects.filter(pk__in=teams).count() < len(teams):
        raise Refused("access.no_such_team", _("Choose a team from the list."))


@transaction.atomic
def remove_provider(provider: IdentityProvider, *, by: Actor) -> None:
    """Nobody signs in by it any more; those who came by it stay, and sign in otherwise."""
    publish(IdentityProviderRemoved(provider_id=provider.pk), on=provider.key, by=by)
    provider.delete()
