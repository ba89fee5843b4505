"""What the database itself keeps of the register's life, going round Python; and what verify finds."""

from datetime import date

import pytest

from coop.common.proof import Checked
from coop.members.importing import import_register
from coop.members.models import Member, MemberFact, Period
from coop.members.proofs import register
from coop.powers import system
from tests.members.books import decided, noon
from tests.support import people
from tests.support.files import register_file, register_line
from tests.support.raw import refused, refused_rows, run

DAY = date(2026, 5, 4)
FOURTH = "(SELECT id FROM members_member WHERE number = 4)"


def fact(member: Member, **values: object) -> MemberFact:
    held = {"position": 2, "kind": "retired", "day": DAY, "source": "nota", "at": noon(DAY), **values}
    return MemberFact(member=member, **held)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "match"),
    [
        ({"position": 3}, "does not follow"),
        ({"position": 1}, "does not follow|place_of_its_own"),
        ({"kind": "admitted"}, "has joined already"),
        ({"day": date(2003, 2, 28)}, "had not joined"),
        ({"source": ""}, "rests_on_something"),
        ({"kind": "suspended"}, "both_ends|without a file"),
        ({"kind": "suspended", "until": DAY}, "both_ends|without a file"),
        ({"until": date(2026, 6, 1)}, "both_ends"),
        ({"kind": "annulled", "note": "x"}, "same member|annuls_or_tells"),
        ({"kind": "promoted"}, "kind_is_known"),
        ({"kind": "excluded"}, "without a file"),
        ({"kind": "excluded", "source": "planilla del registro del 04/05/2026"}, "without a file"),
        ({"kind": "suspended", "until": date(2026, 6, 1)}, "without a file"),
    ],
)
def test_database_refuses_a_fact_that_cannot_be(member, values, match):
    refused_rows(fact(member, **values), match=match)


@pytest.mark.django_db
def test_nobody_is_excluded_by_a_resolution_without_a_file(member, secretary):
    decision = decided(secretary, DAY)
    refused_rows(fact(member, kind="excluded", resolution=decision), match="without a file")
    refused_rows(
        fact(member, kind="suspended", until=date(2026, 6, 1), resolution=decision), match="without a file"
    )


@pytest.mark.django_db
def test_the_spreadsheet_brings_who_had_been_excluded_before_it_and_nobody_later(member):
    """The members of these tests came with a file of 1 May 2024."""
    history = fact(member, kind="excluded", day=date(2024, 5, 1), source="padrón")
    history.save()
    fact(member, position=3, kind="annulled", annuls=history, note="x").save()
    refused_rows(
        fact(member, position=4, kind="excluded", day=date(2024, 5, 2), source="padrón"),
        match="without a file",
    )


@pytest.mark.django_db
def test_a_fact_is_annulled_once_and_by_one_of_the_same_member(members, member):
    other = MemberFact.objects.get(member=members[4])
    refused_rows(fact(member, kind="annulled", annuls=other, note="x"), match="same member")
    own = fact(member)
    own.save()
    fact(member, position=3, kind="annulled", annuls=own, note="x").save()
    refused_rows(fact(member, position=4, kind="annulled", annuls=own, note="x"), match="duplicate key")


@pytest.mark.django_db
def test_nothing_follows_death(member):
    fact(member, kind="died").save()
    refused_rows(fact(member, position=3, kind="readmitted", day=date(2026, 6, 1)), match="had died")


@pytest.mark.django_db
def test_facts_answers_files_and_names_never_change(member):
    for table in (
        "members_memberfact",
        "members_application",
        "members_applicationanswer",
        "members_sanctionfile",
        "members_posting",
        "members_sectionname",
        "members_contactchange",
        "members_look",
    ):
        refused(f"UPDATE {table} SET at = at", match="denied")
        refused(f"DELETE FROM {table}", match="denied")


@pytest.mark.django_db
def test_a_member_is_one_thing_a_day(member):
    refused_rows(Period(member=member, state="suspended", since=DAY), match="one_state_a_day")


@pytest.mark.django_db
def test_an_answer_of_yes_has_its_member_and_its_resolution(member, secretary):
    refused(
        "INSERT INTO members_applicationanswer (application_id, answer, reason, day, at, by_id) "
        "VALUES (1, 'admitted', '', now(), now(), %s)",
        [member.pk],
        match="answer_is_whole",
    )
    assert decided(secretary, DAY)


@pytest.mark.django_db
def test_verify_reads_every_fact_of_a_good_register(members):
    assert register() == Checked(rows=14)


@pytest.mark.parametrize(
    ("falsified", "says"),
    [
        ("UPDATE members_member SET left_on = '2026-01-01' WHERE number = 4", "su baja no son"),
        ("UPDATE members_member SET joined_on = '2001-01-01' WHERE number = 4", "su baja no son"),
        ("UPDATE members_member SET came_back = true WHERE number = 4", "su baja no son"),
        ("UPDATE members_member SET leaving_reason = 'Robo' WHERE number = 4", "el motivo"),
        (
            "DELETE FROM members_period WHERE member_id = (SELECT id FROM members_member WHERE number = 4)",
            "fecha",
        ),
    ],
)
@pytest.mark.django_db
def test_verify_names_the_line_that_the_facts_do_not_say(members, falsified, says):
    run(falsified)
    broken = register().broken
    assert broken is not None
    assert (broken.row, says in broken.says) == ("asociado/a N.º 4", True)


def test_not_even_the_owner_rewrites_a_fact_but_verify_finds_what_was_forced(real_database, members, owner):
    for statement in ("UPDATE members_memberfact SET day = day", "DELETE FROM members_memberfact"):
        with pytest.raises(Exception, match="Cannot"):
            owner.execute(statement)
    owner.execute("ALTER TABLE members_memberfact DISABLE TRIGGER USER")
    owner.execute(
        "UPDATE members_memberfact SET day = day - 9 "
        "WHERE member_id = (SELECT id FROM members_member WHERE number = 2)"
    )
    broken = register().broken
    assert broken is not None
    assert broken.row == "asociado/a N.º 2"
    owner.execute("DELETE FROM members_memberfact")
    broken = register().broken
    assert broken is not None
    assert "ningún hecho" in broken.says


@pytest.mark.django_db
def test_the_import_writes_the_facts_that_its_lines_tell(cooperative):
    lines = [
        register_line(people.new_member(1, "Sosa", "Luz", section="Hornos")),
        register_line(people.new_member(2, "Paz", "Leo", joined_on=date(2026, 3, 1))),
        register_line(
            people.new_member(
                3, "Ríos", "Ana", left_on=date(2020, 1, 1), leaving_reason="Renuncia indeclinable"
            )
        ),
    ]
    import_register(content=register_file(lines), by=system(), at=noon(DAY))
    told = list(
        MemberFact.objects.order_by("member__number", "position").values_list("member__number", "kind")
    )
    assert told == [(1, "entered"), (2, "admitted"), (3, "entered"), (3, "resigned")]
    assert register().broken is None
    again = [*lines[:2], {**lines[2], "Fecha de baja": "", "Motivo de baja": ""}]
    import_register(content=register_file(again), by=system(), at=noon(DAY))
    kinds = list(MemberFact.objects.filter(member__number=3).values_list("kind", flat=True))
    assert kinds == ["entered", "resigned", "annulled"]
    assert Member.objects.on_register(DAY).filter(number=3).exists()
    assert register().broken is None
