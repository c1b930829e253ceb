"""Amounts in forms, as people write them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from charterdesk.base.money import read_amount


class AmountField(forms.CharField):
    """An amount as people write it, in a currency the form knows; not below `least`, where that is given."""

    def __init__(self, *, least: int | None = None, **options: Any) -> None:
        self.least = least
        super().__init__(
            **{
                "max_length": 20,
                "widget": forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "dir": "ltr"}),
                **options,
            }
        )

    def prepare_value(self, value: Any) -> Any:
        """What is kept, without the zeros that only the database writes: 120.0000 is 120.00, 0.0125 stays."""
        if not isinstance(value, Decimal):
            return value
        short = value.quantize(Decimal("0.01"))
        return str(short if short == value else value.normalize())

    def clean(self, value: Any) -> Any:
        """A Decimal; None for nothing where that is allowed."""
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = read_amount(text)
            if self.least is not None and amount < self.least:
                raise ValueError(f"{text!r} is below {self.least}")
        except ValueError as error:
            raise forms.ValidationError(_("Write an amount, such as 12.50.")) from error
        return amount
