"""Addresses in templates, kept once made: a page has dozens, and to make one takes longer than to write ten words."""

from functools import lru_cache
from typing import Any

from django.template.base import Node
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.html import escape
from django.utils.safestring import SafeString


class Address(Node):
    """Django's `{% url %}` for what it was `asked`; no application of ours is there under two names (`current_app`)."""

    child_nodelists = ()

    def __init__(self, asked: URLNode) -> None:
        self._asked = asked

    def render(self, context: Context) -> str:
        """The address, or nothing where it is put aside (`as`). Raises `NoReverseMatch` as Django does."""
        asked = self._asked
        name = asked.view_name.resolve(context)
        values = [each.resolve(context) for each in asked.args]
        named = {key: each.resolve(context) for key, each in asked.kwargs.items()}
        try:
            plain, escaped = address(get_script_prefix(), get_urlconf(), name, *values, **named)
        except NoReverseMatch:
            if asked.asvar is None:
                raise
            plain, escaped = "", SafeString("")
        if asked.asvar:
            context[asked.asvar] = plain
            return ""
        return escaped if context.autoescape else plain


@lru_cache(maxsize=4096, typed=True)  # typed: 1 and True are one key, but two addresses
def address(prefix: str, urlconf: str | None, name: str, /, *values: Any, **named: Any) -> tuple[str, SafeString]:
    """The address `name` with these values, plain and escaped; `prefix` and `urlconf` are those in force."""
    plain = reverse(name, urlconf, values, named)
    return plain, escape(plain)
