"""Markdown as articles are kept."""

from functools import cache
from typing import Any

from charterdesk.base.later import later
from charterdesk.knowledge.bodies import clean_body

markdown_it = later("markdown_it")


@cache
def _reader() -> Any:
    return markdown_it.MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def body_of(text: str) -> str:
    """A body made of Markdown (CommonMark with tables); HTML within it is made safe as any other."""
    return clean_body(rendered(text))


def rendered(text: str) -> str:
    """The HTML of Markdown, not yet made safe."""
    return str(_reader().render(text.replace("\x00", "")))
