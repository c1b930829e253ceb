"""Who asks by a token: found in one statement, whoever it is."""

import time
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from threading import Lock

from charterdesk.base.postgresql.prepared import prepared_cursor
from charterdesk.people.models import Login
from charterdesk.people.models.tokens import ApiToken
from charterdesk.people.tokens.actions import digest_of
from charterdesk.people.tokens.scopes import allows
from charterdesk.people.viewer import Viewer, viewer_of_login

KEPT_SECONDS = 60.0
KEPT = 1000


@dataclass(frozen=True, kw_only=True)
class Asker:
    """A program, and as whom it acts. `scopes` None means everything the person may do (somebody signed in)."""

    viewer: Viewer
    login_id: int
    token_id: int | None = None
    scopes: Collection[str] | None = None

    def may(self, scope: str) -> bool:
        """Whether it was let in for `scope`."""
        return self.scopes is None or allows(self.scopes, scope)


class _Viewers:
    """Viewers lately asked for, each good for a minute and only while what the statement saw of it stays so."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, tuple[str, float, Viewer]] = OrderedDict()
        self._lock = Lock()

    def viewer(self, login_id: int, seen: str) -> Viewer:
        at = time.monotonic()
        with self._lock:
            known = self._kept.get(login_id)
        if known and known[0] == seen and known[1] > at:
            return known[2]
        viewer = viewer_of_login(Login.objects.get(pk=login_id))
        with self._lock:
            self._kept[login_id] = (seen, at + KEPT_SECONDS, viewer)
            self._kept.move_to_end(login_id)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return viewer


_viewers = _Viewers()


def who_asks(secret: str) -> Asker | None:
    """As whom a program with this secret acts; None for one that is unknown, expired or revoked.

    One statement, and a few more when this process has not seen the person for a minute or something changed about
    them: any change of a person, of their teams and of roles holds at once.
    """
    with prepared_cursor() as cursor:
        cursor.execute(_FOUND, [digest_of(secret)])
        found = cursor.fetchone()
        if found is None:
            return None
        token_id, scopes, login_id, is_stale, seen = found
        if is_stale:
            cursor.execute("UPDATE people_apitoken SET last_used_at = now() WHERE id = %s", [token_id])
    viewer = _viewers.viewer(login_id, seen)
    if viewer.agent_id is None and viewer.contact_id is None:
        return None
    return Asker(viewer=viewer, login_id=login_id, token_id=token_id, scopes=frozenset(scopes))


def client_of(client_id: str, secret: str) -> ApiToken | None:
    """The OAuth client that names itself so and knows its secret, if it may still come in. One statement."""
    found = ApiToken.objects.select_related("login").filter(
        digest=digest_of(secret), kind=ApiToken.CLIENT, login__is_active=True
    )
    client = found.first()
    return client if client and client.client_id == client_id and client.state == "valid" else None


# A row's xmin changes with every change of the row: what is seen stays the same only while nothing changed.
_FOUND = """
    SELECT token.id, token.scopes, token.login_id,
           token.last_used_at IS NULL OR token.last_used_at < now() - interval '1 minute',
           concat_ws('/', agent.xmin, contact.xmin, (SELECT max(id) FROM people_team),
               (SELECT string_agg(concat(id, ':', xmin), ',' ORDER BY id) FROM people_membership
                 WHERE agent_id = agent.id),
               (SELECT string_agg(concat(id, ':', xmin), ',' ORDER BY id) FROM people_role))
      FROM people_apitoken AS token
      JOIN people_login AS login ON login.id = token.login_id AND login.is_active
      LEFT JOIN people_apitoken AS parent ON parent.id = token.parent_id
      LEFT JOIN people_agent AS agent ON agent.login_id = login.id
      LEFT JOIN people_contact AS contact ON contact.login_id = login.id
     WHERE token.digest = %s AND token.kind <> 'client' AND token.revoked_at IS NULL AND parent.revoked_at IS NULL
       AND (token.expires_at IS NULL OR token.expires_at > now())
       AND (parent.expires_at IS NULL OR parent.expires_at > now())
"""
