"""How what programs send is read."""

from typing import cast

import orjson
from django.http import HttpRequest
from ninja.parser import Parser
from ninja.types import DictStrAny


class StrictParser(Parser):
    """JSON as its standard has it, no more: half a character (a surrogate alone) and NaN are no JSON.

    What this lets pass can be written as text again, so that no action has to think of what the database can't keep.
    """

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """The body. Raises `orjson.JSONDecodeError`, which is answered with 400."""
        return cast(DictStrAny, orjson.loads(request.body))
