"""What forms do with files before they keep them."""

from typing import Any, BinaryIO, cast

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from charterdesk.base.refused import Refused
from charterdesk.scanning.actions import refuse_infected


def refuse_upload(file: "UploadedFile[Any]") -> None:
    """Have the scanner look at `file` while its uploader waits. Raises `ValidationError` for one with a virus."""
    try:
        refuse_infected(cast(BinaryIO, file))
    except Refused as refused:
        raise ValidationError(refused.message, code=refused.code) from None
