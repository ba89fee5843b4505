"""The register from its file: previewed, then taken in whole or not at all."""

import contextlib
import json
import random
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from coop.common.errors import NotAllowed
from coop.common.spreadsheet import FileRefused
from coop.members.errors import FileHasProblems
from coop.members.importing import (
    Change,
    confirm_upload,
    forget_uploads,
    import_register,
    keep_upload,
    preview,
)
from coop.members.models import Member, RegisterUpload
from coop.members.register_file import read_register
from coop.powers import system
from coop.record.models import Act, Entry
from tests.support.files import register_file, register_line
from tests.support.people import Instants, new_member
from tests.support.together import at_once, failed

DATA = Path(settings.BASE_DIR) / "tests" / "data"


def take(content: bytes, by=None):
    return import_register(content=content, by=by or system(), at=Instants.hour)


def whole(members, **changed) -> bytes:
    """The register as a file; `changed` by member: `_4={"email": …}`."""
    lines = {
        member.number: register_line(member, **changed.get(f"_{member.number}", {})) for member in members
    }
    return register_file(lines.values())


def register() -> list[tuple]:
    return list(Member.objects.order_by("number").values_list())


@pytest.mark.django_db
def test_the_cooperatives_own_file_goes_in_and_again_changes_nothing(cooperative):
    content = (DATA / "padron.csv").read_bytes()
    lines = len(content.decode("cp1252").strip().splitlines()) - 1
    first = take(content)
    assert (len(first.new), first.changes, first.unchanged, first.problems) == (lines, (), 0, ())
    before = register()
    again = take(content)
    assert (again.new, again.changes, again.unchanged, again.does_nothing) == ((), (), lines, True)
    assert (register(), Entry.objects.count()) == (before, 1)
    entry = Entry.objects.get()
    assert (entry.act, entry.actor_name, counted(entry)) == (
        Act.REGISTER_IMPORTED,
        "administración técnica",
        {"new": lines, "changed": 0, "unchanged": 0},
    )


def counted(entry: Entry) -> dict[str, int]:
    """Without the seals of what was written."""
    return {key: entry.facts[key] for key in ("new", "changed", "unchanged")}


@pytest.mark.django_db
def test_a_file_with_errors_changes_nothing_and_tells_all_of_them(cooperative, members):
    before = register()
    content = (DATA / "padron-con-errores.csv").read_bytes()
    with pytest.raises(FileHasProblems) as refused:
        take(content)
    expected = json.loads((DATA / "padron-con-errores.expected.json").read_text(encoding="utf-8"))
    assert refused.value.count == len(preview(content=content, at=Instants.hour).problems)
    assert refused.value.count >= len(expected["errors"] if isinstance(expected, dict) else expected)
    assert (register(), Entry.objects.count()) == (before, 0)


@pytest.mark.django_db
def test_the_register_as_it_is_written_to_a_file_changes_nothing(members):
    seen = preview(content=whole(members), at=Instants.hour)
    assert (seen.new, seen.changes, seen.unchanged, seen.not_in_file, seen.problems) == ((), (), 7, (), ())


@pytest.mark.django_db
def test_a_changed_line_is_shown_field_by_field_and_taken_in(members):
    content = whole(members, _4={"section": "Hornos", "left": "10/03/2026", "reason": "Renuncia"})
    expected = (
        Change(4, "Águila, Omar", "left_on", "", "2026-03-10"),
        Change(4, "Águila, Omar", "leaving_reason", "", "Renuncia"),
        Change(4, "Águila, Omar", "section", "", "Hornos"),
    )
    assert preview(content=content, at=Instants.hour).changes == expected
    done = take(content)
    assert (done.changes, done.changed_members, done.unchanged) == (expected, 1, 6)
    assert counted(Entry.objects.get()) == {"new": 0, "changed": 1, "unchanged": 6}
    held = Member.objects.get(number=4)
    assert (held.section, f"{held.left_on}", held.leaving_reason) == ("Hornos", "2026-03-10", "Renuncia")
    assert take(content).does_nothing


@pytest.mark.django_db
def test_a_changed_name_is_found_and_sorted_by_its_new_letters(members):
    take(whole(members, _5={"name": "Ábalos, Irma"}))
    assert Member.objects.first().number == 5
    assert [held.number for held in Member.objects.matching("abalos")] == [5]
    assert [held.number for held in Member.objects.matching("zapata")] == []


@pytest.mark.django_db
def test_who_is_not_in_the_file_stays_and_is_named(members):
    seen = take(whole(members[:6], _1={"section": "Hornos"}))
    assert seen.not_in_file == ("7 Muñoz Paredes, Ester",)
    assert Member.objects.get(number=7).left_on is None


@pytest.mark.django_db
def test_two_members_swap_their_addresses(members):
    first, second = members[3].email, members[4].email
    done = take(whole(members, _4={"email": second}, _5={"email": first}))
    assert done.changed_members == 2
    assert [Member.objects.get(number=number).email for number in (4, 5)] == [second, first]


@pytest.mark.django_db
def test_two_members_whose_documents_were_mixed_up_swap_them(members):
    left, right = (
        {"document": member.document, "tax_number": member.tax_number} for member in (members[3], members[4])
    )
    done = take(whole(members, _4=right, _5=left))
    assert done.changed_members == 2
    assert [Member.objects.get(number=number).document for number in (4, 5)] == [
        right["document"],
        left["document"],
    ]


