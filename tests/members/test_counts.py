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
        with pytest.raises(BadCell, match=f"{word} tiene 1 número;"):
            parse("7")
        with pytest.raises(BadCell, match=f"{word} tiene 5 números;"):
            parse("12345")
