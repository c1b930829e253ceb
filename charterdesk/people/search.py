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
        mine = () if viewer.belongs_to is None else (viewer.belongs_to,)
        return customer(viewer.contact_id, mine, viewer=viewer)
    return everybody(viewer=viewer)
