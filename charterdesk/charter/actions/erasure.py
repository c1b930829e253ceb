"""What the charter forgets of a person who is erased: amounts and figures stay, words about them go."""

from charterdesk.charter.models import OwedRemedy
from charterdesk.people.erasing import Person, erases

NOTHING = "—"


@erases
def forget_reasons(person: Person) -> None:
    """Take out why remedies were refused; that they were stays. One statement."""
    OwedRemedy.objects.filter(contact_id=person.contact_id).exclude(reason="").update(reason=NOTHING)
