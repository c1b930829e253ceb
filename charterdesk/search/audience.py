"""Who may find what: tags on documents, and the tags a reader has.

A document is found by readers who share a tag with it. Tags are short words such as `t:3` (team 3), `c:77`
(contact 77), `public`. The index holds them beside the words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PUBLIC = "public"
SIGNED_IN = "signed-in"
STAFF = "staff"


_WIDEST = (STAFF, SIGNED_IN, PUBLIC)
"""Audiences, each of which may find whatever those after it may: documents carry the tags of all that may."""


def team_tag(team_id: int) -> str:
    """What a document of this team, and each of its agents, carries."""
    return f"t:{team_id}"


def contact_tag(contact_id: int) -> str:
    """What a document for this contact, and the contact, carries."""
    return f"c:{contact_id}"


def organisation_tag(organisation_id: int) -> str:
    """What a document for everybody of this organisation, and its people, carry."""
    return f"o:{organisation_id}"


def kind_tag(kind: str) -> str:
    """What every document of a kind carries."""
    return f"k:{kind}"


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Somebody who searches. `everything` is for who may see every document; others need a tag in common.

    `viewer` is handed, unread, to each kind's `visible`, which has the last word.
    """

    tags: frozenset[str] = frozenset()
    everything: bool = False
    viewer: object = None

    @property
    def may_see_something(self) -> bool:
        """Whether there is any point in looking."""
        return self.everything or bool(self.tags)

    @property
    def counted_tags(self) -> list[str]:
        """Of the tags those by which the documents of this reader are counted each once, in order."""
        widest = next((tag for tag in _WIDEST if tag in self.tags), None)
        return sorted(tag for tag in self.tags if tag == widest or tag not in _WIDEST)


def everybody(*, viewer: object = None) -> Reader:
    """A visitor who is not signed in."""
    return Reader(tags=frozenset({PUBLIC}), viewer=viewer)


def staff(team_ids: Iterable[int], *, viewer: object = None) -> Reader:
    """An agent of these teams."""
    return Reader(tags=frozenset({PUBLIC, SIGNED_IN, STAFF, *map(team_tag, team_ids)}), viewer=viewer)


def customer(contact_id: int, organisation_ids: Sequence[int] = (), *, viewer: object = None) -> Reader:
    """A contact who is signed in."""
    own = {contact_tag(contact_id), *map(organisation_tag, organisation_ids)}
    return Reader(tags=frozenset({PUBLIC, SIGNED_IN} | own), viewer=viewer)
