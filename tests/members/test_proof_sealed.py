"""What the record seals of private rows: whatever the owner changes by hand, with triggers off, is named.

Each test breaks one thing and changes nothing else.
"""

from datetime import date, timedelta

import psycopg
import pytest

from coop.members import admission, sanctioning, sections
from coop.members.admission import Applicant
from coop.members.enums import Measure
from coop.members.importing import import_register
from coop.members.models import Member, Posting, SanctionFile, SanctionStep
from coop.members.proofs import register
from coop.powers import system
from coop.record.models import Act, Entry
from coop.record.telling import teller
from tests.members.books import decided, noon
from tests.support import people
from tests.support.database import RealDatabase
from tests.support.files import register_file, register_line

pytestmark = pytest.mark.usefixtures("real_database", "history")
START = date(2026, 4, 1)
FOURTH = "(SELECT id FROM members_member WHERE number = 4)"
FIFTH = "(SELECT id FROM members_member WHERE number = 5)"


@pytest.fixture
def history(real_database: RealDatabase, members: list[Member], secretary: Member) -> None:
    """A file decided, two applications, a section for somebody, and two people from the spreadsheet."""
    by, day = secretary.actor, START
    file = sanctioning.open_file(
        member_id=members[3].pk, charge="Faltó tres turnos.", opened_on=day, by=by, at=noon(day)
    )
    held = {"file_id": file.pk, "by": by}
    sanctioning.notify(**held, day=day, due=day + timedelta(days=10), at=noon(day))
    sanctioning.defend(**held, day=day, text="Estuve internado.", at=noon(day))
    resolution = decided(secretary, day)
    sanctioning.decide(**held, measure=Measure.WARNING, day=day, resolution=resolution, at=noon(day))
    for name, document in (("Sosa", "30111222"), ("Paz", "30111333")):
        asked = Applicant(name, "Luz", document, people.tax_number(document), date(1980, 1, 1))
        last = admission.apply(applicant=asked, applied_on=day, by=by, at=noon(day))
    admission.withdraw(application_id=last.pk, day=day, by=by, at=noon(day))
    hall = sections.begin(name="Hornos", by=by, at=noon(day))
    for since in (day, day + timedelta(days=30)):
        sections.move(
            member_id=members[4].pk, section_id=hall.pk, since=since, by=by, at=noon(day + timedelta(days=40))
        )
    lines = [register_line(one) for one in Member.objects.order_by("number")]
    lines += [
        register_line(people.new_member(8, "Ríos", "Ana", section="Moldes")),
        register_line(people.new_member(9, "Vera", "Sol", section="Moldes", joined_on=date(2010, 5, 3))),
    ]
    import_register(content=register_file(lines), by=system(), at=noon(day))


def broken_by(owner: psycopg.Connection, table: str, statement: str) -> str:
    owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    assert owner.execute(statement).rowcount == 1
    owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    found = register().broken
    return f"{found.row}: {found.says}" if found else ""


def test_what_nobody_touched_holds_and_the_record_names_nobody_of_a_file() -> None:
    assert register().broken is None
    private = ("Faltó", "internado", "30111222", "Águila")
    for entry in Entry.objects.filter(act__in=[Act.SANCTION_FILE, Act.APPLICATION_MADE]):
        assert not any(word in entry.sealed for word in private)
    first, _last = Entry.objects.filter(act=Act.MEMBER_CORRECTED, facts__has_key="posting")
    assert "trabaja en Hornos desde el 01/04/2026" in teller(first.act)(first.facts)
    assert SanctionFile.objects.get().salt != ""


def test_nobody_finds_out_whose_file_it_is_by_trying_all_the_numbers() -> None:
    from coop.members.seals import of_file

    file = SanctionFile.objects.get()
    told = Entry.objects.get(act=Act.SANCTION_FILE, facts__step="opened").facts["seal"]
    assert of_file(file) == told
    file.salt = ""
    assert told not in {of_file(SanctionFile(**_copied(file, member))) for member in Member.objects.all()}


