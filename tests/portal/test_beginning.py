"""Beginning with one's own cooperative: drafts, then all of it at once, once."""

import io
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from coop.common.errors import DomainError
from coop.common.spreadsheet import FileRefused
from coop.council.models import Seat, SeatCode, Term
from coop.members.errors import TooManyAttempts
from coop.members.models import Member
from coop.members.register_file import COLUMNS
from coop.members.register_file.rows import NAME, NUMBER
from coop.portal import demo
from coop.portal.beginning import book, council, people
from coop.portal.beginning.errors import AlreadyBegun, CodeRefused, NoSuchPerson, NotHeld, NotReady
from coop.portal.beginning.findings import whole
from coop.portal.beginning.finishing import finish
from coop.portal.beginning.house import keep_house, keep_statute
from coop.portal.beginning.lines import lines_of, sheet
from coop.portal.beginning.opening import CODE_HOLDS, FAILURES, held, invite, open_with
from coop.portal.beginning.steps import Step, first_open
from coop.portal.founding import found
from coop.portal.models import Beginning
from coop.record.models import Act, Entry
from coop.record.telling import teller
from coop.statute.models import Cooperative, Resolution, StatuteVersion
from tests.support import people as town
from tests.support.files import register_file, register_line

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 15, tzinfo=UTC)
DATA = Path(__file__).parent.parent / "data"
HOUSE = {"name": "La Chimenea", "zone": "America/Montevideo", "language": "es-ar"}
STATUTE = {"model": "uruguay", "title": "Estatuto de 2003", "holds_from": "2003-03-01"}


def opened(at: datetime = NOW) -> str:
    return open_with(code=invite(at=at), address="10.0.0.9", at=at)


def register_of(count: int = 3) -> bytes:
    names = town.NAMES[:count]
    return register_file(
        register_line(town.new_member(number, family, given_names))
        for number, (family, given_names) in enumerate(names, start=1)
    )


def seats(**holders: int) -> council.Draft:
    return {
        "first_day": "2026-05-01",
        "last_day": "2028-04-30",
        "elected_by": "Asamblea Ordinaria 2026, acta 41",
        "seats": {code: {"number": str(number)} for code, number in holders.items()},
    }


def filled(key: str, **holders: int) -> None:
    keep_house(key=key, house=HOUSE, at=NOW)
    keep_statute(key=key, statute=STATUTE, at=NOW)
    people.keep_file(key=key, content=register_of(), at=NOW)
    council.keep(key=key, draft=seats(**(holders or {"president": 1, "secretary": 2})), at=NOW)


def says(at: datetime = NOW) -> list[tuple[Step, bool]]:
    return [(one.step, one.stops) for one in whole(Beginning.objects.get(), at).findings]


# --- the door ---


def test_the_code_opens_once_and_then_only_the_key_holds() -> None:
    code = invite(at=NOW)
    key = open_with(code=f" {code.upper().replace('-', ' ')} ", address=None, at=NOW)
    assert held(key) is not None
    assert held("") is None
    assert held(key + "x") is None
    with pytest.raises(CodeRefused):
        open_with(code=code, address=None, at=NOW)


def test_neither_code_nor_key_is_in_the_database() -> None:
    code = invite(at=NOW)
    before = str(Beginning.objects.values_list().get())
    key = open_with(code=code, address=None, at=NOW)
    after = str(Beginning.objects.values_list().get())
    assert code.replace("-", "") not in before
    assert key not in after


def test_a_code_ends_after_its_days() -> None:
    code = invite(at=NOW)
    with pytest.raises(CodeRefused):
        open_with(code=code, address=None, at=NOW + CODE_HOLDS)
    assert open_with(code=code, address=None, at=NOW + CODE_HOLDS - timedelta(seconds=1))


def test_a_new_code_voids_the_last_and_keeps_what_was_typed_for_the_next_browser() -> None:
    first, lost = invite(at=NOW), opened()
    keep_house(key=lost, house=HOUSE, at=NOW)
    found_again = opened()
    with pytest.raises(CodeRefused):
        open_with(code=first, address=None, at=NOW)
    assert held(found_again).house == HOUSE
    with pytest.raises(NotHeld):
        keep_house(key=lost, house={}, at=NOW)


def test_a_browser_goes_on_until_the_new_code_is_used() -> None:
    """Who reads the command line's code is the next; a code that nobody used takes nothing from anybody."""
    key = opened()
    invite(at=NOW)
    keep_house(key=key, house=HOUSE, at=NOW)
    assert held(key).house == HOUSE


def test_guessing_is_throttled_by_address() -> None:
    code = invite(at=NOW)
    for _ in range(FAILURES):
        with pytest.raises(CodeRefused):
            open_with(code="aaaa-aaaa-aaaa", address="10.0.0.9", at=NOW)
    with pytest.raises(TooManyAttempts):
        open_with(code=code, address="10.0.0.9", at=NOW)
    assert open_with(code=code, address="10.0.0.8", at=NOW)


