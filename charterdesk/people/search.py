"""What a viewer is to the index."""

from charterdesk.people.viewer import Viewer
from charterdesk.search.audience import Reader, customer, everybody, staff


def reader_of(viewer: Viewer) -> Reader:
    """Whom to search for: staff find what their teams own, who sees every team everything, customers their own."""
    if viewer.sees_every_team:
        return Reader(everything=True, viewer=viewer)
    if viewer.is_staff:
        return staff(viewer.team_ids, viewer=viewer)
    if viewer.contact_id is not None:
        return customer(viewer.contact_id, viewer=viewer)
    return everybody(viewer=viewer)
