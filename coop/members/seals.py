"""What the record seals of private rows: a SHA-256 with a salt, so that verify compares and nobody guesses.

Every member reads the record, and a register names so few that all could be tried: the salt stays in the row.
"""

import secrets
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from coop.members.models import Application, MemberFact, Posting, SanctionFile, SanctionStep
from coop.statute.proposals import seal

Told = Sequence[object]
Row = TypeVar("Row", MemberFact, Posting)


def salt() -> str:
    return secrets.token_hex(16)


def of_file(file: SanctionFile) -> str:
    """Whose file it is, since when, and what is said of them."""
    return seal(
        {
            "salt": file.salt,
            "member": file.member.number,
            "opened_on": file.opened_on.isoformat(),
            "charge": file.charge,
        }
    )


def of_step(step: SanctionStep) -> str:
    """With the salt of its file."""
    return seal(
        {
            "salt": step.file.salt,
            "position": step.position,
            "kind": str(step.kind),
            "day": step.day.isoformat(),
            "due": _day(step.due),
            "text": step.text,
            "measure": str(step.measure),
            "days": step.days,
            "starts_on": _day(step.starts_on),
            "outcome": str(step.outcome),
        }
    )


def of_application(one: Application) -> str:
    names = ("family_name", "given_names", "document", "tax_number", "section", "email", "mobile", "text")
    days = {"born_on": one.born_on.isoformat(), "applied_on": one.applied_on.isoformat()}
    return seal({"salt": one.salt, **days, **{name: getattr(one, name) for name in names}})


def sealed(written: Sequence[Row], told: Callable[[Row], Told]) -> dict[str, object]:
    """Of what a spreadsheet brought, in the order of their keys: which rows, and their seal."""
    return {
        "first": written[0].pk,
        "last": written[-1].pk,
        "seal": seal({"rows": [list(told(one)) for one in written]}),
    }


def told_fact(fact: MemberFact) -> Told:
    days = (fact.day.isoformat(), _day(fact.until))
    return (fact.member.number, fact.position, str(fact.kind), *days, fact.note, fact.source)


def told_posting(posting: Posting) -> Told:
    return (posting.member.number, posting.section_id, posting.since.isoformat())


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
