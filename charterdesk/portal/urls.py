"""The addresses of the portal, from the root of the site."""

from charterdesk.portal import (
    announcements,
    brand,
    charter,
    charter_feeds,
    charter_paper,
    comments,
    community,
    complaints,
    costs,
    details,
    embed,
    grades,
    help,
    help_feeds,
    invoices,
    lists,
    new,
    offers,
    profile,
    registration,
    requests,
    search,
    status,
)

app_name = "portal"
urlpatterns = [
    *status.urls, *announcements.urls,
    *new.urls, *search.urls, *lists.urls, *invoices.urls, *requests.urls, *costs.urls, *grades.urls, *complaints.urls,
    *details.urls, *profile.urls, *brand.urls, *embed.urls, *registration.urls,
    *charter.urls, *charter_paper.urls, *charter_feeds.urls, *help_feeds.urls, *offers.urls, *comments.urls,
    *help.urls,
    *community.feeds.urls, *community.reading.urls, *community.writing.urls, *community.deeds.urls,
    *community.me.urls, *community.proposing.urls,
]  # fmt: skip
