"""The one place that imports late: every package's registrations, once the application is ready."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

from django.apps import AppConfig

PARTS = ("events", "facts", "actions", "reactions", "jobs", "search", "records", "set_up", "ruled")
OUR_NAME = "charterdesk."


class EventsConfig(AppConfig):
    """Finds what packages register: events, facts, actions (operations), reactions, jobs, search, records, rules."""

    name = "charterdesk.events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import the parts of every installed package of ours, and of its folders (each channel is one)."""
        rules = import_module("charterdesk.events.rule_changes")
        assert self.apps is not None
        for config in self.apps.get_app_configs():
            if config.name.startswith(OUR_NAME):
                _import_parts(config.name)
                for folder in iter_modules([config.path]):
                    if folder.ispkg and folder.name not in (*PARTS, "tests", "migrations"):
                        _import_parts(f"{config.name}.{folder.name}")
                if (file := Path(config.path, "rules.toml")).exists():
                    rules.register_rules(config.label, file)


def _import_parts(package: str) -> None:
    for part in PARTS:
        if find_spec(f"{package}.{part}"):
            import_module(f"{package}.{part}")
