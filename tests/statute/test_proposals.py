"""Proposals are sealed by their facts; kinds say where one is explained and whether it can be voted."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.powers import system
from coop.record.models import Entry
from coop.statute import proposals
from coop.statute.domain import adopt
from coop.statute.models import Matter, PayUnit, Resolution
from coop.statute.proposals import Kind, Proposal
from tests.support.people import Instants
from tests.support.raw import refused, refused_rows

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
facts = st.dictionaries(st.text(max_size=6), values, max_size=4)
FACTS = {"cents": 560000, "shown": {"paragraphs": ["La hora vale $ 5.600."], "tables": []}}


def sealed(content=FACTS, kind="pay_unit", number=1):
    return Proposal(kind=kind, id=number, sha256=proposals.seal(content), facts=content)


@given(facts)
def test_the_seal_survives_the_database_and_the_order_of_keys(content):
    mixed = dict(reversed(list(json.loads(json.dumps(content)).items())))
    assert proposals.seal(mixed) == proposals.seal(content)


@given(facts, facts)
def test_other_facts_have_another_seal(one, other):
    assert (proposals.seal(one) == proposals.seal(other)) is (json.dumps(one) == json.dumps(other)) or (
        one == other
    )


@pytest.fixture
def kinds(monkeypatch):
    held = {}
    monkeypatch.setattr(proposals, "_kinds", held)
    return held


def test_a_kind_says_where_it_is_explained_and_an_unknown_one_nowhere(kinds):
    proposals.register(
        "surplus", Kind(page=lambda number: f"/excedentes/{number}/", check=lambda p, at: None)
    )
    assert (proposals.page_of("surplus", 7), proposals.page_of("other", 7)) == ("/excedentes/7/", None)


def test_a_proposal_of_no_known_kind_cannot_be_voted(kinds):
    with pytest.raises(KeyError):
        proposals.check(sealed(), Instants.moving)


def resolve(proposal=None, matter=Matter.PAY_UNIT) -> Resolution:
    return adopt(
        matter=matter,
        title="Valor de la hora",
        text="",
        adopted_by="Asamblea",
        tally={"yes": 3, "no": 0, "abstain": 0},
        by=system(),
        at=Instants.closing,
        proposal=proposal,
    )


@pytest.fixture
def silent(monkeypatch):
    """No room carries these adoptions out: they are about the resolution alone."""
    monkeypatch.setattr("coop.statute.domain._handlers", {})


@pytest.mark.django_db
def test_a_resolution_names_the_proposal_it_adopted_and_so_does_the_record(cooperative, silent):
    put = sealed()
    resolution = resolve(put)
    assert (resolution.proposal_kind, resolution.proposal_id, resolution.proposal_sha256) == (
        "pay_unit",
        1,
        put.sha256,
    )
    told = Entry.objects.get(act="resolution_adopted").facts
    assert (told["proposal"], told["sha256"]) == ("pay_unit", put.sha256)


@pytest.mark.django_db
def test_a_resolution_without_proposal_names_none(cooperative, silent):
    resolution = resolve(matter=Matter.ORDINARY_DECISION)
    assert (resolution.proposal_kind, resolution.proposal_id, resolution.proposal_sha256) == ("", None, "")
    assert "sha256" not in Entry.objects.get(act="resolution_adopted").facts


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "number", "sha256"),
    [
        ("surplus", None, ""),
        ("", 1, "a" * 64),
        ("surplus", 1, ""),
        ("surplus", 1, "A" * 64),
        ("", None, "a" * 64),
    ],
)
def test_database_refuses_half_a_proposal_on_a_resolution(cooperative, kind, number, sha256):
    half = Resolution(
        year=2026,
        number=1,
        adopted_at=Instants.closing,
        matter=Matter.PAY_UNIT,
        title="x",
        adopted_by="x",
        tally={},
        proposal_kind=kind,
        proposal_id=number,
        proposal_sha256=sha256,
    )
    refused_rows(half, match="resolution_names_its_proposal_whole")


# --- the pay unit ---


def unit(day: date, cents: int) -> PayUnit:
    return PayUnit.objects.create(holds_from=day, cents_per_hour=cents, resolution=resolve())


@pytest.mark.django_db
def test_an_hour_is_worth_what_the_last_resolution_before_that_day_says(cooperative, silent):
    march, april = unit(date(2026, 3, 1), 500000), unit(date(2026, 4, 1), 560000)
    amended = unit(date(2026, 4, 1), 570000)
    held = [PayUnit.objects.in_force(day) for day in (date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1))]
    assert (held, april.cents_per_hour) == ([march, march, amended], 560000)
    with pytest.raises(PayUnit.DoesNotExist):
        PayUnit.objects.in_force(date(2026, 2, 28))


@pytest.mark.django_db
def test_database_refuses_a_pay_unit_that_no_resolution_of_that_matter_sets(cooperative, silent):
    other = resolve(matter=Matter.ORDINARY_DECISION)
    row = PayUnit(holds_from=date(2026, 3, 1), cents_per_hour=500000, resolution=other)
    refused_rows(row, match="rests on a resolution")


@pytest.mark.django_db
def test_database_refuses_an_hour_worth_nothing(cooperative, silent):
    row = PayUnit(holds_from=date(2026, 3, 1), cents_per_hour=0, resolution=resolve())
    refused_rows(row, match="pay_unit_is_worth_something")


@pytest.mark.django_db
def test_database_refuses_to_change_or_forget_a_pay_unit(cooperative, silent):
    unit(date(2026, 3, 1), 500000)
    refused("UPDATE statute_payunit SET cents_per_hour = 1", match="permission denied")
    refused("DELETE FROM statute_payunit", match="permission denied")
