"""Who may act: asked at the instant of the act; without an answer it is no."""

import pytest

from coop.common.errors import NotAllowed
from coop.powers import Actor, Power, holders_answer, may, powers, powers_of, require, system
from tests.support.people import Instants

SOMEBODY = Actor(member_id=7, number=7, name="Hugo D'Amico")


@pytest.fixture
def answers(monkeypatch):
    """The registry as it is before any room has filled it."""
    held = []
    monkeypatch.setattr(powers, "_answers", held)
    return held


def test_without_an_answer_it_is_no(answers):
    assert powers_of(SOMEBODY, Instants.opening) == frozenset()
    with pytest.raises(NotAllowed):
        require(SOMEBODY, Power.PRESIDE, Instants.opening)


def test_the_answer_is_asked_for_the_member_and_the_instant(answers):
    asked = []

    @holders_answer
    def answer(member_id, at):
        asked.append((member_id, at))
        return frozenset({Power.PRESIDE})

    assert may(SOMEBODY, Power.PRESIDE, Instants.opening)
    assert not may(SOMEBODY, Power.CONVENE, Instants.closing)
    assert asked == [(7, Instants.opening), (7, Instants.closing)]


def test_a_later_answer_takes_the_place_of_the_first(answers):
    holders_answer(lambda member_id, at: frozenset(Power))
    holders_answer(lambda member_id, at: frozenset())
    assert powers_of(SOMEBODY, Instants.opening) == frozenset()


def test_the_command_line_begins_a_cooperative_and_never_governs_it():
    assert powers_of(system(), Instants.opening) == {
        Power.KEEP_REGISTER,
        Power.KEEP_TERMS,
        Power.KEEP_HOUSE,
        Power.ENTER_RESOLUTIONS,
    }


def test_the_command_line_signs_nothing():
    assert SOMEBODY.signature == 7
    with pytest.raises(NotAllowed):
        _ = system().signature


def test_the_refusal_names_the_power_that_was_missing(answers):
    with pytest.raises(NotAllowed) as refused:
        require(SOMEBODY, Power.PRESIDE, Instants.opening)
    assert refused.value.status == 403
    assert str(refused.value) == (
        "Hoy no tenés un cargo que permita esto: abrir y cerrar la asamblea y sus votaciones."
    )
    assert str(NotAllowed()) == "No tenés permiso para hacer esto."
