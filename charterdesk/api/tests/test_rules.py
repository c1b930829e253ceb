"""Rules by API: all that the forms do, as data and as text; and no further than who asks may reach."""

import pytest

from charterdesk.api.testing import Robot