def test_without_a_code_nothing_opens() -> None:
    with pytest.raises(CodeRefused):
        open_with(code="", address=None, at=NOW)


def test_where_there_is_a_cooperative_nothing_begins(cooperative: Cooperative) -> None:
    for act in (
        lambda: invite(at=NOW),
        lambda: open_with(code="x", address=None, at=NOW),
        lambda: keep_house(key="x", house=HOUSE, at=NOW),
        lambda: finish(key="x", at=NOW),
    ):
        with pytest.raises(AlreadyBegun, match="La Chimenea"):
            act()


def test_the_command_prints_a_code_that_opens() -> None:
    out = io.StringIO()
    call_command("begin", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert told["path"] == f"/empezar/?codigo={told['code']}"
    assert open_with(code=told["code"], address=None, at=datetime.now(UTC))
    out = io.StringIO()
    call_command("begin", stdout=out)
    assert "Sirve una vez, por 14 días." in out.getvalue()


def test_the_command_refuses_where_there_is_a_cooperative(cooperative: Cooperative) -> None:
    with pytest.raises(CommandError, match="se usa una sola vez"):
        call_command("begin", stdout=io.StringIO())


# --- the register ---


def test_a_file_with_errors_keeps_nothing_and_takes_nothing_away() -> None:
    key = opened()
    people.keep_file(key=key, content=register_of(), at=NOW)
    expected = json.loads((DATA / "padron-con-errores.expected.json").read_text(encoding="utf-8"))
    file = people.keep_file(key=key, content=(DATA / "padron-con-errores.csv").read_bytes(), at=NOW)
    assert [(one.row, one.column) for one in file.problems] == [
        (one["row"], one["column"]) for one in expected
    ]
    assert [line[NUMBER] for line in held(key).people] == ["1", "2", "3"]
    with pytest.raises(FileRefused):
        people.keep_file(key=key, content=b"%PDF-1.7", at=NOW)


def test_a_whole_register_survives_being_a_draft() -> None:
    """What the draft gives back to the reader is what the file gave."""
    key, content = opened(), (DATA / "padron.csv").read_bytes()
    file = people.keep_file(key=key, content=content, at=NOW)
    again = people.read(held(key), NOW)
    assert [(one.number, one.listed) for one in map(_Row, again.members)] == [
        (one.number, one.listed) for one in map(_Row, file.members)
    ]
    assert not again.problems


class _Row:
    """A register row without the place it had in its file."""

    def __init__(self, row: object) -> None:
        self.number = row.number
        self.listed = [getattr(row, name) for name in row.__dataclass_fields__ if name != "row"]


def test_somebody_typed_is_checked_like_a_line_of_the_file() -> None:
    key = opened()
    people.keep_file(key=key, content=register_of(2), at=NOW)
    line = dict(held(key).people[0])
    twice = people.keep_person(key=key, line=line, instead_of="", at=NOW)
    assert {one.column for one in twice} >= {NUMBER}
    ester = lines_of(register_file([register_line(town.new_member(9, "Muñoz", "Ester"))]), COLUMNS)[0]
    wrong = people.keep_person(key=key, line={**ester, NAME: "sin coma"}, instead_of="", at=NOW)
    assert [one.column for one in wrong] == [NAME]
    assert len(held(key).people) == 2
    assert people.keep_person(key=key, line=ester, instead_of="", at=NOW) == ()
    assert people.next_number(held(key)) == 10


def test_somebody_is_corrected_in_their_place_and_taken_out() -> None:
    key = opened()
    people.keep_file(key=key, content=register_of(3), at=NOW)
    line = people.line_of(held(key), "2")
    assert people.keep_person(key=key, line={**line, NAME: "Ñanco, Ramón"}, instead_of="2", at=NOW) == ()
    assert [one[NAME].split(",")[0] for one in held(key).people][1] == "Ñanco"
    assert people.drop_person(key=key, number="1", at=NOW) == "Quiroga, Élida"
    with pytest.raises(NoSuchPerson):
        people.drop_person(key=key, number="1", at=NOW)
    assert [one[NUMBER] for one in held(key).people] == ["2", "3"]


CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.sampled_from(" ;\",'"), max_size=12
).map(str.strip)


@given(
    st.lists(st.lists(CELL, min_size=13, max_size=13).filter(lambda cells: cells[0]), min_size=1, max_size=4)
)
def test_lines_go_to_a_file_and_back_as_they_were(rows: list[list[str]]) -> None:
    lines = [dict(zip([one.name for one in COLUMNS], cells, strict=True)) for cells in rows]
    again = lines_of(sheet(COLUMNS, lines), COLUMNS)
    assert [{name: line.get(name, "") for name in lines[0]} for line in again] == _normal(lines)


