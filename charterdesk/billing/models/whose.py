"""Whose something is: a person's, or their organisation's, whoever became part of them included."""

from django.db.models import Q


def belongs_to(contact_id: int, organisation_id: int | None, *, through: str = "") -> Q:
    """What is a contact's, or (where given) their organisation's, by the fields `contact` and `organisation`.

    What was bought under a customer who was merged since stays under their name, and is found with whom they became.
    `through` leads to the fields from another table ("account__").
    """
    own = Q(**{f"{through}contact_id": contact_id}) | Q(**{f"{through}contact__merged_into_id": contact_id})
    if organisation_id is not None:
        own |= Q(**{f"{through}organisation_id": organisation_id})
        own |= Q(**{f"{through}organisation__merged_into_id": organisation_id})
    return own
