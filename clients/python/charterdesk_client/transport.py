"""Asking the desk: authorization, tries, and problems as exceptions. Nothing here knows what is asked for."""

import time
import uuid
from collections.abc import Mapping
from typing import Any, Self

import httpx

TRY_AGAIN = frozenset({429, 502, 503, 504})
LONGEST_WAIT_S = 60.0
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
EARLY_S = 30.0  # a token is renewed so long before it ends


class ApiError(Exception):
    """The desk refused: `code` is for programs, `detail` says what to do, `errors` name fields."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        self.status = status
        self.code = str(problem.get("code", ""))
        self.detail = str(problem.get("detail", ""))
        self.errors: list[dict[str, str]] = list(problem.get("errors") or [])
        fields = "".join(f" [{each.get('field')}: {each.get('message')}]" for each in self.errors)
        super().__init__(f"{status} {self.code}: {self.detail}{fields}")


class Transport:
    """One desk, as one program. Use it in a `with`, or `disconnect` it."""

    def __init__(
        self,
        url: str,
        *,
        token: str = "",
        client_id: str = "",
        client_secret: str = "",
        language: str = "en",
        tries: int = 4,
        timeout: float = 30.0,
    ) -> None:
        """`url` is the desk's public address; either a `token` or both `client_id` and `client_secret` are needed.

        `tries` is how often a request is made in all before it is given up, `timeout` the seconds one may take.
        Raises `ValueError` where neither is given.
        """
        if not token and not (client_id and client_secret):
            raise ValueError("give a token, or client_id and client_secret")
        self._http = httpx.Client(base_url=url.rstrip("/"), timeout=timeout, headers={"Accept-Language": language})
        self._token, self._token_ends = token, float("inf") if token else 0.0
        self._credentials = (client_id, client_secret)
        self._tries = tries
        self._etags: dict[int, tuple[Any, str]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.disconnect()

    def disconnect(self) -> None:
        """Close the connections."""
        self._http.close()

    def _ask(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Any = None,
        content: bytes | None = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> httpx.Response:
        """The answer; asked again where it was lost or the desk was busy. Raises `ApiError` and `httpx.HTTPError`."""
        given = {name: value for name, value in (headers or {}).items() if value is not None}
        if method in WRITES:
            given.setdefault("Idempotency-Key", uuid.uuid4().hex)
        asked = {name: value for name, value in (params or {}).items() if value is not None}
        for left in range(self._tries - 1, -1, -1):
            given["Authorization"] = f"Bearer {self._valid_token()}"
            try:
                answer = self._http.request(
                    method, path, params=asked, json=json, content=content, headers=given, follow_redirects=False
                )
            except httpx.TransportError:
                if not left:
                    raise
                self._wait(self._tries - left, None)
                continue
            if answer.status_code not in TRY_AGAIN or not left:
                break
            self._wait(self._tries - left, answer.headers.get("Retry-After"))
        if answer.status_code >= 400:
            raise ApiError(answer.status_code, _problem(answer))
        return answer

    def _json(self, method: str, path: str, **asked: Any) -> Any:
        """As `_ask`, read; None where the desk has nothing to say."""
        answer = self._ask(method, path, **asked)
        if not answer.content:
            return None
        found = answer.json()
        if (etag := answer.headers.get("ETag")) and isinstance(found, dict):
            self._remember(found, etag)
        return found

    def etag_of(self, answer: Any) -> str | None:
        """The ETag that came with an answer of this client, for `if_match`; None for one that had none."""
        kept = self._etags.get(id(answer))
        return kept[1] if kept and kept[0] is answer else None

    def _remember(self, answer: Any, etag: str) -> None:
        if len(self._etags) >= 256:
            del self._etags[next(iter(self._etags))]
        self._etags[id(answer)] = (answer, etag)  # the answer too, so that no other takes its id meanwhile

    def _valid_token(self) -> str:
        if time.monotonic() > self._token_ends:
            answer = self._http.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=self._credentials)
            if answer.status_code != 200:
                raise ApiError(answer.status_code, _problem(answer))
            found = answer.json()
            self._token = found["access_token"]
            self._token_ends = time.monotonic() + float(found["expires_in"]) - EARLY_S
        return self._token

    def _wait(self, tried: int, asked: str | None) -> None:
        seconds = float(asked) if asked and asked.isdecimal() else 0.25 * 2.0**tried
        time.sleep(min(seconds, LONGEST_WAIT_S))


def _problem(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        found = None
    if not isinstance(found, dict):
        return {"code": "", "detail": answer.text[:300]}
    return {"code": found.get("error", ""), "detail": found.get("error_description", ""), **found}
