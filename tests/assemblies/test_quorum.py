"""Which call holds, and how many it asks for (ET 37)."""

from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assemblies.domain.attendance import tick
from assemblies.domain.quorum import judge, quorum_of
from coop.members.models import Member
from coop.statute.rules import MODEL_STATUTE, AssemblyRules, Call
from tests.support.people import Instants

WEEKLY = MODEL_STATUTE.assemblies["weekly"]
HOUR = Instants.hour


def at(minutes: float) -> timedelta:
    return HOUR + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("minutes", "call", "required", "next_call", "next_required"),
    [
        (-60, 1, 31, at(30), 1),
        (0, 1, 31, at(30), 1),
        (29.99, 1, 31, at(30), 1),
        (30, 2, 1, None, None),
        (600, 2, 1, None, None),
    ],
)
def test_half_plus_one_at_the_hour_and_any_number_half_an_hour_later(
    minutes, call, required, next_call, next_required
):
    quorum = judge(rules=WEEKLY, starts_at=HOUR, at=at(minutes), present=30, on_register=60)
    assert (quorum.call, quorum.required, quorum.next_call_at, quorum.next_required) == (
        call,
        required,
        next_call,
        next_required,
    )
    assert (quorum.present, quorum.on_register, quorum.source) == (30, 60, "ET 37")


@pytest.mark.parametrize(
    ("present", "met", "missing"), [(0, False, 31), (30, False, 1), (31, True, 0), (60, True, 0)]
)
def test_the_quorum_is_met_from_its_number_on(present, met, missing):
    quorum = judge(rules=WEEKLY, starts_at=HOUR, at=HOUR, present=present, on_register=60)
    assert (quorum.met, quorum.missing) == (met, missing)


@given(
    waits=st.lists(st.integers(0, 300), min_size=1, max_size=4, unique=True).map(sorted),
    minutes=st.integers(-60, 400),
    present=st.integers(0, 500),
    on_register=st.integers(1, 500),
    data=st.data(),
)
def test_the_latest_call_whose_wait_has_passed_holds(waits, minutes, present, on_register, data):
    assume(present <= on_register)
    calls = tuple(Call(data.draw(st.integers(0, 3)), 3, data.draw(st.integers(0, 2)), wait) for wait in waits)
    quorum = judge(
        rules=AssemblyRules(calls, "ET 37"),
        starts_at=HOUR,
        at=at(minutes),
        present=present,
        on_register=on_register,
    )
    passed = [index for index, wait in enumerate(waits) if wait <= minutes]
    held = max(passed, default=0)
    assert quorum.call == held + 1
    assert quorum.required == calls[held].required(on_register)
    assert 1 <= quorum.required <= on_register
    assert quorum.met == (present >= quorum.required) == (quorum.missing == 0)
    if held + 1 < len(calls):
        assert quorum.next_call_at == at(waits[held + 1])
        assert quorum.next_required == calls[held + 1].required(on_register)
    else:
        assert (quorum.next_call_at, quorum.next_required) == (None, None)


@pytest.mark.django_db
def test_before_the_session_the_register_of_the_day_counts_and_afterwards_the_frozen_number(
    desk, assembly, members
):
    assert quorum_of(assembly, Instants.hour).on_register == 7
    Member.objects.filter(number=7).update(left_on=Instants.day)
    assert quorum_of(assembly, Instants.hour).on_register == 6
    desk.arrive(assembly, members[:5])
    opened = desk.open(assembly)
    Member.objects.filter(number=6).update(left_on=Instants.day)
    assert quorum_of(opened, Instants.voting).on_register == 6


@pytest.mark.django_db
def test_who_has_left_is_not_present_and_who_came_back_counts_once(desk, assembly, members, secretary):
    desk.arrive(assembly, members[:4])
    for present in (False, True, True):
        tick(
            assembly_id=assembly.pk,
            member=members[3],
            present=present,
            by=secretary.actor,
            at=Instants.opening,
        )
    assert quorum_of(assembly, Instants.opening).present == 4
    tick(assembly_id=assembly.pk, member=members[3], present=False, by=secretary.actor, at=Instants.opening)
    assert quorum_of(assembly, Instants.opening).present == 3
