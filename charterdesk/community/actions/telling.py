"""Moderators hear of what waits: at most once an hour, never for each post."""

from datetime import timedelta

from django.db import transaction

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.community.models import ForumProposal, QueueNews
from charterdesk.community.queries.moderation import newest_waiting
from charterdesk.people.actions.notices import notify, withdraw_notices
from charterdesk.people.permissions import MODERATE_COMMUNITY, RUN_COMMUNITY, agents_who_may

WAITING, PROPOSED = "community.waiting", "community.proposed"
QUEUE = "community:queue"
PAUSE = timedelta(hours=1)


@transaction.atomic
def tell_moderators() -> bool:
    """Tell whoever may decide that posts wait; whether they were told now. What was seen to is no news any more.

    They hear of the first one, and of what came since an hour later. Three statements while nothing is new.
    """
    newest = newest_waiting()
    news = QueueNews.objects.select_for_update().first() or QueueNews()
    whom = agents_who_may(MODERATE_COMMUNITY).values_list("pk", flat=True)
    if newest is None:
        if news.is_open:
            withdraw_notices(whom, about=QUEUE)
            news.is_open = False
            news.save()
        return False
    if news.told_at and (newest <= news.told_at or news.told_at > now() - PAUSE):
        return False
    notify(whom, code=WAITING, about=QUEUE, by=SYSTEM)
    news.told_at, news.is_open = now(), True
    news.save()
    return True


@transaction.atomic
def tell_of_proposal(proposal_id: int) -> None:
    """Tell whoever makes forums that somebody would like another one. Two statements, and those of `notify`."""
    if ForumProposal.objects.open().filter(pk=proposal_id).exists():
        whom = agents_who_may(RUN_COMMUNITY).values_list("pk", flat=True)
        notify(whom, code=PROPOSED, about=f"forumproposal:{proposal_id}", by=SYSTEM)


@transaction.atomic
def settle_proposal(proposal_id: int) -> None:
    """Nothing is left to decide on it. Two statements."""
    whom = agents_who_may(RUN_COMMUNITY).values_list("pk", flat=True)
    withdraw_notices(whom, about=f"forumproposal:{proposal_id}")
