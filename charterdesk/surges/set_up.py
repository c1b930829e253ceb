"""The part of surges in the settings file: from when on similar requests are pointed out."""

from collections.abc import Iterator

from charterdesk.base.configured import Section, Thing, configured, values_of
from charterdesk.base.keys import Actor
from charterdesk.surges.actions.terms import set_terms
from charterdesk.surges.models import SurgeTerms

FIELDS = ("tickets", "minutes")
EVERYWHERE = "*"


def _terms() -> Iterator[Thing]:
    for terms in SurgeTerms.objects.all():
        yield {"for": EVERYWHERE, **values_of(terms, FIELDS)}


def _set_terms(thing: Thing, by: Actor) -> None:
    set_terms(tickets=thing.get("tickets"), minutes=thing.get("minutes"), by=by)


configured(Section(name="surge_terms", key="for", fields=("for", *FIELDS), read=_terms, write=_set_terms))
