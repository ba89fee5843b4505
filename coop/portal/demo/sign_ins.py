"""Who can try the demonstration: four people, each with a password made once for a private file."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from coop.common.time import local_day
from coop.council.models import SeatCode, Term
from coop.members.models import Account, Member
from coop.members.sign_in import set_password
from coop.powers import system
from coop.statute.domain import cooperative

SEATS = {
    "treasurer": SeatCode.TREASURER,
    "president": SeatCode.PRESIDENT,
    "secretary": SeatCode.SECRETARY,
}
PLAIN = "member"
CONSONANTS, VOWELS = "bdfglmnprst", "aeiou"


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """A line of the file. `sign_in` is what to type: the member's number."""

    role: str
    label: str
    sign_in: str
    password: str


def give(at: datetime, file: Path | None) -> list[DemoSignIn]:
    """Today's sign-ins. Passwords of the file are kept and made to work; missing ones are made.

    Without a file only those who have no account yet get a password, and only they are given back.
    """
    kept = {(one.role, one.sign_in): one for one in read(file)} if file else {}
    given = []
    for role, member, label in people(at):
        one = kept.get((role, str(member.number)))
        account = Account.objects.filter(member=member).first()
        if file is None and account:
            continue
        one = one or DemoSignIn(role, label, str(member.number), readable_password())
        if account is None or not account.check_password(one.password):
            set_password(member=member, password=one.password, by=system(), at=at)
        given.append(one)
    return given


def people(at: datetime) -> list[tuple[str, Member, str]]:
    """Role, member, and the words for them: a member without a seat first, then those who hold the seats."""
    holders = {term.seat.code: term.member for term in Term.objects.at(at).select_related("seat", "member")}
    seated = [member.pk for member in holders.values()]
    day = local_day(at, cooperative().tz)
    plain = Member.objects.on_register(day).exclude(pk__in=seated).order_by("number")[:1]
    found = [(PLAIN, member, "Asociado/a") for member in plain]
    found += [(role, holders[code], str(code.label)) for role, code in SEATS.items() if code in holders]
    return [(role, member, f"{label} ({member.name})") for role, member, label in found]


def read(file: Path) -> list[DemoSignIn]:
    """Absent or unreadable: none, and new passwords are made."""
    try:
        return [DemoSignIn(**row) for row in json.loads(file.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError):
        return []


def write(file: Path, given: list[DemoSignIn]) -> None:
    """Whole or not at all, and for its owner's eyes from the first byte."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump([asdict(one) for one in given], stream, ensure_ascii=False, indent=2)
    draft.replace(file)


def readable_password() -> str:
    """Three invented words and two digits ("rilo-sate-mupa-47"): about 41 bits."""
    words = ["".join(secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _ in range(2)) for _ in range(3)]
    return f"{'-'.join(words)}-{secrets.randbelow(90) + 10}"
