"""Every address of the desk, by surface."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from charterdesk.ui.styleguide import styleguide

# By name: the API with its library is loaded when the first program asks, not at every start.
API = ("charterdesk.api.urls", "api", "api")
urlpatterns = [
    path("account/", include("charterdesk.ui.account")),
    path("language", login_not_required(set_language), name="set_language"),
    path("api/v1/", API),
    path("oauth/", include("charterdesk.api.oauth")),
    path("scim/v2/", include("charterdesk.api.scim.urls")),
    path("desk/", include("charterdesk.workspace.urls")),
    path("", include("charterdesk.portal.urls")),
]
if settings.DEBUG:
    urlpatterns.insert(0, path("ui/", styleguide))
