"""What access makes known: names of ways, roles and fields, never an address or a device."""

from dataclasses import dataclass, field
from typing import Any

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class LoginSucceeded(Event):
    """Somebody signed in."""

    login_id: int
    way: str


@dataclass(frozen=True, kw_only=True)
class LoginThrottled(Event):
    """Tries to sign in as somebody went past the limit; told once for each window."""

    login_id: int


@dataclass(frozen=True, kw_only=True)
class SessionEnded(Event):
    """Somebody was signed out on a device, by themselves elsewhere or by an administrator."""

    login_id: int
    sessions: int


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    """Somebody has a new password."""

    login_id: int


@dataclass(frozen=True, kw_only=True)
class SecondFactorChanged(Event):
    """A second factor came or went; `what` is such as totp_activated or webauthn_removed."""

    login_id: int
    what: str


@dataclass(frozen=True, kw_only=True)
class SecondFactorReset(Event):
    """An administrator took away all second factors of somebody who lost them."""

    login_id: int
    kinds: list[str]


@dataclass(frozen=True, kw_only=True)
class SignInPolicyChanged(Event):
    """Other roles need a second factor now."""

    before: list[str]
    after: list[str]


@dataclass(frozen=True, kw_only=True)
class RegistrationSwitched(Event):
    """Customers may register themselves from now on, or may not."""

    is_open: bool


@dataclass(frozen=True, kw_only=True)
class IdentityProviderAdded(Event):
    """There is another way of single sign-on."""

    provider_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class IdentityProviderChanged(Event):
    """Single sign-on is set up otherwise; `fields` are the names of what changed."""

    provider_id: int
    fields: list[str]
    was: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class IdentityProviderRemoved(Event):
    """A way of single sign-on is gone."""

    provider_id: int


@dataclass(frozen=True, kw_only=True)
class LoginRenamed(Event):
    """Somebody signs in with another address from now on."""

    login_id: int


@dataclass(frozen=True, kw_only=True)
class TeamRemoved(Event):
    """A team that never had a ticket is gone."""

    team_id: int
