"""The part of access in the settings file: what signing in demands, and who else may vouch for people."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from cryptography.fernet import InvalidToken
from django.utils.translation import gettext as _

from charterdesk.access.actions import demand_second_factor, switch_registration
from charterdesk.access.models import IdentityProvider
from charterdesk.access.queries import may_register, second_factor_roles
from charterdesk.access.roles import role_names
from charterdesk.access.secrets import unseal
from charterdesk.access.single_sign_on import save_provider
from charterdesk.base.configured import Section, Thing, configured, given, opened, placeholder, values_of
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.people.models import Team

K = TypeVar("K")
V = TypeVar("V")
DESK = "desk"
PLAIN = (
    "slug", "name", "kind", "issuer", "client_id", "sign_in_url", "certificates", "domains", "groups_claim", "is_active"
)  # fmt: skip
PROVIDER = (*PLAIN, "default_role", "role_of_group", "team_of_group", "secret")


def _rules() -> Iterator[Thing]:
    names = role_names()
    roles = sorted(names[code] for code in second_factor_roles() if code in names)
    yield {"name": DESK, "second_factor_for": roles, "may_register": may_register()}


def _set_rules(thing: Thing, by: Actor) -> None:
    if "second_factor_for" in thing:
        demand_second_factor(_codes(thing["second_factor_for"]), by=by)
    if "may_register" in thing:
        switch_registration(bool(thing["may_register"]), by=by)


def _providers() -> Iterator[Thing]:
    """Providers with names for roles and teams, and a placeholder for the secret."""
    roles, teams = role_names(), dict(Team.objects.values_list("pk", "name"))
    for provider in IdentityProvider.objects.order_by("slug"):
        yield {
            **values_of(provider, PLAIN),
            "default_role": roles.get(provider.default_role, ""),
            "role_of_group": _renamed(provider.role_of_group, roles),
            "team_of_group": _renamed(provider.team_of_group, teams),
            "secret": placeholder(provider.slug, "secret") if provider.sealed_secret else "",
        }


def _renamed(by_group: Mapping[str, K], names: Mapping[K, str]) -> dict[str, str]:
    return {group: names[one] for group, one in by_group.items() if one in names}


def _set_provider(thing: Thing, by: Actor) -> None:
    provider = IdentityProvider.objects.filter(slug=thing["slug"]).first() or IdentityProvider()
    fields = given(thing, "default_role", "role_of_group", "team_of_group", "secret")
    if "default_role" in thing:
        fields["default_role"] = next(iter(_codes(filter(None, [thing["default_role"]]))), "")
    if "role_of_group" in thing:
        roles = thing["role_of_group"]
        fields["role_of_group"] = dict(zip(roles, _codes(roles.values()), strict=True))
    if "team_of_group" in thing:
        known = dict(Team.objects.values_list("name", "pk"))
        fields["team_of_group"] = {group: _known(known, name) for group, name in thing["team_of_group"].items()}
    save_provider(provider, by=by, secret=opened(thing.get("secret", "")) or "", **fields)


def _new_secret(thing: Thing) -> Sequence[str]:
    secret = opened(thing.get("secret", ""))
    provider = IdentityProvider.objects.filter(slug=thing["slug"]).first()
    return ["secret"] if secret and (provider is None or _secret_of(provider) != secret) else []


def _secret_of(provider: IdentityProvider) -> str | None:
    """Its secret; None for none that this desk can read."""
    try:
        return unseal(bytes(provider.sealed_secret).decode())
    except InvalidToken:
        return None


def _codes(names: Iterable[str]) -> list[str]:
    """The codes of roles by what people write for them. Raises `Refused("configured.no_such")`. One query."""
    known = {name: code for code, name in role_names().items()}
    return [_known(known, name) for name in names]


def _known(known: Mapping[str, V], name: str) -> V:
    if name not in known:
        message = _("There is no “%(name)s” here. Name something that is there, or add it to the file.")
        raise Refused("configured.no_such", message % {"name": name})
    return known[name]


configured(
    Section(
        name="sign_in", key="name", fields=("name", "second_factor_for", "may_register"), read=_rules, write=_set_rules
    )
)
configured(
    Section(
        name="single_sign_on",
        key="slug",
        fields=PROVIDER,
        read=_providers,
        write=_set_provider,
        else_differs=_new_secret,
    )
)
