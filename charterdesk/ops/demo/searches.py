"""What the utility's customers looked for and did not find, and which of its words mean the same."""

from collections.abc import Callable

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.search.models import Missed
from charterdesk.search.synonyms import define_synonyms

ALIKE = (
    ("en", ("bill", "invoice", "statement")),
    ("en", ("tap", "faucet")),
    ("en", ("water meter", "gauge")),
    ("de", ("Zähler", "Wasseruhr", "Wasserzähler")),
    ("fr", ("facture", "note")),
)
MISSED = (
    (Missed.CUSTOMERS, "en", "rain barrel", Missed.NOTHING, 17),
    (Missed.CUSTOMERS, "en", "swimming pool permit", Missed.LITTLE, 11),
    (Missed.CUSTOMERS, "de", "bleirohre", Missed.NOTHING, 9),
    (Missed.CUSTOMERS, "es", "descalcificador", Missed.NOTHING, 6),
    (Missed.STAFF, "en", "hydrant key deposit", Missed.LITTLE, 5),
    (Missed.CUSTOMERS, "en", "", Missed.NOTHING, 23),
)


def make_searches(say: Callable[[str], object]) -> None:
    """Five groups of synonyms and a month of searches without result. Some ten statements."""
    say("writing down what was not found")
    for language, words in ALIKE:
        define_synonyms(None, language=language, words=words, by=SYSTEM)
    month = now().date().replace(day=1)
    Missed.objects.bulk_create(
        Missed(month=month, side=side, language=language, words=words, outcome=outcome, times=times,
               digest=f"demo-{number}", askers=[])
        for number, (side, language, words, outcome, times) in enumerate(MISSED)
    )  # fmt: skip
