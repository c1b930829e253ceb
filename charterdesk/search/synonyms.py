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
LONGEST_ROW = 5  # words


@transaction.atomic
def define_synonyms(group: Synonyms | None, *, language: str, words: Iterable[str], by: Actor) -> Synonyms:
    """Let `words` of `language` ("" for any) mean the same: a new group, or `group` changed. Found at once.

    Each may be several in a row ("water meter"), five at most.
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
    """Each as the index has it, apart by blanks where it is several words. One statement."""
    places: dict[str, dict[int, str]] = {word: {} for word in words}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, place, lexeme FROM unnest(%s::text[]) AS word"
            " CROSS JOIN LATERAL unnest(to_tsvector(search_config(%s), search_clean(word))) AS found"
            " CROSS JOIN LATERAL unnest(found.positions) AS place",
            [words, language or "simple"],
        )
        for word, place, lexeme in cursor.fetchall():
            places[word][place] = lexeme
    return list(dict.fromkeys(_in_a_row(word, found) for word, found in places.items()))


def _in_a_row(word: str, found: dict[int, str]) -> str:
    """The lexemes of `word` by their places; an empty one stands for a word the index passes over."""
    row = [found.get(place, "") for place in range(min(found), max(found) + 1)] if found else []
    if not 1 <= len(row) <= LONGEST_ROW:
        message = _("“%(word)s” can't be searched for. Write one word, or up to five that belong together.")
        raise Refused("search.not_a_word", message % {"word": word})
    return " ".join(row)
