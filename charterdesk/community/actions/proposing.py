"""Forums customers propose: asked for, made with changes, declined with a reason, or taken back."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.community.actions.following import follow_forum
from charterdesk.community.actions.forums import ForumAsked, save_forum
from charterdesk.community.events import (
    ForumProposalAccepted,
    ForumProposalDeclined,
    ForumProposalWithdrawn,
    ForumProposed,
)
from charterdesk.community.judging import terms_in_force
from charterdesk.community.models import Forum, ForumProposal, Profile
from charterdesk.events.log import key_of, publish
from charterdesk.people.models import LANGUAGES

NAME, PURPOSE, REASON = 80, 300, 1000
PER_MONTH, MONTH = 3, timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Wished:
    """A forum as somebody would like it."""

    name: str
    purpose: str
    language: str = "en"


@transaction.atomic
def propose_forum(wished: Wished, *, author: Profile, by: Actor) -> ForumProposal:
    """Ask for a forum; who makes forums decides. The same one asked for again is the one that is open.

    Raises `Refused`: `community.no_proposals`, `community.blocked`, `community.no_name`, `community.no_purpose`,
    `community.proposal_open`, `community.too_many_proposals`.
    """
    author.refresh_from_db(from_queryset=Profile.objects.select_for_update())
    name, purpose = _line(wished.name)[:NAME], _line(wished.purpose)[:PURPOSE]
    if not terms_in_force().takes_proposals:
        raise Refused("community.no_proposals", _("Forums can't be proposed here at present."))
    if author.blocked_at or author.is_gone:
        raise Refused("community.blocked", _("You can't write here any more. Ask us if you think this is wrong."))
    if not name:
        raise Refused("community.no_name", _("Give it a name."))
    if not purpose:
        raise Refused("community.no_purpose", _("Say what is to be talked about."))
    if waiting := ForumProposal.objects.open().filter(author=author).first():
        if (waiting.name, waiting.purpose) == (name, purpose):
            return waiting
        raise Refused("community.proposal_open", _("You proposed a forum already; we look at it first."))
    if ForumProposal.objects.filter(author=author, created_at__gte=now() - MONTH).count() >= PER_MONTH:
        raise Refused("community.too_many_proposals", _("That was a lot within a month. Propose it a little later."))
    language = wished.language if wished.language in dict(LANGUAGES) else "en"
    proposal = ForumProposal.objects.create(author=author, name=name, purpose=purpose, language=language)
    publish(ForumProposed(proposal_id=proposal.pk), on=proposal, by=by)
    return proposal


@transaction.atomic
def accept_proposal(proposal: ForumProposal, *, asked: ForumAsked, by: Actor) -> Forum:
    """Make the forum as `asked`, which may differ from what was proposed; who proposed it follows it and is told.

    Raises `Refused`: `community.proposal_decided`, and as `save_forum`.
    """
    _lock_open(proposal)
    forum = save_forum(by=by, asked=asked)
    _decide(proposal, ForumProposal.ACCEPTED, by=by)
    proposal.forum = forum
    proposal.save()
    follow_forum(forum, proposal.author)
    publish(ForumProposalAccepted(proposal_id=proposal.pk, forum_id=forum.pk), on=proposal, by=by)
    return forum


@transaction.atomic
def decline_proposal(proposal: ForumProposal, *, reason: str, by: Actor) -> None:
    """Make no such forum; who proposed it is told why. Raises `Refused`: `community.proposal_decided`,
    `community.no_reason`."""
    _lock_open(proposal)
    said = reason.replace("\x00", "").strip()[:REASON]
    if not said:
        raise Refused("community.no_reason", _("Write why."))
    _decide(proposal, ForumProposal.DECLINED, by=by)
    proposal.reason = said
    proposal.save()
    publish(ForumProposalDeclined(proposal_id=proposal.pk), on=proposal, by=by)


@transaction.atomic
def withdraw_proposal(proposal: ForumProposal, *, by: Actor) -> None:
    """Take it back: nothing is kept of it. Raises `Refused("community.proposal_decided")`."""
    _lock_open(proposal)
    publish(ForumProposalWithdrawn(proposal_id=proposal.pk), on=proposal, by=by)
    proposal.delete()


def _lock_open(proposal: ForumProposal) -> None:
    locked = ForumProposal.objects.select_for_update(of=("self",)).select_related("author")
    proposal.refresh_from_db(from_queryset=locked)
    if proposal.state != ForumProposal.OPEN:
        raise Refused("community.proposal_decided", _("Somebody decided on it already."))


def _decide(proposal: ForumProposal, state: str, *, by: Actor) -> None:
    proposal.state, proposal.decided_at, proposal.decided_by = state, now(), key_of(by)


def _line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())
