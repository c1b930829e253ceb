"""What the rules of complaints are called (see `rules.toml`)."""

from django.utils.translation import gettext_lazy as _

from charterdesk.events.rule_titles import rule_titles

rule_titles(_("Acknowledge every complaint: who decides, by when, and what comes after"))
