"""Ink stands out from its grounds in both themes (WCAG 2.2: AAA for reading, AA for the rest)."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[1] / "static" / "tokens.css"
GROUNDS = ("paper", "ground", "float", "tint", "note", "hover", "selected")
STATE_GROUNDS = ("paper", "ground", "selected", "hover", "note")
STATES = ("kept", "soon", "late", "waiting")
READING = [("ink", ground) for ground in GROUNDS]
WRITING = [
    *[(ink, ground) for ink in ("ink-2", "accent") for ground in GROUNDS],
    *[("ink-3", ground) for ground in ("paper", "ground", "float", "hover", "tint", "note")],
    *[(f"{state}-ink", f"{state}-ground") for state in STATES],
    *[(f"{state}-ink", ground) for state in STATES for ground in STATE_GROUNDS],
    ("on-accent", "accent"), ("on-accent", "accent-strong"), ("ink", "mark"), ("paper", "ink"),
    *[("ink", f"hue-{hue}") for hue in range(8)],
]  # fmt: skip
DRAWING = [
    *[(state, ground) for state in ("late", "waiting", "accent", "line-strong") for ground in ("paper", "ground")],
    ("kept", "paper"),
]


def colours(theme: int) -> dict[str, tuple[float, float, float]]:
    """Each token's linear sRGB in theme 0 (light) or 1 (dark)."""
    found = re.findall(r"--([\w-]+): light-dark\((oklch\([^)]*\)), (oklch\([^)]*\))\)", TOKENS.read_text())
    return {name: linear_srgb(pair[theme]) for name, *pair in found}


def linear_srgb(oklch: str) -> tuple[float, float, float]:
    """`oklch(L% C H)` as linear sRGB, clipped. Source: B. Ottosson, "A perceptual color space" (2020)."""
    from_text = [float(part) for part in re.findall(r"[\d.]+", oklch)[:3]]
    lightness, chroma, hue = from_text[0] / 100, from_text[1], from_text[2] * 3.141592653589793 / 180
    a, b = chroma * cosine(hue), chroma * cosine(hue - 3.141592653589793 / 2)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return clip(red), clip(green), clip(blue)


def cosine(angle: float) -> float:
    return complex(2.718281828459045 ** (1j * angle)).real


def clip(value: float) -> float:
    return min(1.0, max(0.0, value))


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """Contrast ratio from 1 to 21. Source: WCAG 2.2, relative luminance."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: tuple[float, float, float]) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def too_weak(pairs: list[tuple[str, str]], theme: int, least: float) -> dict[tuple[str, str], float]:
    of = colours(theme)
    ratios = {pair: round(contrast(of[pair[0]], of[pair[1]]), 2) for pair in pairs}
    return {pair: ratio for pair, ratio in ratios.items() if ratio < least}


def test_black_on_white_is_the_strongest_contrast_there_is():
    assert round(contrast(linear_srgb("oklch(0% 0 0)"), linear_srgb("oklch(100% 0 0)")), 1) == 21.0


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_what_people_read_meets_aaa(theme):
    assert too_weak(READING, theme, 7.0) == {}


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_all_other_words_meet_aa(theme):
    assert too_weak(WRITING, theme, 4.5) == {}


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_what_is_drawn_can_be_seen(theme):
    assert too_weak(DRAWING, theme, 3.0) == {}
