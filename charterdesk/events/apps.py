"""The one place that imports late: every package's registrations, once the application is ready."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

PARTS = ("events", "facts", "actions", "reactions", "jobs", "search")


class EventsConfig(AppConfig):
    """Finds what packages register: events, facts, actions (operations), reactions, jobs, search."""

    name = "charterdesk.events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import the parts of every installed package of ours, those of its folders (channels) too."""
        assert self.apps is not None
        for config in self.apps.get_app_configs():
            if config.name.startswith("charterdesk."):
                for part in PARTS:
                    if find_spec(f"{config.name}.{part}"):
                        import_module(f"{config.name}.{part}")
