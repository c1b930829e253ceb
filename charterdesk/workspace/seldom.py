"""What is seldom done to a ticket, as the menu names it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Seldom:
    """A form in the menu: what it is called, what its button says, its picture."""

    title: Any
    action: Any
    picture: str


SELDOM = {
    "forward": Seldom(title=_("Ask a third party"), action=_("Send"), picture="forward"),
    "merge": Seldom(title=_("Merge into another ticket"), action=_("Merge"), picture="merge"),
    "split": Seldom(title=_("Split messages off"), action=_("Split"), picture="split"),
    "links": Seldom(title=_("Link to another ticket"), action=_("Link"), picture="link"),
    "requester": Seldom(title=_("Change who it is for"), action=_("Change"), picture="user"),
    "copies": Seldom(title=_("Who gets copies"), action=_("Save"), picture="users"),
}
