"""Modules that are loaded at their first use."""

import sys

import pytest

from charterdesk.base.later import later


def test_a_module_is_loaded_when_it_is_first_asked_for_something():
    sys.modules.pop("colorsys", None)

    colorsys = later("colorsys")
    assert "colorsys" not in sys.modules
    assert colorsys.rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)
    assert "colorsys" in sys.modules


def test_a_module_that_is_not_there_says_so_when_it_is_needed():
    missing = later("this_is_nowhere")

    with pytest.raises(ModuleNotFoundError, match="this_is_nowhere"):
        missing.anything  # noqa: B018
