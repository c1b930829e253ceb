"""What billing forgets of a person who is erased: their words, and ours about them. What was bought stays, nameless."""

from charterdesk.billing.models import Contest, Contract, TimeEntry
from charterdesk.people.erasing import Person, erases


@erases
def forget_in_what_was_bought(person: Person) -> None:
    """Their words against a verdict, our answer, and notes of what was done for them go. Three statements."""
    Contest.objects.filter(contact_id=person.contact_id).update(text="", answer="")
    TimeEntry.objects.filter(contact_id=person.contact_id).update(note="")
    Contract.objects.filter(contact_id=person.contact_id).update(description="")
