"""Many rows at once are rows like any other."""

import pytest
from django.db import IntegrityError, transaction

from coop.common.bulk import append, last_key
from coop.members.models import Section

pytestmark = pytest.mark.django_db
NAMES = ["Hornos", "a\tb\nc\\N", "\\N", "", "ñandú “x” ;,"]


def test_texts_come_back_as_they_were_in_their_order_with_the_keys_that_follow():
    assert last_key(Section) == 0
    Section.objects.create(name="Prensa", folded="prensa")
    last = last_key(Section)
    append(Section, ("folded", "name"), ((f"{place}", name) for place, name in enumerate(NAMES)))
    rows = Section.objects.filter(pk__gt=last).order_by("pk")
    assert [one.name for one in rows] == NAMES
    assert {one.closed_on for one in rows} == {None}


def test_none_is_no_row():
    append(Section, ("folded", "name"), [])
    assert not Section.objects.exists()


@pytest.mark.parametrize("rows", [[("a", "A"), ("a", "B")], [("a", None)]])
def test_what_the_database_refuses_is_refused_whole(rows):
    with pytest.raises(IntegrityError), transaction.atomic():
        append(Section, ("folded", "name"), rows)
    assert not Section.objects.exists()
