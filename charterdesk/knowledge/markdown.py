"""Markdown as articles are kept. For surfaces and commands: the library is loaded with this module."""

from markdown_it import MarkdownIt

from charterdesk.knowledge.bodies import clean_body

_reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def body_of(text: str) -> str:
    """A body made of Markdown (CommonMark with tables); HTML within it is made safe as any other."""
    return clean_body(rendered(text))


def rendered(text: str) -> str:
    """The HTML of Markdown, not yet made safe."""
    return str(_reader.render(text.replace("\x00", "")))
