"""Seats, positions and rotation of a statute: typed, told in sentences, kept from contradiction."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from coop.council.models import SeatCode
from coop.council.seats import seats_of
from coop.statute import drafting
from coop.statute.errors import BadStatute
from coop.statute.forms import SectionForm
from coop.statute.meanings import changes, sections
from coop.statute.models import Matter
from coop.statute.ready_made import READY_MADE
from coop.statute.rules import (
    MODEL_STATUTE,
    Position,
    PositionRules,
    Rules,
    SeatRotation,
    against_the_past,
    faults,
    key_of,
)
from tests.statute.test_views import typed
from tests.support.people import Instants, client_of, give_seat, make_members
from tests.support.reform import reform

LABELS = drafting.matter_labels()
OVENS = Position(
    key=key_of("coordinator", "Hornos", "Coordinación de hornos"),
    name="Coordinación de hornos",
    kind="coordinator",
    holders=2,
    term_months=6,
    source="art. 60",
    section="Hornos",
    most_terms=1,
    cool_off_years=1,
)


def with_positions(*held: Position, of: Rules = MODEL_STATUTE) -> Rules:
    return replace(of, positions=PositionRules(held, "art. 60"))


def council(**values: object) -> Rules:
    return replace(MODEL_STATUTE, council=replace(MODEL_STATUTE.council, **values))


def rotation(*exceptions: SeatRotation, **values: object) -> Rules:
    own = replace(MODEL_STATUTE.rotation, exceptions=exceptions, **values)
    return replace(MODEL_STATUTE, rotation=own)


# --- what contradicts itself or the law ---


@pytest.mark.parametrize(
    ("rules", "place", "kind"),
    [
        (council(quorum="1"), "council.quorum", "out_of_reach"),
        (council(quorum="1/3"), "council.quorum", "below_least"),
        (council(auditors=3), "council.alternate_auditors", "below_least"),
        (council(seats=26), "council.seats", "above_cap"),
        (council(alternates=26), "council.alternates", "above_cap"),
        (council(alternates=0, vacancies="alternates"), "council.vacancies", "alone"),
        (council(signers=()), "council.signers", "missing"),
        (council(signers=("president", "member_1")), "council.signers.1", "unknown"),
        (council(signers=("president", "president")), "council.signers.1", "repeated"),
        (rotation(SeatRotation("member_1", 1, 0, False)), "rotation.exceptions.0.seat", "unknown"),
        (
            rotation(SeatRotation("president", 1, 0, False), SeatRotation("president", 2, 0, False)),
            "rotation.exceptions.1.seat",
            "repeated",
        ),
        (
            rotation(SeatRotation("president", 0, 2, False)),
            "rotation.exceptions.0.cool_off_years",
            "alone",
        ),
        (rotation(balance=("genders", "genders")), "rotation.balance", "repeated"),
        (with_positions(replace(OVENS, name="¡!")), "positions.held.0.name", "not_a_name"),
        (with_positions(OVENS, replace(OVENS, key="other")), "positions.held.1.name", "repeated"),
        (with_positions(OVENS, replace(OVENS, name="Otra")), "positions.held.1.name", "repeated"),
        (with_positions(replace(OVENS, holders=26)), "positions.held.0.holders", "above_cap"),
        (with_positions(replace(OVENS, term_months=0)), "positions.held.0.term_months", "below_least"),
        (with_positions(replace(OVENS, most_terms=0)), "positions.held.0.cool_off_years", "alone"),
        (with_positions(*[OVENS] * 26), "positions.held", "too_many"),
    ],
)
def test_a_statute_whose_seats_contradict_each_other_is_refused_at_its_place(rules, place, kind):
    assert (place, kind) in {(one.place, one.kind) for one in faults(rules, Matter.values)}


def test_where_no_law_stands_above_the_council_may_meet_with_whoever_is_there():
    rules = READY_MADE["assembly_only"].rules
    assert (rules.council.quorum, rules.council.alternate_auditors) == ("0", 0)
    assert faults(rules, Matter.values) == []


@pytest.mark.parametrize("key", READY_MADE)
def test_the_statute_and_the_council_call_the_same_seats_by_the_same_code(key):
    rules = READY_MADE[key].rules
    seats = [one.code for one in seats_of(rules) if not one.key]
    assert tuple(seats) == rules.council.codes


def test_a_statute_from_before_positions_were_known_has_none_and_keeps_its_seal():
    old = MODEL_STATUTE.to_json()
    del old["positions"]
    for name in ("vacancies", "quorum", "signers"):
        del old["council"][name]
    for name in ("counts", "exceptions", "balance"):
        del old["rotation"][name]
    rules = Rules.from_json(old)
    assert rules == MODEL_STATUTE
    assert changes(rules, MODEL_STATUTE, LABELS) == ()


# --- a key is one position for ever ---


def test_a_position_under_another_name_section_or_kind_is_another_position():
    keys = {
        key_of("coordinator", "Hornos", "Coordinación"),
        key_of("coordinator", "Moldes", "Coordinación"),
        key_of("delegate", "Hornos", "Coordinación"),
        key_of("coordinator", "Hornos", "Coordinación de noche"),
    }
    assert len(keys) == 4
    assert key_of("coordinator", "Hornos", "Coordinación") in keys
    assert Rules.from_json(with_positions(replace(OVENS, key=key_of("commission", "", "日本"))).to_json())


@pytest.mark.parametrize("changed", [{"kind": "delegate"}, {"section": "Moldes"}, {"name": "Otra cosa"}])
def test_a_key_that_was_another_position_is_refused(changed):
    found = against_the_past(with_positions(replace(OVENS, **changed)), [OVENS])
    assert [(one.place, one.kind) for one in found] == [("positions.held.0.key", "another_before")]
    assert against_the_past(with_positions(replace(OVENS, holders=5)), [OVENS]) == []


@pytest.mark.django_db
def test_a_draft_cannot_take_the_key_of_a_position_that_was_dropped(cooperative):
    members = make_members()
    give_seat(members[0], SeatCode.PRESIDENT)
    reform(date(2020, 7, 1), with_positions(OVENS).to_json(), title="Con coordinación")
    reform(date(2021, 7, 1), MODEL_STATUTE.to_json(), title="Sin coordinación")
    draft = drafting.begin(title="Otra vez", by=members[0].actor, at=Instants.convening)
    stolen = with_positions(replace(OVENS, kind="delegate")).to_json()
    with pytest.raises(BadStatute) as refused:
        drafting.edit(key=draft.key, turn=0, document=stolen, by=members[0].actor, at=Instants.convening)
    assert [one.kind for one in refused.value.problems] == ["another_before"]


# --- in sentences ---


def told(rules: Rules) -> dict[str, str]:
    return {line.place: line.sentence for one in sections(rules, LABELS) for line in one.lines}


def test_who_fills_who_signs_and_with_how_many_the_council_decides_is_told():
    said = told(council(vacancies="assembly", signers=("president", "treasurer")))
    assert said["council.vacancies"] == "Lo cubre: nadie hasta que elija la asamblea."
    assert said["council.quorum"] == "Con más de la mitad de sus titulares."
    assert said["council.signers"] == "Obliga la firma de: presidencia y tesorería."


def test_exceptions_and_positions_are_told_one_by_one():
    rules = with_positions(OVENS, of=rotation(SeatRotation("auditor", 2, 3, True)))
    said = told(rules)
    assert said["rotation.exceptions.auditor"] == (
        "Hasta 2 mandatos seguidos por persona. Después espera 3 años para volver. "
        "Nadie dos veces antes de que cada asociado/a que quiera haya tenido su turno."
    )
    assert said[f"positions.held.{OVENS.key}"] == (
        "Coordinación de la sección Hornos. 2 personas, por 6 meses. "
        "Hasta 1 mandato seguido por persona. Después espera 1 año para volver."
    )


def test_a_reform_tells_the_positions_that_come_that_change_and_that_go():
    care = replace(OVENS, key="commission_care", name="Convivencia", kind="commission", section="")
    before = with_positions(OVENS, care)
    after = with_positions(replace(OVENS, term_months=12), replace(care, key="delegate_gas", name="Gas"))
    found = {one.label: (bool(one.before), bool(one.after)) for one in changes(before, after, LABELS)}
    assert found == {
        "Coordinación de hornos": (True, True),
        "Gas": (False, True),
        "Convivencia": (True, False),
    }


# --- typed ---


def form_of(section: str, rules: Rules, **sent: object) -> SectionForm:
    document = rules.to_json()
    blank = SectionForm(section=section, document=document, matters=LABELS)
    return SectionForm(typed(blank) | sent, section=section, document=document, matters=LABELS)


def test_positions_are_typed_without_keys():
    form = form_of(
        "positions",
        MODEL_STATUTE,
        held__0__name=OVENS.name,
        held__0__kind="coordinator",
        held__0__section="Hornos",
        held__0__holders="2",
        held__0__term_months="6",
        held__0__most_terms="1",
        held__0__cool_off_years="1",
        held__0__source="art. 60",
        source="art. 60",
    )
    assert form.is_valid(), form.errors
    assert Rules.from_json(form.edited()) == with_positions(OVENS)


def test_a_position_that_is_renamed_gets_a_key_of_its_own_and_one_that_is_not_keeps_its_own():
    kept = replace(OVENS, key="from_another_day")
    same = form_of("positions", with_positions(kept), held__0__holders="3")
    assert same.is_valid()
    assert same.edited()["positions"]["held"][0]["key"] == "from_another_day"
    other = form_of("positions", with_positions(kept), held__0__name="Coordinación de noche")
    assert other.is_valid()
    wanted = key_of("coordinator", "Hornos", "Coordinación de noche")
    assert other.edited()["positions"]["held"][0]["key"] == wanted


def test_a_row_that_is_left_blank_is_no_exception_and_no_position():
    rules = with_positions(OVENS, of=rotation(SeatRotation("auditor", 2, 3, True)))
    form = form_of("rotation", rules, exceptions__0__seat="")
    assert form.is_valid()
    assert form.edited()["rotation"]["exceptions"] == []
    form = form_of("positions", rules, held__0__name="")
    assert form.is_valid()
    assert form.edited()["positions"]["held"] == []


@pytest.mark.django_db
def test_a_seat_that_still_has_its_exception_cannot_be_dropped_and_the_page_says_where(cooperative):
    members = make_members()
    give_seat(members[0], SeatCode.PRESIDENT)
    at = Instants.convening
    five = replace(
        rotation(SeatRotation("member_2", 1, 0, False)), council=replace(MODEL_STATUTE.council, seats=5)
    )
    draft = drafting.begin(title="Cinco", by=members[0].actor, at=at)
    drafting.edit(key=draft.key, turn=0, document=five.to_json(), by=members[0].actor, at=at)
    url = reverse("statute:edit_section", args=[draft.key, "council"])
    form = SectionForm(section="council", document=five.to_json(), matters=LABELS)
    answer = client_of(members[0]).post(url, typed(form) | {"seats": "3", "turn": "1"})
    assert answer.status_code == 422
    assert "El estatuto no tiene este cargo." in answer.content.decode()
