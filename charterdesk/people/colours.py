"""Colours that can be read: contrast as WCAG 2.2 reckons it, and the nearest lightness that has enough of it."""

import math
import re
from dataclasses import dataclass

HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
AA = 4.5
STRONGER = 0.07
"""How much lighter or darker the accent is under the pointer, as a share of OKLCH's lightness."""
LIGHT_GROUND, DARK_GROUND = "#dbedf2", "#14292f"
"""The grounds on which words in the accent are hardest to read: what is selected, light and dark (`tokens.css`)."""
_STEP = 0.005

Linear = tuple[float, float, float]


@dataclass(frozen=True)
class Accent:
    """An accent for a light or a dark page: itself, and under the pointer; `is_as_given` unless it was hard to read."""

    plain: str
    strong: str
    is_as_given: bool


def accent_for(given: str, *, dark: bool) -> Accent:
    """The accent nearest to `given` (#rrggbb) that can be read on every ground of the light or the dark page.

    Hue stays; lightness moves by steps of half a hundredth until the contrast is `AA`. Raises `ValueError` for what is
    no colour.
    """
    lightness, chroma, hue = _oklch(_linear(given))
    ground = _linear(DARK_GROUND if dark else LIGHT_GROUND)
    step = _STEP if dark else -_STEP
    plain = given.lower()
    while contrast(_linear(plain), ground) < AA and 0 <= lightness <= 1:
        lightness += step
        plain = _hex(_from_oklch(lightness, chroma, hue))
    strong = _hex(_from_oklch(min(max(lightness + math.copysign(STRONGER, step), 0), 0.97), chroma * 0.9, hue))
    return Accent(plain=plain, strong=strong, is_as_given=plain == given.lower())


def contrast(one: Linear, other: Linear) -> float:
    """Contrast ratio of two colours in linear sRGB, from 1 to 21. Source: WCAG 2.2, relative luminance."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def contrast_of(one: str, other: str) -> float:
    """As `contrast`, of two colours as #rrggbb. Raises `ValueError`."""
    return contrast(_linear(one), _linear(other))


def _luminance(colour: Linear) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def _linear(given: str) -> Linear:
    """`#rrggbb` as linear sRGB. Raises `ValueError`."""
    if not HEX.fullmatch(given):
        raise ValueError(f"{given!r} is not a colour such as #0a5c72")
    red, green, blue = (int(given[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _decoded(red), _decoded(green), _decoded(blue)


def _decoded(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _hex(colour: Linear) -> str:
    encoded = (12.92 * one if one <= 0.0031308 else 1.055 * one ** (1 / 2.4) - 0.055 for one in colour)
    return "#" + "".join(f"{round(255 * min(max(one, 0), 1)):02x}" for one in encoded)


def _oklch(colour: Linear) -> Linear:
    """Lightness, chroma and hue (radians). Source: B. Ottosson, "A perceptual color space" (2020)."""
    red, green, blue = colour
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _from_oklch(lightness: float, chroma: float, hue: float) -> Linear:
    """Linear sRGB, within what a screen can show: chroma gives way."""
    while True:
        found = _from_oklab(lightness, chroma * math.cos(hue), chroma * math.sin(hue))
        if chroma <= 0 or all(-0.0005 <= one <= 1.0005 for one in found):
            return _clip(found)
        chroma = chroma - 0.005 if chroma > 0.005 else 0.0


def _from_oklab(lightness: float, a: float, b: float) -> Linear:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _clip(colour: Linear) -> Linear:
    red, green, blue = (min(max(one, 0.0), 1.0) for one in colour)
    return red, green, blue