@pytest.mark.django_db
def test_a_new_member_takes_the_address_that_another_gives_up_in_the_same_file(members):
    newcomer = new_member(40, "Sosa", "Luz", email=members[3].email)
    lines = [register_line(member) for member in members]
    lines[3] = register_line(members[3], email="otra@ejemplo.coop")
    take(register_file([*lines, register_line(newcomer)]))
    assert [Member.objects.get(number=number).email for number in (4, 40)] == [
        "otra@ejemplo.coop",
        members[3].email,
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "field"), [("CUIL", "tax_number"), ("Correo", "email")], ids=["tax number", "e-mail"]
)
def test_what_belongs_to_another_member_is_refused(members, column, field):
    """The other is not in the file, so nothing else in it is wrong."""
    thief = new_member(40, "Sosa", "Luz", email="luz@ejemplo.coop")
    taken = {field: getattr(members[3], field)}
    if field == "tax_number":
        taken["document"] = members[3].document
    content = register_file([register_line(thief, **taken)])
    (problem,) = preview(content=content, at=Instants.hour).problems
    assert (problem.row, problem.column, problem.kind, problem.value) == (
        2,
        column,
        "belongs to another member",
        taken[field],
    )
    assert problem.message == "Ya es de la persona N.º 4 del registro."
    before = register()
    with pytest.raises(FileHasProblems):
        take(content)
    assert register() == before


@pytest.mark.django_db
def test_names_sort_as_spanish_readers_expect(cooperative):
    names = [
        "Nuñez",
        "Ñancucheo",
        "Nzambi",
        "Oca",
        "Águila",
        "Aguirre",
        "Zapata",
        "D'Amico",
        "Dalto",
        "De la Fuente",
    ]
    people = [new_member(number, name, "Ana") for number, name in enumerate(names, start=1)]
    random.Random(3).shuffle(people)
    take(register_file(register_line(person) for person in people))
    assert [member.family_name for member in Member.objects.all()] == [
        "Águila",
        "Aguirre",
        "Dalto",
        "D'Amico",
        "De la Fuente",
        "Nuñez",
        "Nzambi",
        "Ñancucheo",
        "Oca",
        "Zapata",
    ]


@pytest.mark.django_db
def test_only_who_keeps_the_register_takes_a_file_in(members, president, secretary):
    content = whole(members, _4={"section": "Hornos"})
    for verb in (
        lambda by: take(content, by),
        lambda by: keep_upload(content=content, name="padron.csv", by=by, at=Instants.hour),
    ):
        with pytest.raises(NotAllowed):
            verb(president.actor)
    assert (RegisterUpload.objects.count(), Entry.objects.count()) == (0, 0)
    take(content, secretary.actor)
    assert Entry.objects.get().actor_number == 2


@pytest.mark.django_db
def test_a_previewed_file_is_taken_in_once_and_by_the_same_person(members, secretary):
    content = whole(members, _4={"section": "Hornos"})
    upload = keep_upload(content=content, name="x" * 300, by=secretary.actor, at=Instants.hour)
    assert len(upload.name) == 200
    with pytest.raises(RegisterUpload.DoesNotExist):
        confirm_upload(key=upload.key, by=members[4].actor, at=Instants.hour)
    assert confirm_upload(key=upload.key, by=secretary.actor, at=Instants.hour).changed_members == 1
    for key in (upload.key, uuid.uuid4()):
        with pytest.raises(RegisterUpload.DoesNotExist):
            confirm_upload(key=key, by=secretary.actor, at=Instants.hour)


@pytest.mark.django_db
def test_an_upload_is_forgotten_after_a_day(members, secretary):
    for hours in (0, 2):
        keep_upload(
            content=b"", name="padron.csv", by=secretary.actor, at=Instants.hour + timedelta(hours=hours)
        )
    assert forget_uploads(Instants.hour + timedelta(hours=25)) == 1
    assert RegisterUpload.objects.get().at == Instants.hour + timedelta(hours=2)


def test_the_same_file_twice_at_once_goes_in_once(real_database, cooperative):
    people = [new_member(number, f"Pérez {number}", "Juana") for number in range(1, 40)]
    content = register_file(register_line(person) for person in people)
    told = at_once([lambda: take(content)] * 4)
    assert failed(told) == []
    assert sorted(len(one.new) for one in told) == [0, 0, 0, 39]
    assert (Member.objects.count(), Entry.objects.count()) == (39, 1)


def test_a_long_file_reads_no_table_whole_for_each_of_its_lines(real_database, members):
    """However small the tables were when the database last looked at them."""
    databases = real_database.databases
    with contextlib.closing(databases.connect(real_database.name, databases.owner)) as owner:
        owner.execute("VACUUM ANALYZE")
    people = [new_member(number, f"Pérez {number}", "Juana") for number in range(100, 400)]
    with transaction.atomic(), connection.cursor() as cursor:
        take(register_file(register_line(person) for person in people))
        cursor.execute("SELECT sum(seq_tup_read) FROM pg_stat_xact_user_tables")
        (read,) = cursor.fetchone()
    assert read < 10 * len(people)


def test_a_file_that_fails_halfway_leaves_nothing(real_database, members):
    """The last line breaks a rule that only the database knows; everything before it is undone."""
    before = register()
    newcomers = [new_member(number, f"Pérez {number}", "Juana") for number in range(40, 60)]
    content = whole([*members, *newcomers], _4={"section": "Hornos"}, _59={"tax_number": "20000000019"})
    with pytest.raises(FileHasProblems):
        take(content)
    assert (register(), Entry.objects.count()) == (before, 0)


@given(st.binary(max_size=400))
def test_whatever_bytes_come_the_reader_answers_in_its_own_words(content):
    with contextlib.suppress(FileRefused):
        file = read_register(content, today=Instants.day)
        assert all(problem.message for problem in file.problems)


def test_ten_megabytes_of_rubbish_are_refused_in_words():
    rubbish = random.Random(1).randbytes(1024) * 10 * 1024
    with pytest.raises(FileRefused):
        read_register(rubbish, today=Instants.day)
