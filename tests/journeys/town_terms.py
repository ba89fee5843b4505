"""Terms in the town: those that run, and one of an auditor who resigned."""

from datetime import UTC, datetime
from typing import Any, Final

from coop.council.models import HowEnded, SeatCode, Term
from coop.council.seating import end_term
from coop.members.models import Member
from coop.powers import system
from tests.support import people

# As Page takes them: name, who, args, query, note, status.
PAGES: Final[tuple[tuple[Any, ...], ...]] = (
    ("council:seats", "secretary"),
    ("council:term", "unvoted", ("term",)),
    ("council:term", "secretary", ("term",)),
    ("council:term", "unvoted", ("left_term",), "", "cut short"),
    ("council:term_end", "secretary", ("term",)),
    ("council:seat_new", "secretary"),
    ("council:seat_new", "unvoted", (), "", "refused", 403),
    ("council:terms_import", "secretary"),
    ("council:vacancy", "president", ("left_term",)),
    ("council:vacancy", "unvoted", ("left_term",)),
    ("council:vacancy", "unvoted", ("term",), "", "nothing vacant"),
)
NO_PAGES: Final = frozenset({"council:terms_import_confirm"})


def populate(members: list[Member], now: datetime) -> dict[str, int]:
    """The seats of today are for whoever reads the matrix: the one who resigned did so years ago."""
    begun, over = datetime(2021, 5, 1, 3, tzinfo=UTC), datetime(2023, 5, 1, 3, tzinfo=UTC)
    left = people.give_seat(members[8], SeatCode.AUDITOR, begun, over)
    then = datetime(2022, 3, 3, 15, tzinfo=UTC)
    end_term(
        term_id=left.pk, how=HowEnded.RESIGNED, ends_at=then, note="Nota del 3 de marzo", by=system(), at=then
    )
    return {"left_term": left.pk, "term": Term.objects.get(seat__code=SeatCode.TREASURER).pk}
