"""What the record seals of private rows: a SHA-256 with a salt, so that verify compares and nobody guesses.

Every member reads the record, and a register names so few that all could be tried: the salt stays in the row.
"""

import secrets
from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from coop.members.models import Application, MemberFact, Posting, SanctionFile, SanctionStep
from coop.statute.proposals import seal

Told = Sequence[object]


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


def sealed_facts(rows: QuerySet[MemberFact]) -> dict[str, object]:
    """Of facts that a spreadsheet brought. At least one."""
    names = ("member__number", "position", "kind", "day", "until", "note", "source")
    found = rows.order_by("pk").values_list("pk", *names)
    told = [(*one[:4], one[4].isoformat(), _day(one[5]), *one[6:]) for one in found]
    return _sealed(told)


def sealed_postings(rows: QuerySet[Posting]) -> dict[str, object]:
    """Of postings that a spreadsheet brought. At least one."""
    found = rows.order_by("pk").values_list("pk", "member__number", "section_id", "since")
    return _sealed([(*one[:3], one[3].isoformat()) for one in found])


def told_posting(posting: Posting) -> Told:
    return (posting.member.number, posting.section_id, posting.since.isoformat())


def _sealed(told: Sequence[Told]) -> dict[str, object]:
    """Which rows, by the first of their keys and the last, and the seal of what they say, keys aside."""
    return {"first": told[0][0], "last": told[-1][0], "seal": seal({"rows": [one[1:] for one in told]})}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
