"""Sentences of templates that are always the same: looked up once for each language, since a page has hundreds."""

from django.template.base import Node
from django.template.context import Context
from django.templatetags.i18n import TranslateNode
from django.utils.translation import get_language


class Said(Node):
    """A sentence whose words no request changes."""

    child_nodelists = ()

    def __init__(self, sentence: TranslateNode) -> None:
        self._sentence = sentence
        self._by_language: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """The sentence in the language of this request."""
        language = get_language()
        said = self._by_language.get(language)
        if said is None:
            said = self._by_language[language] = self._sentence.render(context)
        return said


def said_once(sentence: TranslateNode) -> Node:
    """`sentence`, kept by language if it is constant: plain text that goes into the page as it is."""
    text, context = sentence.filter_expression, sentence.message_context
    is_plain = text.var.literal is not None and not text.filters
    is_constant = is_plain and (context is None or isinstance(context.var, str))
    return Said(sentence) if is_constant and not sentence.asvar and not sentence.noop else sentence
