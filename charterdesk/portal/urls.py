"""The addresses of the portal, from the root of the site."""

from charterdesk.portal import brand, new, requests

app_name = "portal"
urlpatterns = [*new.urls, *requests.urls, *brand.urls]
