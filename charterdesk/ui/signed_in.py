"""Whoever is signed in, read once for a request: the login, the agent or customer behind it, and their teams."""

from allauth.account.auth_backends import AuthenticationBackend

from charterdesk.people.models import Login
from charterdesk.people.viewer import read_login


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Signing in as allauth has it."""

    def get_user(self, user_id: int) -> Login | None:
        """The login behind a session, None for one that is gone or switched off. One query."""
        login = read_login(user_id)
        return login if login is not None and self.user_can_authenticate(login) else None
