"""Which custom fields and request forms there are, and in which order."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.tickets.events import RequestFormDefined, RequestFormRetired, TicketFieldDefined, TicketFieldRetired
from charterdesk.tickets.models import RequestForm, TicketField
from charterdesk.tickets.models.fields import CODE

Defined = TypeVar("Defined", TicketField, RequestForm)
MOST_FIELDS = 500


@transaction.atomic
def define_field(field: TicketField | None, *, by: Actor, **given: Any) -> TicketField:
    """Make a custom field, or change `field`; `given` are attributes of `TicketField`.

    Code and kind stay what they were made as: values in tickets go by them. Raises `Refused`: `tickets.bad_code`,
    `tickets.code_taken`, `tickets.no_label`, `tickets.no_choices`, `tickets.no_parent`, `tickets.too_many_fields`.
    """
    if field is None:
        _refuse_bad_code(TicketField, given["code"])
        if TicketField.objects.in_use().count() >= MOST_FIELDS:
            raise Refused("tickets.too_many_fields", _("There are %(n)d fields already.") % {"n": MOST_FIELDS})
        field = TicketField(code=given["code"], kind=given["kind"], position=_last(TicketField))
    for name in set(given) - {"code", "kind"}:
        setattr(field, name, given[name])
    if not any(field.labels.values()):
        raise Refused("tickets.no_label", _("Say how the field is called."))
    _refuse_bad_choices(field)
    if field.kind == TicketField.CONTACT:
        field.is_editable = False  # who tries addresses there would learn who is a customer
    field.retired_at = None
    field.save()
    publish(TicketFieldDefined(field_id=field.pk), on=field, by=by)
    return field


def _refuse_bad_choices(field: TicketField) -> None:
    if field.kind != TicketField.DEPENDENT:
        field.depends_on = None
    elif field.depends_on is None or field.depends_on.kind != TicketField.CHOICE:
        raise Refused("tickets.no_parent", _("Say on which field of choices it depends."))
    codes = [choice["code"] for choice in field.choices]
    if field.kind in TicketField.CHOSEN and not codes:
        raise Refused("tickets.no_choices", _("Write down what can be chosen, one a line."))
    if len(codes) != len(set(codes)):
        raise Refused("tickets.no_choices", _("Two choices have the same code."))


@transaction.atomic
def retire_field(field: TicketField, *, by: Actor) -> None:
    """Take a field out of use. What stands in it stays in the tickets, and comes back when it is defined again."""
    if field.retired_at:
        return
    field.retired_at = now()
    field.save(update_fields=["retired_at"])
    publish(TicketFieldRetired(field_id=field.pk), on=field, by=by)


@transaction.atomic
def define_request_form(form: RequestForm | None, *, by: Actor, **given: Any) -> RequestForm:
    """Make a request form, or change `form`; `given` are attributes of `RequestForm`.

    Raises `Refused`: `tickets.bad_code`, `tickets.code_taken`, `tickets.no_label`.
    """
    if form is None:
        _refuse_bad_code(RequestForm, given["code"])
        form = RequestForm(code=given["code"], position=_last(RequestForm))
    for name in set(given) - {"code"}:
        setattr(form, name, given[name])
    if not any(form.names.values()):
        raise Refused("tickets.no_label", _("Say what the form is about."))
    form.retired_at = None
    form.save()
    publish(RequestFormDefined(form_id=form.pk), on=form, by=by)
    return form


@transaction.atomic
def retire_request_form(form: RequestForm, *, by: Actor) -> None:
    """Take a form out of use; tickets that came by it stay as they are."""
    if form.retired_at:
        return
    form.retired_at = now()
    form.save(update_fields=["retired_at"])
    publish(RequestFormRetired(form_id=form.pk), on=form, by=by)


def move_defined(row: Defined, *, by: Actor, step: int) -> None:
    """Put a field or form one place up (`step` -1) or down (1) among its like. Some five statements."""
    place = next((index for index, each in enumerate(_in_use(row)) if each.pk == row.pk), 0)
    place_defined(row, by=by, position=max(place + step, 0))


def _in_use(row: Defined) -> list[Defined]:
    """Its like in their order."""
    return list(type(row)._default_manager.filter(retired_at=None).order_by("position", "pk"))


@transaction.atomic
def place_defined(row: Defined, *, by: Actor, position: int) -> None:
    """Put a field or form at `position` (0 is first) among its like; one out of use stays where it is.

    Three statements, none but one where it stands there.
    """
    before = _in_use(row)
    after = [each for each in before if each.pk != row.pk]
    if len(after) == len(before):
        return
    after.insert(position, next(each for each in before if each.pk == row.pk))
    if after == before:
        return
    for place, each in enumerate(after):
        each.position = place
    type(row)._default_manager.bulk_update(after, ["position"])
    if isinstance(row, TicketField):
        publish(TicketFieldDefined(field_id=row.pk), on=row, by=by)
    else:
        publish(RequestFormDefined(form_id=row.pk), on=row, by=by)


def read_choices(text: str) -> list[dict[str, Any]]:
    """Choices as people write them, one a line: "code = Label | de: Name", with "parent > " before what depends.

    A line without a code gets one from its words. Raises `Refused("tickets.no_choices")`.
    """
    return [_choice(line) for line in text.splitlines() if line.strip()]


def _choice(line: str) -> dict[str, Any]:
    under, _arrow, rest = line.rpartition(">")
    code, has_code, names = rest.rpartition("=")
    first, *others = [part.strip() for part in names.split("|")]
    labels = {"en": first}
    for part in others:
        language, _colon, name = part.partition(":")
        labels[language.strip().lower()] = name.strip()
    made = code.strip() if has_code else _code_of(first)
    if not first or not CODE.regex.match(made):  # type: ignore[union-attr]
        raise Refused("tickets.no_choices", _("“%(line)s”: write a choice as code = Label.") % {"line": line.strip()})
    return {"code": made, "labels": labels, "under": under.strip()}


def _code_of(label: str) -> str:
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in label.lower()).split()
    return "_".join(words)[:40]


def write_choices(choices: Sequence[Mapping[str, Any]]) -> str:
    """What `read_choices` reads."""
    return "\n".join(_written(choice) for choice in choices)


def _written(choice: Mapping[str, Any]) -> str:
    labels = dict(choice["labels"])
    parts = [labels.pop("en", choice["code"]), *(f"{language}: {name}" for language, name in labels.items())]
    above = f"{choice['under']} > " if choice.get("under") else ""
    return f"{above}{choice['code']} = {' | '.join(parts)}"


def _last(model: type[TicketField] | type[RequestForm]) -> int:
    position = model._default_manager.order_by("-position").values_list("position", flat=True).first()
    return 0 if position is None else position + 1


def _refuse_bad_code(model: type[TicketField] | type[RequestForm], code: str) -> None:
    if not CODE.regex.match(code):  # type: ignore[union-attr]
        raise Refused("tickets.bad_code", _("A code has small letters, digits and _ only, with a letter first."))
    if model._default_manager.filter(code=code).exists():
        raise Refused("tickets.code_taken", _("There is one with this code already, perhaps out of use."))
