"""The client: every operation of the API, and walking through pages."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from charterdesk_client.operations import Operations


class Client(Operations):
    """A desk's API, as one program may use it. See `Transport` for what it takes."""

    def pages(self, listing: Callable[..., Mapping[str, Any]], *args: Any, **asked: Any) -> Iterator[Any]:
        """Every item of `listing` (such as `list_tickets`), page after page. Raises as `listing` does."""
        cursor: str | None = asked.pop("cursor", None)
        while True:
            page = listing(*args, cursor=cursor, **asked)
            yield from page["items"]
            cursor = page.get("next")
            if not cursor:
                return