def _copied(file: SanctionFile, member: Member) -> dict[str, object]:
    return {"member": member, "charge": file.charge, "opened_on": file.opened_on, "salt": ""}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE members_sanctionfile SET charge = 'Faltó un turno.'",
        f"UPDATE members_sanctionfile SET member_id = {FIFTH}",
        "UPDATE members_sanctionfile SET opened_on = opened_on - 1",
        "UPDATE members_sanctionfile SET salt = ''",
        "UPDATE members_sanctionstep SET due = due + 9 WHERE kind = 'notified'",
        "UPDATE members_sanctionstep SET due = due - 9 WHERE kind = 'decided'",
        "UPDATE members_sanctionstep SET text = 'No digo nada.' WHERE kind = 'defence'",
        "UPDATE members_sanctionstep SET measure = 'call' WHERE kind = 'decided'",
    ],
)
def test_a_sanction_file_that_was_changed_is_named(owner: psycopg.Connection, change: str) -> None:
    told = broken_by(owner, change.split()[1], change)
    assert told == "sumario N.º 1: no dice lo que se selló en el libro de actos"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("family_name = 'Soza' WHERE family_name = 'Sosa'", "no dice lo que dice el libro de actos"),
        ("born_on = born_on - 1 WHERE family_name = 'Sosa'", "no dice lo que dice el libro de actos"),
        ("tax_number = '20301114440' WHERE family_name = 'Sosa'", "no dice lo que dice el libro de actos"),
    ],
)
def test_an_application_that_was_changed_is_named(owner: psycopg.Connection, change: str, says: str) -> None:
    told = broken_by(owner, "members_application", f"UPDATE members_application SET {change}")
    assert told.startswith("solicitud de ingreso ")
    assert told.endswith(says)


def test_an_answer_and_an_application_that_are_gone_are_named(owner: psycopg.Connection) -> None:
    gone = "DELETE FROM members_applicationanswer"
    assert "no es lo que dice" in broken_by(owner, "members_applicationanswer", gone)
    gone = "DELETE FROM members_application WHERE family_name = 'Paz'"
    assert broken_by(owner, "members_application", gone) == "solicitud de ingreso de Luz Paz: falta"


@pytest.mark.parametrize("which", ["min", "max"])
def test_a_deleted_posting_is_named_whether_it_is_the_last_or_not(
    owner: psycopg.Connection, which: str
) -> None:
    gone = (
        f"DELETE FROM members_posting WHERE id = "
        f"(SELECT {which}(id) FROM members_posting WHERE member_id = {FIFTH})"
    )
    assert broken_by(owner, "members_posting", gone).startswith("asociado/a N.º 5: su sección no es")


def test_a_posting_of_the_spreadsheet_and_one_that_no_act_tells_are_named(owner: psycopg.Connection) -> None:
    gone = "DELETE FROM members_posting WHERE member_id = (SELECT id FROM members_member WHERE number = 9)"
    assert "lo que trajo la planilla" in broken_by(owner, "members_posting", gone)


def test_a_line_whose_section_nobody_was_moved_to_is_named(owner: psycopg.Connection) -> None:
    change = "UPDATE members_member SET section = 'Otra' WHERE number = 5"
    assert "no es la última" in broken_by(owner, "members_member", change)


def test_a_fact_of_the_spreadsheet_with_another_reason_is_named(owner: psycopg.Connection) -> None:
    change = (
        "UPDATE members_memberfact SET source = 'otra' WHERE member_id = "
        "(SELECT id FROM members_member WHERE number = 9)"
    )
    assert "lo que trajo la planilla" in broken_by(owner, "members_memberfact", change)


def test_steps_from_before_there_were_seals_are_let_be(owner: psycopg.Connection) -> None:
    """Of an old file neither row nor act has a seal: nothing to compare, nothing to cry about."""
    assert SanctionStep.objects.count() == 3
    assert Posting.objects.count() == 4
    owner.execute("ALTER TABLE members_sanctionfile DISABLE TRIGGER USER")
    owner.execute("ALTER TABLE record_entry DISABLE TRIGGER USER")
    owner.execute("UPDATE members_sanctionfile SET salt = ''")
    owner.execute("UPDATE record_entry SET facts = facts - 'seal' WHERE act = 'sanction_file'")
    assert register().broken is None
