"""Rules of the house that no linter knows."""

import pytest
from django.apps import apps  # noqa: TID251 - looks at every model there is, which no package may
from django.core.management import call_command


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)


def test_foreign_keys_across_packages_add_no_attribute_to_what_they_point_at():
    grown = [
        f"{model.__module__}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("charterdesk.")
        for field in model._meta.get_fields()
        if (field.many_to_one or field.one_to_one or field.many_to_many) and not field.auto_created
        if field.related_model.__module__.startswith("charterdesk.")
        if package_of(field.related_model) != package_of(model)
        if field.remote_field and not field.remote_field.hidden
    ]

    assert grown == []


def package_of(model):
    return ".".join(model.__module__.split(".")[:2])
