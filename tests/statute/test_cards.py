"""A reform that was presented waits on everybody's home page until it is adopted, or old news."""

from datetime import timedelta

import pytest

from coop.statute.cards import NEWS, statute_cards
from coop.statute.models import StatuteReform
from coop.statute.templatetags.statute import currency_words, zone_words
from tests.statute.test_reforms import adopted, changed
from tests.support.people import Instants
from tests.support.reform import present

pytestmark = pytest.mark.django_db
AT = Instants.convening


def titles(member, at=AT) -> list[str]:
    return [card.title for card in statute_cards(member.pk, at)]


def test_a_presented_reform_is_on_the_home_page_until_it_is_adopted(members, member):
    assert titles(member) == []
    held = present(changed(), title="Más cargos", at=AT)
    assert titles(member) == ["Más cargos"]
    assert statute_cards(member.pk, AT)[0].url.endswith(f"/{held.pk}/")
    adopted(held)
    assert StatuteReform.objects.get().version is not None
    assert titles(member, Instants.closing) == []


def test_another_reform_of_an_older_statute_and_one_of_long_ago_are_no_news(members, member):
    first = present(changed(), title="Una", at=AT)
    present(changed(seats=7), title="Otra", at=AT)
    assert titles(member, AT + NEWS + timedelta(days=1)) == []
    adopted(first)
    assert titles(member, Instants.closing) == []


@pytest.mark.parametrize(
    ("code", "words"), [("ARS", "pesos argentinos (ARS)"), ("UYU", "pesos uruguayos (UYU)"), ("PYG", "PYG")]
)
def test_money_is_called_by_its_name(code, words):
    assert currency_words(code) == words


def test_a_zone_is_called_by_its_city():
    assert zone_words("America/Argentina/Buenos_Aires") == "hora de Buenos Aires"
