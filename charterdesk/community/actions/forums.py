"""Forums: made, changed, put in order, taken away; and the terms on which people are trusted."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from charterdesk.base.keys import SYSTEM, Actor
from charterdesk.base.refused import Refused
from charterdesk.community.events import ForumChanged, ForumTermsChanged
from charterdesk.community.models import Forum, ForumTerms, Topic
from charterdesk.community.models.forums import ORGANISATION, PUBLIC
from charterdesk.community.open_forums import look_again
from charterdesk.events.log import publish
from charterdesk.people.models import Brand

TERMS = (
    "known_after",
    "regular_after",
    "holds_new",
    "holds_links",
    "posts_per_hour",
    "reports_hide",
    "takes_proposals",
)


@dataclass(frozen=True, kw_only=True)
class ForumAsked:
    """What a forum is to be. `names` and `intros` by language; without a `brand` it stands under every one."""

    names: Mapping[str, str]
    intros: Mapping[str, str]
    audience: str = PUBLIC
    organisation_ids: Iterable[int] = ()
    is_open: bool = True
    brand: Brand | None = None


@transaction.atomic
def save_forum(forum: Forum | None = None, *, by: Actor, asked: ForumAsked) -> Forum:
    """Make a forum, or change one; its address stays what it was.

    Raises `Refused`: `community.no_name`, `community.no_such_audience`, `community.no_organisation`.
    """
    names = _written(asked.names)
    if not names:
        raise Refused("community.no_name", _("Give it a name."))
    if asked.audience not in dict(Forum.AUDIENCES):
        raise Refused("community.no_such_audience", _("Choose one of the list."))
    organisations = sorted(set(asked.organisation_ids)) if asked.audience == ORGANISATION else []
    if asked.audience == ORGANISATION and not organisations:
        raise Refused("community.no_organisation", _("Say which organisations."))
    found = forum or Forum(position=Forum.objects.count(), slug=_free_slug(names))
    found.names, found.intros = names, _written(asked.intros)
    found.audience, found.organisation_ids, found.is_open = asked.audience, organisations, asked.is_open
    found.brand = asked.brand
    found.save()
    publish(ForumChanged(forum_id=found.pk), on=found, by=by)
    look_again()
    return found


def _written(texts: Mapping[str, str]) -> dict[str, str]:
    return {code: text.replace("\x00", "").strip() for code, text in texts.items() if text.strip()}


def _free_slug(names: Mapping[str, str]) -> str:
    name = names.get("en") or next(iter(names.values()))
    base = re.sub(r"-+$", "", slugify(name, allow_unicode=True)[:70]) or "forum"
    taken = set(Forum.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


@transaction.atomic
def order_forums(ids: Sequence[int], *, by: Actor) -> None:
    """Put forums in this order. One statement for each."""
    for position, pk in enumerate(ids):
        Forum.objects.filter(pk=pk).update(position=position)
    if ids:
        publish(ForumChanged(forum_id=ids[0]), on=f"forum:{ids[0]}", by=by)


@transaction.atomic
def drop_forum(forum: Forum, *, by: Actor) -> None:
    """Take an empty forum away. Raises `Refused("community.not_empty")`."""
    Forum.objects.select_for_update().get(pk=forum.pk)
    if Topic.objects.filter(forum=forum).exists():
        raise Refused("community.not_empty", _("Move its topics first, or close it for writing."))
    publish(ForumChanged(forum_id=forum.pk), on=forum, by=by)
    forum.delete()
    look_again()


@transaction.atomic
def join_organisations(organisation_id: int, *, merged_id: int) -> None:
    """What the people of one organisation could read, those of the one it became part of can. Idempotent."""
    for forum in Forum.objects.select_for_update().filter(organisation_ids__contains=[merged_id]):
        if organisation_id not in forum.organisation_ids:
            forum.organisation_ids = sorted({organisation_id, *forum.organisation_ids})
            forum.save(update_fields=["organisation_ids"])
            publish(ForumChanged(forum_id=forum.pk), on=forum, by=SYSTEM)


@transaction.atomic
def set_terms(*, by: Actor, **wanted: int | bool) -> ForumTerms:
    """Trust people on these terms (names of `TERMS`); what is left out stays."""
    terms = ForumTerms.objects.select_for_update().order_by("pk").first() or ForumTerms()
    before = [getattr(terms, name) for name in TERMS]
    for name in TERMS:
        setattr(terms, name, wanted.get(name, getattr(terms, name)))
    is_new = terms.pk is None
    terms.save()
    if is_new or before != [getattr(terms, name) for name in TERMS]:
        publish(ForumTermsChanged(terms_id=terms.pk), on=terms, by=by)
    return terms
