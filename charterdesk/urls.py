"""Every address of the desk, by surface."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from charterdesk.api import stripe_hook
from charterdesk.api.entrance import api_v1
from charterdesk.channels.sms import webhook as sms_webhook
from charterdesk.ui.styleguide import styleguide

urlpatterns = [
    path("account/", include("charterdesk.ui.account")),
    path("language", login_not_required(set_language), name="set_language"),
    api_v1,
    path("oauth/", include("charterdesk.api.oauth")),
    path("hooks/", include("charterdesk.api.order_hooks")),
    path("hooks/", include("charterdesk.api.call_hooks")),
    path("scim/v2/", include("charterdesk.api.scim.urls")),
    *stripe_hook.urls,
    *sms_webhook.urls,
    path("desk/", include("charterdesk.workspace.urls")),
    path("", include("charterdesk.portal.urls")),
]
handler400 = "charterdesk.ui.failing.not_taken"
handler500 = "charterdesk.ui.failing.failed"
if settings.DEBUG:
    urlpatterns.insert(0, path("ui/", styleguide))
