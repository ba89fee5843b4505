"""The paper book: entered by one, confirmed by another, numbered within its year."""

from datetime import date

import pytest
from django.utils import timezone

from coop.statute import book
from coop.statute.models import Resolution, Source
from tests.support.book import confirm, copied, paper_resolution

pytestmark = pytest.mark.django_db
DAY = date(2006, 4, 12)


def entered(by, title="Comprar un torno", day=DAY, **values):
    return book.enter(line=copied(day, title, **values), by=by.actor, at=timezone.now())


def test_a_line_of_the_book_is_a_resolution_only_once_a_second_person_confirms(president, secretary):
    line = entered(secretary)
    assert not Resolution.objects.exists()
    (made,) = confirm(line, confirmed_by=president)
    assert (str(made), made.source, made.paper) == ("1/2006", Source.PAPER, line)
    assert timezone.localtime(made.adopted_at).isoformat() == "2006-04-12T12:00:00-03:00"


def test_it_is_numbered_in_the_year_of_the_book_and_not_in_this_one(president, secretary):
    made = [
        str(paper_resolution(day, title, by=secretary, confirmed_by=president))
        for day, title in ((DAY, "Una"), (date(2010, 1, 1), "Otra"), (DAY, "Tercera"))
    ]
    assert made == ["1/2006", "1/2010", "2/2006"]
