"""Amounts in forms, as people write them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from charterdesk.base.money import read_amount


class AmountField(forms.CharField):
    """An amount as people write it, in a currency the form knows."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{
                "max_length": 20,
                "widget": forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "dir": "ltr"}),
                **options,
            }
        )

    def clean(self, value: Any) -> Any:
        """A Decimal; None for nothing where that is allowed."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_amount(text)
        except ValueError as error:
            raise forms.ValidationError(_("Write an amount, such as 12.50.")) from error
