"""What the utility asks of its requests: fields, request forms, and the views its people keep."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from charterdesk.base.keys import SYSTEM
from charterdesk.people.models import Team
from charterdesk.tickets.actions.definitions import define_field, define_request_form, read_choices
from charterdesk.tickets.actions.views import save_view
from charterdesk.tickets.models import SavedView, TicketField

_FIELDS: tuple[dict[str, Any], ...] = (
    {
        "code": "meter_number",
        "kind": TicketField.TEXT,
        "labels": {
            "en": "Meter number",
            "de": "Zählernummer",
            "es": "Número de contador",
            "fr": "Numéro de compteur",
            "ar": "رقم العداد",
        },
        "helps": {"en": "Eight digits, on the front of the meter.", "de": "Acht Ziffern, vorn auf dem Zähler."},
        "is_public": True,
        "is_editable": True,
    },
    {
        "code": "place",
        "kind": TicketField.CHOICE,
        "labels": {"en": "Where", "de": "Wo", "es": "Dónde", "fr": "Où", "ar": "أين"},
        "choices": "street = In the street | de: Auf der Straße | es: En la calle | fr: Dans la rue | ar: في الشارع\n"
        "house = In the house | de: Im Haus | es: En la casa | fr: Dans la maison | ar: في المنزل\n"
        "garden = In the garden | de: Im Garten | es: En el jardín | fr: Dans le jardin | ar: في الحديقة",
        "types": ["incident"],
        "required": TicketField.ON_SUBMIT,
        "is_public": True,
    },
    {
        "code": "spot",
        "kind": TicketField.DEPENDENT,
        "labels": {
            "en": "Exactly where",
            "de": "Genaue Stelle",
            "es": "Lugar exacto",
            "fr": "Endroit précis",
            "ar": "الموضع بالتحديد",
        },
        "choices": "street > road = Road | de: Fahrbahn | es: Calzada | fr: Chaussée | ar: الطريق\n"
        "street > pavement = Pavement | de: Gehweg | es: Acera | fr: Trottoir | ar: الرصيف\n"
        "house > cellar = Cellar | de: Keller | es: Sótano | fr: Cave | ar: القبو\n"
        "house > kitchen = Kitchen | de: Küche | es: Cocina | fr: Cuisine | ar: المطبخ\n"
        "garden > tap = Tap | de: Wasserhahn | es: Grifo | fr: Robinet | ar: الصنبور",
        "depends_on": "place",
        "types": ["incident"],
        "is_public": True,
    },
    {
        "code": "seen_on",
        "kind": TicketField.DATE,
        "labels": {
            "en": "Since when",
            "de": "Seit wann",
            "es": "Desde cuándo",
            "fr": "Depuis quand",
            "ar": "منذ متى",
        },
        "is_public": True,
        "is_editable": True,
    },
    {
        "code": "pressure",
        "kind": TicketField.NUMBER,
        "labels": {
            "en": "Pressure (bar)",
            "de": "Druck (bar)",
            "es": "Presión (bar)",
            "fr": "Pression (bar)",
            "ar": "الضغط (بار)",
        },
        "types": ["incident"],
    },
)
_FORMS: tuple[dict[str, Any], ...] = (
    {
        "code": "leak",
        "names": {
            "en": "Water is leaking",
            "de": "Wasser tritt aus",
            "es": "Hay una fuga de agua",
            "fr": "Une fuite d’eau",
            "ar": "تسرب مياه",
        },
        "intros": {
            "en": "If water is running into a building, turn the main tap off first.",
            "de": "Läuft Wasser in ein Gebäude, drehen Sie zuerst den Haupthahn zu.",
        },
        "type": "incident",
        "team": "emergencies",
        "fields": ["place", "spot", "seen_on", "pressure"],
    },
    {
        "code": "meter",
        "names": {
            "en": "My meter or a reading",
            "de": "Mein Zähler oder Zählerstand",
            "es": "Mi contador o una lectura",
            "fr": "Mon compteur ou un relevé",
            "ar": "عدادي أو قراءة العداد",
        },
        "type": "question",
        "team": "metering",
        "fields": ["meter_number"],
    },
    {
        "code": "bill",
        "names": {"en": "My bill", "de": "Meine Rechnung", "es": "Mi factura", "fr": "Ma facture", "ar": "فاتورتي"},
        "type": "question",
        "team": "billing",
        "fields": ["meter_number"],
    },
)
_VIEWS: tuple[tuple[str, list[dict[str, Any]], dict[str, Any]], ...] = (
    (
        "Leaks in the street",
        [
            {"field": "field.place", "op": "is", "value": ["street"]},
            {"field": "status", "op": "is", "value": ["new", "open"]},
        ],
        {"sorting": "-created", "columns": ["number", "subject", "contact", "field.spot", "field.pressure", "promise"]},
    ),
    (
        "Urgent, by team",
        [
            {"field": "priority", "op": "is", "value": [1, 2]},
            {"field": "status", "op": "is", "value": ["new", "open", "pending", "on_hold"]},
        ],
        {"sorting": "due", "grouping": "team"},
    ),
    (
        "Came this week",
        [{"field": "created", "op": "last", "value": "7d"}],
        {"sorting": "-created"},
    ),
)


def make_questions(teams: Mapping[str, Team]) -> None:
    """Make the fields, forms and views of the utility; in the caller's transaction. Some sixty statements."""
    made: dict[str, TicketField] = {}
    for one in _FIELDS:
        given = {
            **one,
            "choices": read_choices(one.get("choices", "")),
            "depends_on": made.get(one.get("depends_on", "")),
        }
        made[one["code"]] = define_field(None, by=SYSTEM, **given)
    for form in _FORMS:
        define_request_form(None, by=SYSTEM, **{**form, "team": teams[form["team"]]})
    for name, asked, shown in _VIEWS:
        save_view(None, by=SYSTEM, name=name, sharing=SavedView.DESK, filter={"all": asked}, **shown)


def answer_questions() -> None:
    """Fill fields in on some of the tickets that are there, the same for the same tickets. Two statements."""
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERS)
        cursor.execute(_MEASURES)


_ANSWERS = """
    INSERT INTO tickets_fieldvalues (ticket_id, data)
    SELECT id, CASE type WHEN 'incident' THEN jsonb_build_object(
               'place', (ARRAY['street', 'house', 'garden'])[1 + number % 3],
               'spot', (ARRAY['road', 'cellar', 'tap'])[1 + number % 3],
               'pressure', 2 + (number % 31) / 10.0)
           ELSE jsonb_build_object('meter_number', (40000000 + number * 7919 % 50000000)::text) END
      FROM tickets_ticket WHERE number % 4 <> 0 AND (type = 'incident' OR number % 3 = 0)
    ON CONFLICT DO NOTHING
"""
_MEASURES = """
    INSERT INTO tickets_fieldmeasure (ticket_id, field_id, value)
    SELECT kept.ticket_id, field.id, (kept.data ->> 'pressure')::numeric
      FROM tickets_fieldvalues AS kept JOIN tickets_ticketfield AS field ON field.code = 'pressure'
     WHERE kept.data ? 'pressure'
    ON CONFLICT DO NOTHING
"""
