"""The part of tickets in the settings file: tags, fields, request forms, macros, views and texts of the desk's own."""

from collections.abc import Iterator
from typing import Any

from charterdesk.base.configured import Section, Thing, configured, given, named, values_of
from charterdesk.base.keys import Actor
from charterdesk.people.models import Team
from charterdesk.tickets.actions.definitions import define_field, define_request_form
from charterdesk.tickets.actions.grading import set_grade_terms
from charterdesk.tickets.actions.macros import save_macro
from charterdesk.tickets.actions.own_texts import write_text
from charterdesk.tickets.actions.tags import describe_tag, keep_tags, tag_word
from charterdesk.tickets.actions.templates import save_template
from charterdesk.tickets.actions.views import save_view
from charterdesk.tickets.models import GradeTerms, Macro, RequestForm, SavedView, Tag, TicketField
from charterdesk.tickets.models.templates import Template, TemplateVersion
from charterdesk.tickets.models.texts import OwnText

TAG = ("name", "description")
FIELD = (
    "code", "kind", "labels", "helps", "choices", "depends_on", "types", "is_public", "is_editable", "required",
)  # fmt: skip
FORM = ("code", "names", "intros", "type", "team", "fields", "is_public")
MACRO = ("name", "team", "kind", "texts", "template", "condition", "steps", "is_active")
VIEW = ("name", "sharing", "team", "filter", "columns", "grouping", "sorting")
GRADES = ("is_asked", "remind_after", "close_after", "words")
EVERY = "*"
TEMPLATE = ("code", "name", "texts")
TEXT = ("key", "name", "language", "team", "subject", "text")


def _tags() -> Iterator[Thing]:
    """Those that say what they are for; the others come with the tickets that have them."""
    for tag in Tag.objects.exclude(description="").order_by("name"):
        yield values_of(tag, TAG)


def _set_tag(thing: Thing, by: Actor) -> None:
    name = tag_word(thing["name"])
    keep_tags([name])
    describe_tag(Tag.objects.get(name=name), by=by, description=thing.get("description", ""))


def _fields() -> Iterator[Thing]:
    """Fields in use, in their order, those that depend on another after these."""
    fields = TicketField.objects.in_use().select_related("depends_on")
    for field in sorted(fields, key=lambda one: one.depends_on is not None):
        parent = field.depends_on.code if field.depends_on else ""
        yield {**values_of(field, FIELD), "depends_on": parent}


def _set_field(thing: Thing, by: Actor) -> None:
    field = TicketField.objects.filter(code=thing["code"]).first()
    wanted = given(thing, "depends_on")
    if "depends_on" in thing:
        wanted["depends_on"] = named(TicketField, thing["depends_on"], field="code")
    define_field(field, by=by, **wanted)


def _forms() -> Iterator[Thing]:
    for form in RequestForm.objects.in_use():
        yield values_of(form, FORM)


def _set_form(thing: Thing, by: Actor) -> None:
    form = RequestForm.objects.filter(code=thing["code"]).first()
    define_request_form(form, by=by, **_with_team(thing))


def _macros() -> Iterator[Thing]:
    """Those of the desk and of teams; what an agent made for themselves is theirs."""
    for macro in Macro.objects.filter(agent=None).select_related("team").order_by("name", "pk"):
        yield values_of(macro, MACRO)


def _set_macro(thing: Thing, by: Actor) -> None:
    macro = Macro.objects.filter(agent=None, name=thing["name"]).first() or Macro()
    save_macro(macro, by=by, **_with_team(thing))


def _views() -> Iterator[Thing]:
    """Views that are shared."""
    shared = SavedView.objects.exclude(sharing=SavedView.MINE).select_related("team")
    for view in shared.order_by("name", "pk"):
        yield values_of(view, VIEW)


def _set_view(thing: Thing, by: Actor) -> None:
    view = SavedView.objects.exclude(sharing=SavedView.MINE).filter(name=thing["name"]).first()
    save_view(view, by=by, **_with_team({"sharing": SavedView.DESK, **thing}))


def _texts() -> Iterator[Thing]:
    """Texts in place of ours, by a key of name, language and team."""
    for own in OwnText.objects.select_related("team").order_by("name", "language", "team__name"):
        key = "/".join(filter(None, (own.name, own.language, own.team.name if own.team else "")))
        yield {"key": key, **values_of(own, TEXT[1:])}


def _set_text(thing: Thing, by: Actor) -> None:
    team = named(Team, thing.get("team", ""))
    write_text(by=by, team=team, **{"subject": "", **given(thing, "key", "team")})


def _templates() -> Iterator[Thing]:
    """Templates with what they say now."""
    for version in sorted(TemplateVersion.objects.newest(), key=lambda one: one.template.code):
        yield {"code": version.template.code, "name": version.template.name, "texts": version.texts}


def _set_template(thing: Thing, by: Actor) -> None:
    template = Template.objects.filter(code=thing["code"], removed_at=None).first()
    save_template(template, by=by, **{"name": thing["code"], "texts": {}, **thing})


def _with_team(thing: Thing) -> dict[str, Any]:
    """What an action takes: the team as a row."""
    wanted = given(thing, "team")
    return {**wanted, "team": named(Team, thing["team"])} if "team" in thing else wanted


def _grades() -> Iterator[Thing]:
    """How teams ask for grades; of all that have no way of their own as "*"."""
    for terms in GradeTerms.objects.select_related("team").order_by("team__name"):
        yield {**values_of(terms, GRADES), "team": terms.team.name if terms.team else EVERY}


def _set_grades(thing: Thing, by: Actor) -> None:
    team = None if thing["team"] == EVERY else named(Team, thing["team"])
    set_grade_terms(team, by=by, **given(thing, "team"))


configured(Section(name="tags", key="name", fields=TAG, read=_tags, write=_set_tag))
configured(Section(name="ticket_fields", key="code", fields=FIELD, read=_fields, write=_set_field))
configured(Section(name="request_forms", key="code", fields=FORM, read=_forms, write=_set_form))
configured(Section(name="templates", key="code", fields=TEMPLATE, read=_templates, write=_set_template))
configured(Section(name="macros", key="name", fields=MACRO, read=_macros, write=_set_macro))
configured(Section(name="views", key="name", fields=VIEW, read=_views, write=_set_view))
configured(Section(name="grades", key="team", fields=("team", *GRADES), read=_grades, write=_set_grades))
configured(Section(name="texts", key="key", fields=TEXT, read=_texts, write=_set_text))
