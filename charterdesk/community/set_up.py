"""The part of the community in the settings file: forums, and the terms of trust."""

from collections.abc import Iterator

from charterdesk.base.configured import Section, Thing, configured, named, values_of
from charterdesk.base.keys import Actor
from charterdesk.community.actions.forums import TERMS, ForumAsked, save_forum, set_terms
from charterdesk.community.models import Forum, ForumTerms
from charterdesk.community.models.forums import PUBLIC
from charterdesk.people.models import Brand, Organisation

FORUM = ("slug", "names", "intros", "audience", "organisations", "brand", "is_open")
EVERYWHERE = "*"


def _forums() -> Iterator[Thing]:
    for forum in Forum.objects.select_related("brand").order_by("position", "pk"):
        names = Organisation.objects.filter(pk__in=forum.organisation_ids).order_by("name")
        organisations = list(names.values_list("name", flat=True)) if forum.organisation_ids else []
        fields = [name for name in FORUM if name not in ("organisations", "brand")]
        brand = forum.brand.host if forum.brand else ""
        yield {**values_of(forum, fields), "organisations": organisations, "brand": brand}


def _set_forum(thing: Thing, by: Actor) -> None:
    forum = Forum.objects.filter(slug=thing["slug"]).select_related("brand").first()
    organisations = [named(Organisation, name) for name in thing.get("organisations", ())]
    asked = ForumAsked(
        names=thing.get("names", forum.names if forum else {"en": thing["slug"]}),
        intros=thing.get("intros", forum.intros if forum else {}),
        audience=thing.get("audience", forum.audience if forum else PUBLIC),
        organisation_ids=[each.pk for each in organisations if each]
        if "organisations" in thing
        else (forum.organisation_ids if forum else []),
        is_open=thing.get("is_open", forum.is_open if forum else True),
        brand=named(Brand, thing["brand"], field="host") if "brand" in thing else (forum.brand if forum else None),
    )
    made = save_forum(forum, by=by, asked=asked)
    if forum is None:
        Forum.objects.filter(pk=made.pk).update(slug=thing["slug"])


def _terms() -> Iterator[Thing]:
    for terms in ForumTerms.objects.all():
        yield {"for": EVERYWHERE, **values_of(terms, TERMS)}


def _set_terms(thing: Thing, by: Actor) -> None:
    set_terms(by=by, **{name: thing[name] for name in TERMS if name in thing})


configured(Section(name="forums", key="slug", fields=FORUM, read=_forums, write=_set_forum))
configured(Section(name="forum_terms", key="for", fields=("for", *TERMS), read=_terms, write=_set_terms))
