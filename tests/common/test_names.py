"""Names sort by bytes as Spanish readers expect, and are found without accents."""

import string
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coop.common.names import FAMILY_SEPARATOR, fold, sort_key

SPANISH_LETTERS = "abcdefghijklmnñopqrstuvwxyz"
ACCENTS = str.maketrans("aeiou", "áéíóú")

words = st.text(alphabet=SPANISH_LETTERS, min_size=1, max_size=8)


def by_bytes(name: str) -> bytes:
    return sort_key(name).encode()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("D'Angelo, Omar", "dangelo  omar"),
        ("D’Angelo Luna,Yolanda", "dangelo luna  yolanda"),
        ("  PEÑA   ibáñez ,  José   María ", "pen~a iban~ez  jose maria"),
        ("García-Pérez, Ana", "garciaperez  ana"),
        ("Mc Kay, Silvia", "mc kay  silvia"),
        ("Agüero", "aguero"),
        ("Pérez,", "perez"),
        ("Gonçalves, João", "goncalves  joao"),
        ("Weiß, Søren", "weiss  soren"),
        ("Pen\u0303a, Ana", "pen~a  ana"),
        ("", ""),
    ],
)
def test_a_name_has_one_key(name: str, key: str) -> None:
    assert sort_key(name) == key


def test_the_register_sorts_as_a_spanish_reader_expects() -> None:
    names = [
        "Agüero, Hugo",
        "Agüero, Omar",
        "Agüero Domínguez, Lidia",
        "Agüero Muñoz, Estela",
        "D'Angelo, Omar",
        "De la Fuente, Norma",
        "Nunziata, Ana",
        "Núñez, Jorge",
        "Ñandú, Rosa",
        "Ocampo, Luis",
        "Zárate, Silvia",
    ]
    assert sorted(Random(2026).sample(names, len(names)), key=by_bytes) == names


@given(words, words)
def test_letters_sort_in_the_order_of_the_spanish_alphabet(one: str, other: str) -> None:
    def places(word: str) -> list[int]:
        return [SPANISH_LETTERS.index(letter) for letter in word]

    assert (by_bytes(one) < by_bytes(other)) == (places(one) < places(other))


@given(words, words, words, words)
def test_a_family_name_alone_comes_before_any_compound_of_it(
    family: str, second: str, one: str, other: str
) -> None:
    assert by_bytes(f"{family}, {one}") < by_bytes(f"{family} {second}, {other}")


@given(words, words)
def test_case_and_accents_do_not_change_the_key(family: str, given_name: str) -> None:
    name = f"{family}, {given_name}"
    assert sort_key(name.upper().translate(ACCENTS)) == sort_key(name.translate(ACCENTS)) == sort_key(name)


@given(st.text())
@example("İ")
@example("a\u0345")
@example("㎏ ﷺ ½ ǅ")
def test_a_key_holds_only_folded_letters_digits_and_spaces(name: str) -> None:
    key = sort_key(name)
    assert all(sign.isalnum() or sign in " ~" for sign in key)
    assert not set(key) & set(string.ascii_uppercase + "ñáéíóúü")
    assert key == key.strip()
    assert key.count(FAMILY_SEPARATOR) <= 1


@given(st.text())
@example("İ")
@example("ñ N\u0303")
def test_a_search_finds_what_a_search_has_folded(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_the_fold_of_a_name_is_its_key_without_signs(text: str) -> None:
    assert fold(text) == " ".join(sort_key(text).replace("~", "").split())


@given(words, words)
def test_a_search_without_accents_finds_the_name(family: str, given_name: str) -> None:
    name = f"Ñu{family}, {given_name}".translate(ACCENTS).upper()
    assert fold(name) == f"nu{family} {given_name}".replace("ñ", "n")


def test_a_search_reads_the_comma_as_a_space() -> None:
    assert fold("Agüero Muñoz,Ángela") == "aguero munoz angela"


@given(words)
def test_a_word_folds_as_it_does_in_a_long_one(word: str) -> None:
    assert sort_key(word * 40) == sort_key(word) * 40
