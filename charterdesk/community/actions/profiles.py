"""Who takes part: names, what they hear, and who may not write any more."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.community.belongings import join_further
from charterdesk.community.events import ForumMemberBlocked, ForumMemberChanged, ForumMemberUnblocked
from charterdesk.community.models import (
    Follow,
    ForumFollow,
    ForumProposal,
    Post,
    PostReport,
    Profile,
    Topic,
    Vote,
)
from charterdesk.events.log import key_of, publish
from charterdesk.people.models import Agent, Contact
from charterdesk.people.viewer import Viewer

LONGEST = 60
_ADDRESS = re.compile(r"\S@\S|https?:|www\.", re.IGNORECASE)


def profile_of(viewer: Viewer) -> Profile | None:
    """The profile of whoever looks; None where they never took part. One query, none for visitors."""
    if viewer.agent_id is not None:
        return Profile.objects.filter(agent_id=viewer.agent_id).first()
    if viewer.contact_id is None:
        return None
    return Profile.objects.filter(contact_id=viewer.contact_id).first()


@transaction.atomic
def take_part(viewer: Viewer, *, name: str = "") -> Profile:
    """The profile of `viewer`, made where there is none: staff by their own name, customers by one they choose.

    Raises `Refused`: `community.no_display_name`, and as `rename`.
    """
    known = profile_of(viewer)
    if known is not None:
        return known
    if viewer.agent_id is not None:
        agent = Agent.objects.select_for_update().get(pk=viewer.agent_id)
        return _made(Profile(agent=agent), _free_name(agent.name), by=viewer)
    contact = Contact.objects.select_for_update().get(pk=viewer.contact_id or 0)
    return profile_of(viewer) or _made(Profile(contact=contact), good_name(name), by=viewer)


def _made(profile: Profile, name: str, *, by: Actor) -> Profile:
    _put_name(profile, name)
    profile.save()
    publish(ForumMemberChanged(profile_id=profile.pk), on=profile, by=by)
    return profile


def good_name(name: str) -> str:
    """A name others may see, as it is kept.

    Raises `Refused`: `community.no_display_name`, `community.bad_display_name`.
    """
    said = " ".join(name.replace("\x00", "").replace("@", " @ ").split())
    if not said:
        raise Refused("community.no_display_name", _("Choose a name that others see."))
    if _ADDRESS.search(name) or len(said) > LONGEST:
        message = _("Choose a name of at most %(number)d letters, and no address.") % {"number": LONGEST}
        raise Refused("community.bad_display_name", message)
    return said.replace(" @ ", " ")


def _put_name(profile: Profile, name: str) -> None:
    require_free_name(name, but=profile)
    profile.name, profile.name_key = name, _key(name)


def require_free_name(name: str, *, but: Profile | None = None) -> None:
    """Nobody passes for somebody who takes part. Raises `Refused("community.name_taken")`. One query."""
    if Profile.objects.filter(name_key=_key(name)).exclude(pk=(but and but.pk) or 0).exists():
        raise Refused("community.name_taken", _("Somebody has this name already. Choose another one."))


def _key(name: str) -> str:
    return name.casefold()[:LONGEST]


def _free_name(name: str) -> str:
    """A colleague's name, with a number behind it where somebody took it before."""
    base = (" ".join(name.replace("@", " ").split()) or _("Staff"))[: LONGEST - 4]
    taken = set(Profile.objects.filter(name_key__startswith=base.casefold()).values_list("name_key", flat=True))
    free, number = base, 2
    while free.casefold() in taken:
        free, number = f"{base} {number}", number + 1
    return free


@transaction.atomic
def change_profile(
    profile: Profile, *, by: Actor, name: str | None = None, mails: bool | None = None, after_erasure: str | None = None
) -> None:
    """Have others see another name, or hear more or less; what is left out stays.

    Raises `Refused`: `community.no_display_name`, `community.bad_display_name`, `community.name_taken`,
    `community.no_such_choice`.
    """
    profile.refresh_from_db(from_queryset=Profile.objects.select_for_update())
    if name is not None and name != profile.name:
        _put_name(profile, good_name(name))
    if after_erasure is not None and after_erasure not in dict(Profile.AFTER_ERASURE):
        raise Refused("community.no_such_choice", _("Choose one of the list."))
    profile.after_erasure = after_erasure or profile.after_erasure
    profile.mails = profile.mails if mails is None else mails
    profile.save()
    publish(ForumMemberChanged(profile_id=profile.pk), on=profile, by=by)


@transaction.atomic
def block(profile: Profile, *, why: str, by: Actor) -> None:
    """Have somebody write no more. Raises `Refused`: `community.is_staff`, `community.no_reason`."""
    profile.refresh_from_db(from_queryset=Profile.objects.select_for_update())
    if profile.is_staff:
        raise Refused("community.is_staff", _("This is somebody of the desk."))
    reason = " ".join(why.replace("\x00", "").split())[:300]
    if not reason:
        raise Refused("community.no_reason", _("Write why."))
    if profile.blocked_at:
        return
    profile.blocked_at, profile.blocked_why, profile.blocked_by = now(), reason, key_of(by)
    profile.save(update_fields=["blocked_at", "blocked_why", "blocked_by"])
    publish(ForumMemberBlocked(profile_id=profile.pk), on=profile, by=by)


@transaction.atomic
def unblock(profile: Profile, *, by: Actor) -> None:
    """Let somebody write again."""
    profile.refresh_from_db(from_queryset=Profile.objects.select_for_update())
    if profile.blocked_at is None:
        return
    profile.blocked_at, profile.blocked_why, profile.blocked_by = None, "", ""
    profile.save(update_fields=["blocked_at", "blocked_why", "blocked_by"])
    publish(ForumMemberUnblocked(profile_id=profile.pk), on=profile, by=by)


@transaction.atomic
def join_profiles(contact_id: int, *, merged_id: int) -> None:
    """Two contacts were one person: what either said is said by the one that lives on."""
    kept, gone = (Profile.objects.filter(contact_id=pk).first() for pk in (contact_id, merged_id))
    if gone is None:
        return
    if kept is None:
        Profile.objects.filter(pk=gone.pk).update(contact_id=contact_id)
        return
    for model in (Topic, Post):
        model._default_manager.filter(author=gone).update(author=kept)
    join_further(kept, gone)
    _join_proposals(kept, gone)
    for joining, of in ((Vote, "post"), (PostReport, "post"), (Follow, "topic"), (ForumFollow, "forum")):
        there = joining._default_manager.filter(profile=kept).values(f"{of}_id")
        joining._default_manager.filter(profile=gone).exclude(**{f"{of}_id__in": there}).update(profile=kept)
    kept.shown, kept.points = kept.shown + gone.shown, kept.points + gone.points
    if gone.blocked_at and not kept.blocked_at:
        kept.blocked_at, kept.blocked_why, kept.blocked_by = gone.blocked_at, gone.blocked_why, gone.blocked_by
    kept.save()
    gone.delete()


def _join_proposals(kept: Profile, gone: Profile) -> None:
    """What either proposed; nobody has two open ones, so that of `gone` goes."""
    theirs = ForumProposal.objects.filter(author=gone)
    if ForumProposal.objects.open().filter(author=kept).exists():
        theirs.open().delete()
    theirs.update(author=kept)
