"""The addresses of the workspace, all under /desk/."""

from charterdesk.workspace import (
    composer,
    controls,
    inbox,
    junk,
    live,
    me,
    messages,
    opening,
    palette,
    relations,
    search,
    tickets,
)
from charterdesk.workspace.admin import (
    accounts,
    agents,
    aside,
    calendars,
    desk,
    erasure,
    failures,
    held_mail,
    policies,
    teams,
)

app_name = "workspace"
urlpatterns = [
    *inbox.urls,
    *opening.urls,
    *tickets.urls,
    *controls.urls,
    *composer.urls,
    *relations.urls,
    *messages.urls,
    *junk.urls,
    *me.urls,
    *live.urls,
    *palette.urls,
    *search.urls,
    *desk.urls,
    *failures.urls,
    *held_mail.urls,
    *aside.urls,
    *accounts.urls,
    *teams.urls,
    *agents.urls,
    *policies.urls,
    *calendars.urls,
    *erasure.urls,
]