def _normal(lines: list[dict[str, str]]) -> list[dict[str, str]]:
    """As `decode` and `trim` leave every file: accents composed, single edges."""
    import unicodedata

    from coop.common.spreadsheet.cells import trim

    return [
        {name: trim(unicodedata.normalize("NFC", value)) for name, value in line.items()} for line in lines
    ]


# --- the council ---


def test_the_same_words_hold_for_every_seat_but_where_one_differs() -> None:
    key = opened()
    filled(key)
    draft = seats(president=1, secretary=2)
    draft["seats"]["president"]["last_day"] = "2027-04-30"
    assert council.keep(key=key, draft=draft, at=NOW).wrong == {}
    read = whole(held(key), NOW).council
    assert {(one.seat, one.last_day) for one in read.terms} == {
        ("president", date(2027, 4, 30)),
        ("secretary", date(2028, 4, 30)),
    }


def test_what_is_wrong_with_a_seat_is_kept_and_said_beside_it() -> None:
    key = opened()
    filled(key)
    read = council.keep(key=key, draft=seats(president=1, secretary=1, treasurer=77), at=NOW)
    assert set(read.wrong) == {"secretary", "treasurer"}
    assert held(key).council["seats"]["treasurer"] == {"number": "77"}
    assert (Step.COUNCIL, True) in says()


def test_twenty_years_of_terms_fill_the_seats_of_today_and_leave_the_rest_behind_them() -> None:
    key = opened()
    keep_house(key=key, house=HOUSE, at=NOW)
    people.keep_file(key=key, content=(demo.HERE / "padron.csv").read_bytes(), at=NOW)
    file = council.keep_file(key=key, content=(demo.HERE / "mandatos.csv").read_bytes(), at=NOW)
    kept = held(key)
    assert not file.problems
    assert len(kept.council["seats"]) + len(kept.terms) == len(file.terms)
    assert set(kept.council["seats"]) == set(SeatCode.values)
    terms = whole(kept, NOW).council.terms
    plain = {(one.seat, one.number, one.first_day, one.last_day, one.elected_by) for one in file.terms}
    assert {(one.seat, one.number, one.first_day, one.last_day, one.elected_by) for one in terms} == plain
    assert council.drop_earlier(key=key, at=NOW) == len(kept.terms)


def test_a_file_of_terms_with_errors_keeps_nothing() -> None:
    key = opened()
    people.keep_file(key=key, content=(demo.HERE / "padron.csv").read_bytes(), at=NOW)
    file = council.keep_file(key=key, content=(DATA / "mandatos-con-errores.csv").read_bytes(), at=NOW)
    assert file.problems
    assert (held(key).council, held(key).terms) == ({}, [])


# --- what stands in the way ---


def test_every_needed_step_is_missing_at_first_and_the_book_may_wait() -> None:
    key = opened()
    assert says() == [(step, True) for step in Step if step.needed]
    assert first_open(held(key)) is Step.HOUSE
    filled(key)
    assert first_open(held(key)) is None


@pytest.mark.parametrize(
    ("holders", "found_there"),
    [
        ({"secretary": 2, "president": 1, "treasurer": 3}, []),
        ({"secretary": 2}, [(Step.COUNCIL, False)] * 2),
        ({"president": 1, "treasurer": 3}, [(Step.COUNCIL, True)]),
    ],
)
def test_without_a_secretary_nothing_begins(
    holders: dict[str, int], found_there: list[tuple[Step, bool]]
) -> None:
    key = opened()
    filled(key, **holders)
    assert says() == found_there


def test_nothing_may_be_older_than_the_statute() -> None:
    key = opened()
    filled(key)
    keep_statute(key=key, statute=STATUTE | {"holds_from": "2003-03-02"}, at=NOW)
    assert (Step.STATUTE, True) in says()
    keep_statute(key=key, statute=STATUTE | {"holds_from": "2026-11-22"}, at=NOW)
    assert says().count((Step.STATUTE, True)) == 2


def test_a_secretary_who_has_left_cannot_begin() -> None:
    key = opened()
    filled(key)
    line = people.line_of(held(key), "2")
    people.keep_person(key=key, line={**line, "Fecha de baja": "20/11/2026"}, instead_of="2", at=NOW)
    assert (Step.COUNCIL, True) in says()
    with pytest.raises(NotReady):
        finish(key=key, at=NOW)


# --- the end ---


