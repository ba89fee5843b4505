"""The end of a beginning: all the drafts go in together, and it is closed for ever."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from coop.council.importing import import_terms
from coop.members.importing import import_register
from coop.members.models import Member
from coop.members.register_file import COLUMNS
from coop.portal.beginning import book, council
from coop.portal.beginning.errors import NotReady
from coop.portal.beginning.findings import whole
from coop.portal.beginning.house import columns_of
from coop.portal.beginning.lines import sheet
from coop.portal.beginning.opening import taken
from coop.portal.founding import found
from coop.portal.models import Beginning
from coop.powers import system
from coop.record.domain import write
from coop.record.models import Act
from coop.statute.book import enter_file


@dataclass(frozen=True, slots=True)
class Begun:
    members: int
    terms: int
    resolutions: int
    secretary: Member


@transaction.atomic
def finish(*, key: str, at: datetime) -> Begun:
    """Founds the cooperative with everything that was typed, as the technical administration.

    All of it or nothing: what any room refuses undoes the rest, and the drafts stay. Raises NotReady,
    AlreadyBegun or NotHeld.
    """
    beginning = taken(key)
    seen = whole(beginning, at)
    if seen.secretary is None or not seen.ready:
        raise NotReady(max(1, len(seen.stopping())))
    by = system()
    found(
        name=beginning.house["name"],
        zone=beginning.house["zone"],
        house=columns_of(beginning.house),
        model=beginning.statute["model"],
        title=beginning.statute["title"],
        since=date.fromisoformat(beginning.statute["holds_from"]),
    )
    import_register(content=sheet(COLUMNS, beginning.people), by=by, at=at)
    import_terms(content=council.as_file(beginning), by=by, at=at)
    if beginning.resolutions:
        enter_file(content=book.as_file(beginning), name="", by=by, at=at)
    begun = Begun(
        members=len(seen.register.members),
        terms=len(seen.council.terms),
        resolutions=len(seen.book.lines),
        secretary=Member.objects.get(number=seen.secretary),
    )
    _close(beginning, begun, at)
    return begun


def _close(beginning: Beginning, begun: Begun, at: datetime) -> None:
    facts = {
        "cooperative": beginning.house["name"],
        "statute": beginning.statute["title"],
        "members": begun.members,
        "terms": begun.terms,
        "resolutions": begun.resolutions,
        "secretary": begun.secretary.number,
        "secretary_name": begun.secretary.name,
    }
    beginning.house, beginning.statute, beginning.council = {}, {}, {}
    beginning.people, beginning.terms, beginning.resolutions = [], [], []
    beginning.code, beginning.code_until = "", None
    beginning.begun_at, beginning.touched_at, beginning.secretary = at, at, begun.secretary
    beginning.save()
    write(Act.BEGUN, by=system(), at=at, facts=facts)
