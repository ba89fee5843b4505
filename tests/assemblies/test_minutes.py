"""Minutes from the record: what is read, who may write, who signs, who closes, and that nothing is lost."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connections

from assemblies.domain import minutes as verbs
from assemblies.domain.minutes import Written, tidy
from assemblies.domain.minutes_draft import draft_of
from assemblies.domain.minutes_facts import facts_of
from assemblies.errors import (
    AssemblyNotClosed,
    AssemblyNotOpen,
    CannotSign,
    MinutesAlreadyClosed,
    MinutesTextChanged,
    NotANumberForMinutes,
    NotOnRecord,
    RemarksChanged,
    SignersNeeded,
    WriterCannotClose,
)
from assemblies.minutes_proof import run
from assemblies.models import AgendaItem, Assembly, Minutes, Remark, Signer
from coop.common.errors import NotAllowed
from coop.documents.domain import find
from coop.members.models import Member
from coop.record.models import Act, Entry
from coop.statute.rules import MODEL_STATUTE
from tests.support import people
from tests.support.database import cloned
from tests.support.desk import Desk
from tests.support.minutes import DEBATE, Book, held
from tests.support.reform import reform as adopt_reform

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def written_once(django_db_setup, django_db_blocker, databases) -> Iterator[str]:
    """An assembly that is over; every test begins with it and is rolled back."""
    with django_db_blocker.unblock(), cloned(databases) as kept:
        members = people.make_house()
        held(Desk(members[0], members[1]), members)
        connections["default"].close()
        yield kept.name


@pytest.fixture
def book(desk: Desk, treasurer: Member) -> Book:
    return Book(desk, treasurer)


@pytest.fixture
def over(db: None) -> Assembly:
    return Assembly.objects.earliest("pk")


@pytest.fixture
def signers(members: list[Member]) -> list[Member]:
    return [members[3], members[5]]


# --- what is read ---


def test_facts_tell_quorum_chair_secretary_and_every_motion(treasurer, over):
    told = facts_of(over)
    assert (told.quorum.present, told.quorum.on_register, told.quorum.required, told.quorum.call) == (
        7,
        7,
        4,
        1,
    )
    assert (told.presided_by.number, told.in_the_chair) == (1, True)
    assert told.secretary is not None
    assert told.secretary.number == 2
    heard = {motion.title: motion for item in told.items for motion in item.motions}
    assert {title: motion.taken_back for title, motion in heard.items()} == {
        "Comprar un torno": False,
        "Trabajar los domingos": False,
        "Pintar el portón": True,
        "Cambiar de proveedor": False,
    }
    carried = heard["Comprar un torno"].poll
    assert carried is not None
    assert (carried.yes, carried.no, carried.abstain, carried.adopted) == (3, 1, 1, True)
    assert carried.resolution == "1/2026"
    assert len(carried.votes) == 7
    assert [person.seat for person in told.attendance] == [
        "president",
        "secretary",
        "treasurer",
        "",
        "",
        "",
        "",
    ]


def test_facts_are_the_same_whenever_they_are_asked(over):
    assert facts_of(over) == facts_of(Assembly.objects.get(pk=over.pk))


def test_the_president_who_opened_without_signing_the_book_presided(desk, members):
    assembly = desk.convene()
    desk.arrive(assembly, members[1:])
    desk.open(assembly)
    told = facts_of(desk.close(assembly))
    assert (told.presided_by.number, told.in_the_chair) == (1, True)


def test_who_opened_in_the_presidents_absence_presided_and_kept_the_book(desk, members, at):
    from assemblies.domain import meeting

    assembly = desk.convene()
    desk.arrive(assembly, members[1:])
    meeting.open_session(assembly_id=assembly.pk, by=desk.secretary.actor, at=at.opening)
    told = facts_of(desk.close(assembly))
    assert (told.presided_by.number, told.in_the_chair, told.secretary) == (2, False, None)


def test_a_president_who_came_late_did_not_preside_what_somebody_else_opened(desk, members, at):
    from assemblies.domain import meeting

    assembly = desk.convene()
    desk.arrive(assembly, members[1:])
    meeting.open_session(assembly_id=assembly.pk, by=desk.secretary.actor, at=at.opening)
    desk.arrive(assembly, members[:1], at=at.moving)
    assert facts_of(desk.close(assembly)).presided_by.number == 2


def test_a_second_call_is_told_with_its_figures(desk, members, at):
    assembly = desk.convene()
    desk.arrive(assembly, members[:3])
    desk.open(assembly, at=at.second_call)
    quorum = facts_of(desk.close(assembly)).quorum
    assert (quorum.call, quorum.required, quorum.present, quorum.wait_minutes) == (2, 1, 3, 30)
    assert (quorum.first_required, quorum.present_at_hour) == (4, 3)


def test_who_left_and_came_back_is_one_person_with_two_times(desk, members, at):
    from assemblies.domain import attendance

    assembly = desk.session(members)
    for present, when in ((False, at.moving), (True, at.voting)):
        attendance.tick(
            assembly_id=assembly.pk,
            member=members[4],
            present=present,
            by=desk.secretary.actor,
            at=when,
        )
    people = facts_of(desk.close(assembly)).attendance
    person = next(one for one in people if one.number == 5)
    assert len(people) == 7
    assert [(one.arrived_at[11:16], one.left_at[11:16], one.channel) for one in person.presences] == [
        ("18:00", "18:10", "phone"),
        ("18:20", "18:50", "desk"),
    ]


def test_an_assembly_that_goes_on_has_no_facts_yet(session):
    with pytest.raises(AssemblyNotClosed):
        facts_of(session)


def test_what_is_not_on_the_record_is_not_invented(desk, members, at):
    assembly = desk.convene()
    desk.arrive(assembly, members)
    values = {"state": "open", "opened_at": at.opening, "on_roll": 7}
    Assembly.objects.filter(pk=assembly.pk).update(**values)
    with pytest.raises(NotOnRecord):
        facts_of(desk.close(Assembly.objects.get(pk=assembly.pk)))


@pytest.mark.parametrize("polls", [1, 3])
def test_a_draft_costs_the_same_however_many_motions(desk, members, polls, django_assert_num_queries):
    assembly = desk.session(members)
    for number in range(polls):
        poll = desk.open_poll(desk.seconded(assembly, members[3], members[4], f"Moción {number}"))
        desk.vote(poll, members[2])
        desk.close_poll(poll)
    desk.close(assembly)
    read = Assembly.objects.select_related("convened_by").get(pk=assembly.pk)
    with django_assert_num_queries(8):
        draft_of(read)


# --- writing beside the facts ---


def test_a_summary_is_kept_with_its_author_and_its_versions(book, over, president):
    book.write(over)
    book.write(over, text="Otra cosa.", seen=1, by=president)
    assert list(Remark.objects.values_list("version", "text", "author__number")) == [
        (1, DEBATE, 2),
        (2, "Otra cosa.", 1),
    ]
    assert draft_of(over).remarks.of(2) == "Otra cosa."


def test_line_breaks_are_kept_and_invisible_signs_are_not(book, over):
    assert tidy(" uno\r\ndos\r\rtres\u200b\u202e \n") == "uno\ndos\n\ntres"
    long = "\r\n\r\n".join(f"Párrafo {number} del debate." for number in range(500))
    book.write(over, text=long)
    assert Remark.objects.get().text == long.replace("\r\n", "\n")


def test_saving_the_same_again_makes_no_version(book, over):
    book.write(over)
    book.write(over, seen=1)
    assert Remark.objects.count() == 1


def test_two_who_write_at_once_lose_nothing(book, over, president):
    book.write(over, text="Lo de la secretaría.")
    with pytest.raises(RemarksChanged) as refused:
        book.write(over, text="Lo de la presidencia.", seen=0, by=president)
    assert refused.value.places == ["2"]
    assert Remark.objects.get().text == "Lo de la secretaría."


def test_a_box_that_was_left_alone_does_not_undo_what_somebody_else_wrote(book, desk, over, president):
    book.write(over, "1", "Primero.")
    book.write(over, "1", "Primero, mejor.", seen=1, by=president)
    verbs.write_remarks(
        assembly_id=over.pk,
        written=[Written("1", "Primero.", 1), Written("2", "Segundo.", 0)],
        by=desk.secretary.actor,
        at=book.later,
    )
    remarks = draft_of(over).remarks
    assert (remarks.of(1), remarks.of(2)) == ("Primero, mejor.", "Segundo.")


def test_when_one_place_clashes_nothing_is_saved(book, desk, over, president):
    book.write(over, "1", "De ella.", by=president)
    with pytest.raises(RemarksChanged):
        verbs.write_remarks(
            assembly_id=over.pk,
            written=[Written("2", "Mío.", 0), Written("1", "Mío también.", 0)],
            by=desk.secretary.actor,
            at=book.later,
        )
    assert Remark.objects.count() == 1


def test_opening_and_closing_have_their_places(book, over):
    book.write(over, "opening", "Se saluda.")
    book.write(over, "closing", "Se agradece.")
    text = book.text(over)
    assert text.index("Se saluda.") < text.index("PUNTO 1")
    assert text.index("CIERRE") < text.index("Se agradece.")


def test_there_is_nothing_to_write_beside_while_the_session_lasts(book, session):
    with pytest.raises(AssemblyNotClosed):
        book.write(session)


@pytest.mark.parametrize("who", ["treasurer", "member"])
def test_only_president_and_secretary_write(book, over, who, request):
    stranger = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        book.write(over, by=stranger)
    with pytest.raises(NotAllowed):
        book.name(over, [], by=stranger)


# --- who signs ---


def test_naming_the_signers_is_on_the_record(book, over, signers):
    book.name(over, signers)
    entry = Entry.objects.get(act=Act.SIGNERS_NAMED)
    assert entry.facts == {
        "assembly": over.pk,
        "signers": [4, 6],
        "names": ["Omar Águila", "Hugo D'Amico"],
    }
    assert [person.number for person in facts_of(over).signers.named] == [4, 6]


def test_signers_may_be_named_in_the_session_and_again_later(book, session, desk, members, signers):
    book.name(session, signers)
    over = desk.close(session)
    book.name(over, [members[6], members[4]])
    assert [person.number for person in facts_of(over).signers.named] == [7, 5]
    assert Signer.objects.count() == 4


def test_naming_the_same_again_changes_nothing(book, over, signers):
    book.name(over, signers)
    book.name(over, signers)
    assert Signer.objects.count() == 2
    assert Entry.objects.filter(act=Act.SIGNERS_NAMED).count() == 1


def test_who_was_not_there_does_not_sign(book, desk, members):
    assembly = desk.session(members[:6])
    over = desk.close(assembly)
    with pytest.raises(CannotSign, match="Ester"):
        book.name(over, [members[3], members[6]])


@pytest.mark.parametrize("officer", [0, 1])
def test_president_and_secretary_of_that_assembly_are_not_named(book, over, members, officer):
    with pytest.raises(CannotSign):
        book.name(over, [members[officer], members[5]])


@pytest.mark.parametrize("chosen", [[], [3], [3, 3], [3, 4, 5]])
def test_as_many_sign_as_the_statute_asks(book, over, members, chosen):
    with pytest.raises(SignersNeeded, match=r"2 personas designadas por la asamblea \(ET 44\)"):
        book.name(over, [members[index] for index in chosen])


def test_before_the_session_nobody_is_named(book, assembly, signers):
    with pytest.raises(AssemblyNotOpen):
        book.name(assembly, signers)


@pytest.mark.parametrize("others", [0, 1])
def test_where_fewer_were_there_fewer_sign(book, desk, members, at, others):
    assembly = desk.convene()
    desk.arrive(assembly, members[: 2 + others])
    desk.open(assembly, at=at.second_call)
    over = desk.close(assembly)
    book.write(over, "1", "Poca gente.")
    if others:
        with pytest.raises(SignersNeeded):
            book.close(over)
    book.name(over, members[2 : 2 + others])
    assert book.close(over, by=desk.president).number == 1


def test_the_statute_of_that_day_says_how_many_sign(book, over, members, at):
    reform = MODEL_STATUTE.to_json() | {"minutes": {"signers_named": 3, "source": "reforma"}}
    adopt_reform(at.day + timedelta(days=1), reform)
    book.name(over, [members[3], members[4]])
    assert facts_of(over).signers.asked == 2


# --- closing ---


def test_closing_freezes_number_text_and_document(book, over, signers):
    book.write(over)
    book.name(over, signers)
    text = book.text(over, after=11, folio="45")
    closed = book.close(over, after=11, folio=" 45\n")
    assert (closed.number, closed.folio, closed.text) == (12, "45", text)
    entry = Entry.objects.get(act=Act.MINUTES_CLOSED)
    assert entry.facts == {"assembly": over.pk, "minutes": 12, "sha256": closed.sha256}
    document = find("minutes", f"minutes:{over.pk}")
    assert document is not None
    assert (document.series, document.number, document.facts["sha256"]) == ("minutes", 12, closed.sha256)
    assert document.title == "Acta N.º 12, asamblea de trabajo del 11/3/2026"


def test_numbers_go_on_without_gaps_whatever_is_asked_later(book, desk, members, signers):
    first = held(desk, members)
    book.closed(first, signers, after=11)
    for expected in (13, 14):
        later = held(desk, members, later=timedelta(days=7 * (expected - 12)))
        book.write(later)
        book.name(later, signers)
        assert book.close(later, after=500).number == expected


def test_without_signers_nothing_is_closed(book, over):
    book.write(over)
    with pytest.raises(SignersNeeded):
        book.close(over)
    assert not Minutes.objects.exists()


def test_who_wrote_what_stands_does_not_close(book, desk, over, signers, president):
    book.write(over)
    book.name(over, signers)
    with pytest.raises(WriterCannotClose):
        book.close(over, by=desk.secretary)
    book.write(over, "1", "Y esto.", by=president)
    with pytest.raises(WriterCannotClose):
        book.close(over, by=president)
    with pytest.raises(WriterCannotClose):
        book.close(over, by=desk.secretary)
    book.write(over, "2", "Otra cosa.", seen=1, by=president)
    assert book.close(over, by=desk.secretary).written_by == president


def test_where_nobody_wrote_who_named_the_signers_does_not_close(book, desk, over, signers):
    book.name(over, signers)
    with pytest.raises(WriterCannotClose):
        book.close(over, by=desk.secretary)
    assert book.close(over).written_by == desk.secretary


def test_only_the_council_closes(book, over, signers, member):
    book.write(over)
    book.name(over, signers)
    with pytest.raises(NotAllowed):
        book.close(over, by=member)


def test_a_text_that_changed_since_it_was_read_is_not_closed(book, over, signers):
    book.write(over)
    book.name(over, signers)
    read = book.seen(over)
    book.write(over, "3", "Algo más.")
    with pytest.raises(MinutesTextChanged):
        book.close(over, seen=read)
    assert not Minutes.objects.exists()
    assert find("minutes", f"minutes:{over.pk}") is None


@pytest.mark.parametrize(
    "changed", [{"after": 5}, {"folio": "9"}, {"seen": ""}, {"seen": "0" * 64}, {"after": 10**6}]
)
def test_number_and_folio_are_part_of_what_was_read(book, over, signers, changed):
    book.write(over)
    book.name(over, signers)
    with pytest.raises(MinutesTextChanged):
        book.close(over, **{"seen": book.seen(over), **changed})


def test_a_negative_number_is_refused(book, over, signers):
    book.write(over)
    book.name(over, signers)
    with pytest.raises(NotANumberForMinutes):
        book.close(over, after=-1, seen="0" * 64)


def test_closing_twice_is_closing_once(book, over, signers, president):
    closed = book.closed(over, signers)
    assert book.close(over, seen=closed.sha256) == closed
    with pytest.raises(MinutesAlreadyClosed, match=r"N\.º 1"):
        book.close(over, seen=closed.sha256, by=president)
    assert Entry.objects.filter(act=Act.MINUTES_CLOSED).count() == 1


def test_after_the_close_nobody_writes_or_names(book, over, signers, members):
    book.closed(over, signers)
    with pytest.raises(MinutesAlreadyClosed):
        book.write(over, "1", "Tarde.")
    with pytest.raises(MinutesAlreadyClosed):
        book.name(over, [members[4], members[6]])


def test_a_new_name_in_the_register_does_not_reach_closed_minutes(book, over, signers, members):
    closed = book.closed(over, signers)
    Member.objects.filter(pk=members[3].pk).update(family_name="Otro", document="1")
    assert "Omar Águila" in Minutes.objects.get(pk=closed.pk).text
    assert run().broken is None


def test_every_place_of_every_item_exists_once(book, over):
    with pytest.raises(KeyError):
        book.write(over, "99", "En ningún lado.")
    assert AgendaItem.objects.filter(assembly=over).count() == 3
