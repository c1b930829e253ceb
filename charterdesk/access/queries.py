"""What is asked about ways in."""

from django.db import connection
from django.db.models import QuerySet

from charterdesk.access.models import OpenSession, SignInPolicy
from charterdesk.people.models import Login

_LACKS = (
    "SELECT EXISTS (SELECT 1 FROM access_signinpolicy policy, people_agent agent WHERE agent.login_id = %s "
    "AND coalesce('role:' || agent.free_role_id, agent.role) = ANY(policy.second_factor_for)) "
    "AND NOT EXISTS (SELECT 1 FROM mfa_authenticator WHERE user_id = %s AND type IN ('totp', 'webauthn'))"
)


def lacks_second_factor(login: Login) -> bool:
    """Whether the role of this person of the desk needs a second factor and they have none. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_LACKS, [login.pk, login.pk])
        (lacks,) = cursor.fetchone()
    return bool(lacks)


def second_factor_roles() -> list[str]:
    """The roles that need a second factor. One statement."""
    policy = SignInPolicy.objects.filter(pk=1).first()
    return list(policy.second_factor_for) if policy else []


def may_register() -> bool:
    """Whether customers may register themselves; they may until somebody says otherwise. One statement."""
    return not SignInPolicy.objects.filter(pk=1, may_register=False).exists()


def sessions_of(login: Login) -> QuerySet[OpenSession]:
    """Where `login` is signed in, the latest first. One statement."""
    return OpenSession.objects.filter(login=login).order_by("-seen_at", "-pk")
