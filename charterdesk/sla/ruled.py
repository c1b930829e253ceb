"""What the rules of promises are called (see `rules.toml`)."""

from django.utils.translation import gettext_lazy as _

from charterdesk.events.rule_titles import rule_titles

rule_titles(
    _("Tell whoever has a ticket that it is due soon"),
    _("Tell whoever has a ticket that it is late"),
)
