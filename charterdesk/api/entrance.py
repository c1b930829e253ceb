"""The API's place among the addresses: what answers there is loaded when the first program asks, not at every start."""

from functools import lru_cache

from django.urls import ResolverMatch
from django.urls.resolvers import RoutePattern, URLResolver


class LoadedLater(URLResolver):
    """Addresses in a namespace of their own, given by their module's name.

    Django loads every module of addresses when the first address of any of them is asked for by name; these are left
    out of that, because names in a namespace are looked up in it alone.
    """

    @lru_cache(maxsize=1000)  # noqa: B019  # there is one of these, for good
    def resolve(self, path: str) -> ResolverMatch:
        """As Django's, remembering what was asked for lately: programs ask at few addresses, and there are hundreds."""
        found: ResolverMatch = super().resolve(path)
        found.tried = []  # the hundreds that did not match: only for a page of errors, yet copied with every request
        return found

    def _populate(self) -> None:
        """Nothing of ours joins the names without a namespace."""


api_v1 = LoadedLater(RoutePattern("api/v1/"), "charterdesk.api.urls", app_name="api", namespace="api")
