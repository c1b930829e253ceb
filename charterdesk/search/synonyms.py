"""Words that mean the same: whoever asks for one finds the others, a little later than the word itself."""

from collections.abc import Iterable

from django.db import connection, transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.search.events import SynonymsDefined, SynonymsRemoved
from charterdesk.search.models import Synonyms

MOST_WORDS = 20
MOST_GROUPS = 1000


@transaction.atomic
def define_synonyms(group: Synonyms | None, *, language: str, words: Iterable[str], by: Actor) -> Synonyms:
    """Let `words` of `language` ("" for any) mean the same: a new group, or `group` changed. Found at once.

    Raises `Refused`: `search.two_words`, `search.not_a_word`, `search.too_many_words`, `search.too_many_groups`.
    """
    given = _words(words)
    lexemes = _lexemes(given, language)
    if group is None:
        if Synonyms.objects.count() >= MOST_GROUPS:
            raise Refused("search.too_many_groups", _("There are very many groups already. Take some out first."))
        group = Synonyms()
    elif (group.language, group.words, group.lexemes) == (language, given, lexemes):
        return group
    group.language, group.words, group.lexemes = language, given, lexemes
    group.save()
    publish(SynonymsDefined(synonyms_id=group.pk), on=group, by=by)
    return group


@transaction.atomic
def remove_synonyms(group: Synonyms, *, by: Actor) -> None:
    """Let its words be only themselves again."""
    publish(SynonymsRemoved(synonyms_id=group.pk), on=group, by=by)
    group.delete()


def _words(words: Iterable[str]) -> list[str]:
    given = list(dict.fromkeys(word for word in (" ".join(each.lower().split()) for each in words) if word))
    if len(given) < 2:
        raise Refused("search.two_words", _("Write at least two different words."))
    if len(given) > MOST_WORDS:
        raise Refused("search.too_many_words", _("Write at most twenty words; make a second group of the others."))
    return given


def _lexemes(words: list[str], language: str) -> list[str]:
    """Each word as the index has it. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, tsvector_to_array(to_tsvector(search_config(%s), search_clean(word)))"
            " FROM unnest(%s::text[]) AS word",
            [language or "simple", words],
        )
        found = cursor.fetchall()
    for word, lexemes in found:
        if len(lexemes) != 1:
            message = _("“%(word)s” is not one word that can be searched for. Write single words.") % {"word": word}
            raise Refused("search.not_a_word", message)
    return list(dict.fromkeys(lexeme for _word, (lexeme,) in found))
