"""The register as the cooperative's spreadsheet has it: previewed, then taken in whole or not at all."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import attrgetter

from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from coop.common.bulk import append, expect_many, last_key
from coop.common.spreadsheet import Problem
from coop.common.time import local_day
from coop.members import leaving
from coop.members.errors import FileHasProblems
from coop.members.importing_facts import (
    TELLS,
    Import,
    contradiction,
    facts_held,
    write_changed,
    write_new,
)
from coop.members.importing_kept import Books
from coop.members.models import Member, RegisterUpload
from coop.members.models.register import sorted_and_searched
from coop.members.phones import region_of
from coop.members.register_file import RegisterFile, RegisterRow, read_register
from coop.members.register_file.rows import EMAIL, LEFT, TAX_NUMBER
from coop.powers import Actor, Power, require
from coop.record.domain import wait_turn, write
from coop.record.models import Act
from coop.statute.domain import cooperative, locked, rules_at

FIELDS = tuple(name for name in RegisterRow.__dataclass_fields__ if name not in ("row", "number"))
_fields = attrgetter(*FIELDS)
UPLOAD_WAITS = timedelta(days=1)
AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Change:
    """A member already on the register whose file line differs: field name, value now, value in the file."""

    number: int
    name: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking the file in would do. With `problems` nothing can be taken in."""

    new: tuple[RegisterRow, ...]
    changed: tuple[RegisterRow, ...]
    changes: tuple[Change, ...]
    unchanged: int
    not_in_file: tuple[str, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    @property
    def changed_members(self) -> int:
        return len({change.number for change in self.changes})

    @property
    def does_nothing(self) -> bool:
        return not (self.new or self.changes or self.problems)


def preview(*, content: bytes, at: datetime) -> Preview:
    """Compares the file with the register. Raises FileRefused when it is not such a file at all."""
    return _compare(_read(content, at), {member.number: member for member in Member.objects.all()})


@transaction.atomic
def import_register(*, content: bytes, by: Actor, at: datetime) -> Preview:
    """Takes the file in: all of it, or FileHasProblems and nothing. The same file again changes nothing."""
    require(by, Power.KEEP_REGISTER, at)
    locked("register")
    seen = preview(content=content, at=at)
    if seen.problems:
        raise FileHasProblems(len(seen.problems))
    if seen.does_nothing:
        return seen
    wait_turn()
    expect_many()
    today = local_day(at, cooperative().tz)
    what = Import(
        source=f"planilla del registro del {today:%d/%m/%Y}",
        today=today,
        trial_months=rules_at(at).membership.trial_months,
        by=by,
        at=at,
    )
    _update(seen, what)
    _create(seen.new, what)
    facts = {"new": len(seen.new), "changed": seen.changed_members, "unchanged": seen.unchanged}
    write(Act.REGISTER_IMPORTED, by=by, at=at, facts=facts | what.sealed())
    return seen


def keep_upload(*, content: bytes, name: str, by: Actor, at: datetime) -> RegisterUpload:
    """Keeps a file between its preview and its confirmation."""
    require(by, Power.KEEP_REGISTER, at)
    return RegisterUpload.objects.create(by_id=by.signature, at=at, name=name[:200], content=content)


@transaction.atomic
def confirm_upload(*, key: uuid.UUID, by: Actor, at: datetime) -> Preview:
    """Takes in the file that the same person previewed. RegisterUpload.DoesNotExist once it was used."""
    upload = RegisterUpload.objects.get(key=key, by_id=by.member_id)
    done = import_register(content=bytes(upload.content), by=by, at=at)
    upload.delete()
    return done


def forget_uploads(at: datetime) -> int:
    return RegisterUpload.objects.filter(at__lt=at - UPLOAD_WAITS).delete()[0]


def _compare(file: RegisterFile, register: dict[int, Member]) -> Preview:
    books = Books(file.members, register)
    file = replace(file, members=tuple(books.keep(row) for row in file.members))
    new, changed, changes, unchanged = [], [], [], 0
    for row in file.members:
        member = register.get(row.number)
        if member is None:
            new.append(row)
            continue
        found = _differences(member, row)
        changes.extend(found)
        changed += [row] if found else []
        unchanged += not found
    listed = {row.number for row in file.members}
    problems = file.problems + tuple(_belongs_to_another(file, register))
    problems += tuple(_contradictions(file, changes))
    missing = [
        f"{member.number} {member.listed_name}" for number, member in register.items() if number not in listed
    ]
    return Preview(
        new=tuple(new),
        changed=tuple(changed),
        changes=tuple(changes),
        unchanged=unchanged,
        not_in_file=tuple(missing),
        problems=problems,
        warnings=tuple(sorted((*file.warnings, *books.warnings), key=lambda one: one.row)),
    )


def _belongs_to_another(file: RegisterFile, register: dict[int, Member]) -> Iterator[Problem]:
    """A tax number or e-mail of the file that the register already holds under another number."""
    leaving = {row.number: row for row in file.members}
    for column, field in ((TAX_NUMBER, "tax_number"), (EMAIL, "email")):
        held: dict[str, int] = {}
        for number, member in register.items():
            kept = getattr(leaving[number], field) if number in leaving else getattr(member, field)
            if kept:
                held.setdefault(kept, number)
        for row in file.members:
            value = getattr(row, field)
            owner = held.get(value)
            if value and owner is not None and owner != row.number:
                message = _("Ya es de la persona N.º %(number)d del registro.") % {"number": owner}
                yield Problem(row.row, column, "belongs to another member", message, value)


def _differences(member: Member, row: RegisterRow) -> list[Change]:
    return [
        Change(
            number=row.number,
            name=member.listed_name,
            field=field,
            before=_shown(getattr(member, field)),
            after=_shown(getattr(row, field)),
        )
        for field in FIELDS
        if getattr(member, field) != getattr(row, field)
    ]


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _read(content: bytes, at: datetime) -> RegisterFile:
    house = cooperative()
    return read_register(content, today=local_day(at, house.tz), region=region_of(house.zone))


def _contradictions(file: RegisterFile, changes: list[Change]) -> Iterator[Problem]:
    """A line whose days cannot be true beside the facts on the books."""
    numbers = {change.number for change in changes if change.field in TELLS}
    held = facts_held(numbers)
    for row in file.members:
        if row.number in numbers and (error := contradiction(held.get(row.number, []), row)):
            yield Problem(row.row, LEFT, "contradicts the facts", str(error), "")


def _create(rows: tuple[RegisterRow, ...], what: Import) -> None:
    if not rows:
        return
    last = last_key(Member)
    append(Member, ("number", *FIELDS, "sort_name", "search_name", "came_back"), map(_member, rows))
    keys = dict(Member.objects.filter(pk__gt=last).order_by().values_list("number", "pk"))
    write_new(rows, keys, what)


def _member(row: RegisterRow) -> tuple[object, ...]:
    return (row.number, *_fields(row), *sorted_and_searched(row.family_name, row.given_names), False)


def _update(seen: Preview, what: Import) -> None:
    if not seen.changes:
        return
    fields: dict[int, set[str]] = {}
    for change in seen.changes:
        fields.setdefault(change.number, set()).add(change.field)
    rows = {row.number: row for row in seen.changed}
    members = list(Member.objects.select_for_update().filter(number__in=fields))
    for member in members:
        for field, value in zip(FIELDS, _fields(rows[member.number]), strict=True):
            setattr(member, field, value)
        member.set_sort_name()
    write_changed(members, fields, rows, what)
    # What nobody shares may change hands: it is free for a moment, then taken again.
    nobodys = Concat(Value("x"), Cast("number", CharField()))
    Member.objects.filter(number__in=fields).update(email="", tax_number=nobodys)
    Member.objects.bulk_update(
        members, [*FIELDS, "sort_name", "search_name", "came_back"], batch_size=AT_ONCE // 4
    )
    for member in members:
        if fields[member.number] & TELLS:
            leaving.told(member, what.by, what.at)