def test_everything_goes_in_at_once() -> None:
    key = opened()
    filled(key)
    begun = finish(key=key, at=NOW)
    assert (begun.members, begun.terms, begun.resolutions, begun.secretary.number) == (3, 2, 0, 2)
    made = Cooperative.objects.get()
    assert (made.name, made.zone) == ("La Chimenea", "America/Montevideo")
    version = StatuteVersion.objects.get()
    assert (version.title, version.holds_from) == ("Estatuto de 2003", date(2003, 3, 1))
    assert version.rules.surplus.funds[0].rate == "0.15"
    assert (Member.objects.count(), Seat.objects.count()) == (3, 9)
    assert {term.seat.code for term in Term.objects.at(NOW)} == {"president", "secretary"}
    assert Entry.objects.get(act=Act.BEGUN).actor_number is None


def test_the_record_tells_how_it_began_and_holds_nothing_private() -> None:
    key = opened()
    filled(key)
    finish(key=key, at=NOW)
    entry = Entry.objects.get(act=Act.BEGUN)
    sentence = teller(Act.BEGUN)(entry.facts)
    assert "Puesta en marcha de La Chimenea con «Estatuto de 2003»: 3 personas" in sentence
    assert "Ramón Ñancucheo, N.º 2" in sentence
    document = Member.objects.get(number=2).document
    assert all(document not in one.sealed for one in Entry.objects.all())


def test_the_drafts_are_gone_and_it_never_opens_again() -> None:
    key = opened()
    filled(key)
    finish(key=key, at=NOW)
    kept = held(key)
    assert (kept.people, kept.council, kept.house, kept.statute, kept.terms) == ([], {}, {}, {}, [])
    assert (kept.begun_at, kept.secretary.number) == (NOW, 2)
    with pytest.raises(AlreadyBegun):
        finish(key=key, at=NOW)
    with pytest.raises(AlreadyBegun):
        invite(at=NOW)


def test_what_a_room_refuses_leaves_the_drafts_and_nothing_else() -> None:
    """Drafts that went bad behind the wizard's back."""
    key = opened()
    filled(key)
    beginning = Beginning.objects.get()
    beginning.people = [{**line, NUMBER: "1"} for line in beginning.people]
    beginning.save()
    with pytest.raises(DomainError):
        finish(key=key, at=NOW)
    assert (Cooperative.objects.count(), Member.objects.count(), Entry.objects.count()) == (0, 0, 0)
    assert len(held(key).people) == 3


def test_resolutions_of_the_book_wait_for_a_second_officer() -> None:
    key = opened()
    filled(key)
    rows = "Fecha;Título;Acta\r\n03/05/2010;Comprar el horno;Acta 12\r\n04/05/2011;Techar el patio;Acta 14"
    assert not book.keep_file(key=key, content=rows.encode(), at=NOW).problems
    assert finish(key=key, at=NOW).resolutions == 2
    assert Resolution.objects.count() == 0


def test_the_book_may_be_left_for_later() -> None:
    key = opened()
    book.keep_file(key=key, content="Fecha;Título;Acta\r\n03/05/2010;Horno;Asamblea 12".encode(), at=NOW)
    assert book.drop(key=key, at=NOW) == 1
    assert held(key).resolutions == []
    future = "Fecha;Título;Acta\r\n03/05/2099;Horno;Asamblea 12".encode()
    assert book.keep_file(key=key, content=future, at=NOW).problems


def test_founding_takes_any_ready_made_statute() -> None:
    assert found(name="Usina", zone="America/Montevideo", model="assembly_only") is True
    assert StatuteVersion.objects.get().title == "Estatuto de asamblea"


# --- seats of the statute that was chosen ---


def test_every_seat_of_the_chosen_statute_can_be_filled_and_those_of_the_spreadsheet_too() -> None:
    key = opened()
    filled(key)
    keep_statute(key=key, statute=STATUTE | {"model": "assembly_only"}, at=NOW)
    mine = held(key)
    codes = [one.code for one in council.places(mine)]
    assert {"p_coordinator_work_1", "p_coordinator_work_2", "p_commission_care_3"} <= set(codes)
    assert set(SeatCode.values) <= set(codes)
    of_statute = {one.code for one in council.places(mine) if one.of_statute}
    assert "member_1" not in of_statute


def test_a_position_typed_at_the_start_is_a_term_on_the_books() -> None:
    key = opened()
    filled(key)
    keep_statute(key=key, statute=STATUTE | {"model": "assembly_only"}, at=NOW)
    council.keep(key=key, draft=seats(president=1, secretary=2, p_coordinator_work_1=1), at=NOW)
    finish(key=key, at=NOW)
    term = Term.objects.select_related("seat").get(seat__code="p_coordinator_work_1")
    assert (str(term.seat), term.member.number) == ("Coordinación del trabajo 1", 1)


def test_seats_of_a_statute_that_was_not_chosen_in_the_end_stop_the_start() -> None:
    key = opened()
    filled(key)
    council.keep(key=key, draft=seats(president=1, secretary=2, p_coordinator_work_1=1), at=NOW)
    assert (Step.COUNCIL, True) in says()
