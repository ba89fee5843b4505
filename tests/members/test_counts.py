"""What counts people says one when it is one."""

import pytest

from coop.common.spreadsheet import BadCell
from coop.members.errors_joining import SectionIsWorked
from coop.members.register_file.cells import parse_document, parse_tax_number
from coop.shares.errors_bank import WrongLength


@pytest.mark.parametrize(
    ("people", "says"),
    [(1, "todavía trabaja 1 persona. Pasala"), (2, "todavía trabajan 2 personas. Pasalas")],
)
def test_a_section_says_who_works_there(people, says):
    assert says in SectionIsWorked("Hornos", people).message()


def test_one_digit_is_one():
    assert WrongLength(1).message().startswith("Es 1 número;")
    assert WrongLength(21).message().startswith("Son 21 números;")
    for parse, word in ((parse_document, "DNI"), (parse_tax_number, "CUIL")):
        for typed, says in (("7", "1 número;"), ("12345", "5 números;")):
            with pytest.raises(BadCell) as refused:
                parse(typed)
            assert f"{word} tiene {says}" in refused.value.message
