"""A field for some words, which says itself what is missing: for forms that ask for little else."""

from typing import Any

from django import forms


def words_field(label: Any, *, missing: Any, most: int, rows: int = 2) -> forms.CharField:
    """A field of `rows` lines for up to `most` characters; `missing` is said where nothing is written."""
    return forms.CharField(
        label=label,
        max_length=most,
        error_messages={"required": missing},
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
    )
