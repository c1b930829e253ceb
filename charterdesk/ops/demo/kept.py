"""What the desk knows of its customers beside their names: fields of its own, some notes, and pairs that look alike."""

from collections.abc import Callable

from charterdesk.people.actions import add_person_field, add_person_note, change_contact, set_own_fields
from charterdesk.people.cast import CONTACTS
from charterdesk.people.duplicates import find_duplicates
from charterdesk.people.models import Agent, Contact, PersonField


def keep_things(say: Callable[[str], object]) -> None:
    """Fill in a little for the customers everybody knows, and look for duplicates once. Some thirty statements."""
    say("noting what is known of the customers")
    add_person_field(
        by="system", of="contact", name="Meter", kind=PersonField.TEXT, names={"de": "Zähler"}, position=10
    )
    tariff = {"de": "Tarif", "es": "Tarifa", "fr": "Tarif", "ar": "التعرفة"}
    choices = ["Home", "Garden", "Business"]
    add_person_field(by="system", of="contact", name="Tariff", kind=PersonField.CHOICE, names=tariff, choices=choices)
    author = Agent.objects.order_by("pk").first()
    for number, known in enumerate(CONTACTS[:4]):
        contact = Contact.objects.with_email(known.email).first()
        if contact:
            set_own_fields(
                contact, values={"meter": f"AW-{40_117 + number}", "tariff": choices[number % 3]}, by="system"
            )
            add_person_note(contact, text="Prefers to be called before ten.", author=author, by="system")
            change_contact(contact, by="system", may_see_organisation=contact.organisation_id is not None)
    last = 0
    while (found := find_duplicates(after=last)) > last:
        last = found
