"""The addresses of the workspace, all under /desk/."""

from charterdesk.workspace import composer, controls, inbox, me, messages, opening, palette, relations, search, tickets

app_name = "workspace"
urlpatterns = [
    *inbox.urls,
    *opening.urls,
    *tickets.urls,
    *controls.urls,
    *composer.urls,
    *relations.urls,
    *messages.urls,
    *me.urls,
    *palette.urls,
    *search.urls,
]
