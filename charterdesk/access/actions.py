"""Every write to how people get in."""

from collections.abc import Iterable
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from charterdesk.access.events import (
    LoginSucceeded,
    LoginThrottled,
    PasswordChanged,
    RegistrationSwitched,
    SecondFactorChanged,
    SecondFactorReset,
    SessionEnded,
    SignInPolicyChanged,
)
from charterdesk.access.models import OpenSession, SignInPolicy
from charterdesk.access.roles import role_names
from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.people.models import Login


@transaction.atomic
def open_session(login: Login, *, session_key: str, ip: str | None, device: str, way: str) -> OpenSession:
    """Note that `login` is signed in under `session_key`. Two statements and an event."""
    found, _is_new = OpenSession.objects.update_or_create(
        session_key=session_key, defaults={"login": login, "ip": ip, "device": device[:300], "way": way}
    )
    publish(LoginSucceeded(login_id=login.pk, way=way), on=login, by=login)
    return found


def see_session(pk: int, *, session_key: str, ip: str | None, at: datetime) -> None:
    """The device was here at `at`; its session may have a new key. One statement; nothing to make known."""
    OpenSession.objects.filter(pk=pk).update(session_key=session_key, ip=ip, seen_at=at)


def close_session(session_key: str) -> None:
    """Forget a session that its owner signed out of. One statement."""
    OpenSession.objects.filter(session_key=session_key).delete()


@transaction.atomic
def end_sessions(login: Login, *, by: Actor, only: int | None = None, but: str = "") -> int:
    """Sign `login` out everywhere: of the session with id `only`, or of all but the one with the key `but`.

    Their next click meets the door. Return how many ended. Three statements and an event.
    """
    found = OpenSession.objects.filter(login=login).exclude(session_key=but)
    if only is not None:
        found = found.filter(pk=only)
    return _end(login, found, by=by)


def _end(login: Login, found: QuerySet[OpenSession], *, by: Actor) -> int:
    keys = list(found.values_list("session_key", flat=True))
    if not keys:
        return 0
    Session.objects.filter(session_key__in=keys).delete()
    OpenSession.objects.filter(session_key__in=keys).delete()
    publish(SessionEnded(login_id=login.pk, sessions=len(keys)), on=login, by=by)
    return len(keys)


@transaction.atomic
def note_new_password(login: Login, *, but: str = "") -> None:
    """Make known that `login` has a new password, and end all its sessions but the one with the key `but`."""
    publish(PasswordChanged(login_id=login.pk), on=login, by=login)
    end_sessions(login, by=login, but=but)


@transaction.atomic
def note_throttled(login: Login) -> None:
    """Make known that somebody tries to guess the way in of `login`."""
    publish(LoginThrottled(login_id=login.pk), on=login, by="system")


@transaction.atomic
def note_second_factor(login: Login, what: str) -> None:
    """Make known that `login` added or took away a second factor; `what` is such as totp_activated."""
    publish(SecondFactorChanged(login_id=login.pk, what=what), on=login, by=login)


@transaction.atomic
def reset_second_factors(login: Login, *, by: Actor) -> int:
    """Take away all second factors of somebody who lost them, and end their sessions; return how many went.

    They sign in by password or mailed code alone, and set up new ones where their role needs it.
    """
    kinds = sorted(Authenticator.objects.filter(user=login).values_list("type", flat=True))
    Authenticator.objects.filter(user=login).delete()
    if kinds:
        publish(SecondFactorReset(login_id=login.pk, kinds=kinds), on=login, by=by)
    end_sessions(login, by=by)
    return len(kinds)


@transaction.atomic
def demand_second_factor(roles: Iterable[str], *, by: Actor) -> None:
    """Have exactly these roles need a second factor from their next click on. Nothing where nothing differs.

    Raises `Refused("access.no_such_role")`.
    """
    if set(roles := list(roles)) - set(role_names()):
        raise Refused("access.no_such_role", _("Choose a role from the list."))
    policy, _is_new = SignInPolicy.objects.select_for_update().get_or_create(pk=1)
    before, after = sorted(policy.second_factor_for), sorted(set(roles))
    if before == after:
        return
    policy.second_factor_for = after
    policy.save()
    publish(SignInPolicyChanged(before=before, after=after), on="desk:1", by=by)


@transaction.atomic
def switch_registration(is_open: bool, *, by: Actor) -> None:
    """Let customers register themselves, or not. Nothing where nothing differs."""
    policy, _is_new = SignInPolicy.objects.select_for_update().get_or_create(pk=1)
    if policy.may_register == is_open:
        return
    policy.may_register = is_open
    policy.save(update_fields=["may_register"])
    publish(RegistrationSwitched(is_open=is_open), on="desk:1", by=by)


def forget_old_sessions() -> int:
    """Forget sessions whose time is over, theirs and ours; return how many of ours. Two statements."""
    Session.objects.filter(expire_date__lt=now()).delete()
    gone, _by_model = OpenSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return gone
