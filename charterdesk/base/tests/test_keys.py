"""What a choice is called is what Django calls it, for every model and language, only sooner."""

from typing import Any

import pytest
from django.db import models
from django.utils import translation

from charterdesk.base.keys import Keyed

DJANGOS: Any = models.Model


def models_below(one: type[models.Model]) -> list[type[models.Model]]:
    below = [each for child in one.__subclasses__() for each in models_below(child)]
    return below if one._meta.abstract else [one, *below]


CHOOSING = [(model, field) for model in models_below(Keyed) for field in model._meta.concrete_fields if field.choices]


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_a_choice_is_called_what_django_calls_it(language: str):
    assert len(CHOOSING) > 50
    with translation.override(language):
        for model, field in CHOOSING:
            for value in [*(value for value, _name in field.flatchoices), "no such choice", None, 77]:
                row = model(**{field.attname: value})
                said = getattr(row, f"get_{field.name}_display")()
                djangos = DJANGOS._get_FIELD_display(row, field)
                assert (said, type(said)) == (djangos, type(djangos)), (model, field, value)
