"""Resolutions are found as people type: other forms of the word, no accents, phrases, numbers."""

from datetime import date

import pytest

from coop.statute.book_search import matching
from coop.statute.models import Resolution
from tests.support.book import paper_resolution

pytestmark = pytest.mark.django_db

TITLES = (
    "Reparación del horno de túneles",
    "Se repararon las máquinas de prensar",
    "Compra de un torno usado en Cañuelas",
    "Elección del consejo de administración",
)


@pytest.fixture
def held(president, secretary):
    for title in TITLES:
        paper_resolution(date(2009, 6, 1), title, by=secretary, confirmed_by=president, text="Se vota.")
    paper_resolution(
        date(2011, 6, 1), "Turnos", by=secretary, confirmed_by=president, text="El torno queda en la nave 2."
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("reparación", {"Reparación del horno de túneles", "Se repararon las máquinas de prensar"}),
        ("reparacion", {"Reparación del horno de túneles", "Se repararon las máquinas de prensar"}),
        ("REPARACIONES", {"Reparación del horno de túneles", "Se repararon las máquinas de prensar"}),
        ("horno tunel", {"Reparación del horno de túneles"}),
        ("tornos", {"Compra de un torno usado en Cañuelas", "Turnos"}),
        ("canuelas", {"Compra de un torno usado en Cañuelas"}),
        ('"torno usado"', {"Compra de un torno usado en Cañuelas"}),
        ('"usado torno"', set()),
        ("maquina", {"Se repararon las máquinas de prensar"}),
        ("administracion consejo", {"Elección del consejo de administración"}),
        ("acta 45 torno", {"Compra de un torno usado en Cañuelas", "Turnos"}),
        ("3/2009", {"Compra de un torno usado en Cañuelas"}),
        ("N.º 1/2011", {"Turnos"}),
        ("bicicleta", set()),
        ("horno bicicleta", set()),
    ],
)
def test_what_is_found(held, words, found):
    assert {resolution.title for resolution in matching(Resolution.objects.all(), words)} == found


def test_the_title_comes_before_the_text(held):
    assert [found.title for found in matching(Resolution.objects.all(), "torno")] == [
        "Compra de un torno usado en Cañuelas",
        "Turnos",
    ]


@pytest.mark.parametrize(
    "words", ["", " ", "()", '"', '""', "&|!:*<->\\'", "a" * 500, "' OR 1=1 --", "<->", "*"]
)
def test_whatever_is_typed_never_breaks(held, words):
    list(matching(Resolution.objects.all(), words))
