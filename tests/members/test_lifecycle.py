"""The register's keeper puts facts on the books; the line, the status and the record follow."""

from datetime import date, timedelta

import pytest

from coop.common.errors import NotAllowed
from coop.members.enums import FactKind, State
from coop.members.errors import (
    AnnulledAlready,
    DecidedLater,
    ImpossibleFact,
    NeedsResolution,
    NeedsSource,
    NoticeTooShort,
    NotYet,
    WrongMatter,
)
from coop.members.lifecycle import put_on_the_books, status_of, take_back
from coop.members.models import Member, MemberFact, Period
from coop.record.models import Act, Entry
from coop.record.telling import teller
from coop.statute.models import Matter
from tests.members.books import decided, noon

pytestmark = pytest.mark.django_db
K = FactKind
TODAY = date(2026, 6, 1)
AT = noon(TODAY)


def put(member: Member, kind: FactKind, day: date, by: Member, **values: object) -> MemberFact:
    return put_on_the_books(member_id=member.pk, kind=kind, day=day, by=by.actor, at=AT, **values)


def there(member: Member, *days: date) -> list[bool]:
    """By the query, and by the line: they must agree."""
    held = Member.objects.get(pk=member.pk)
    by_query = [Member.objects.on_register(day).filter(pk=member.pk).exists() for day in days]
    assert [held.is_on_register(day) for day in days] == by_query
    return by_query


def test_a_resignation_holds_after_the_notice_that_the_statute_asks(member, secretary):
    with pytest.raises(NoticeTooShort, match="30 días"):
        put(member, K.RESIGNED, date(2026, 6, 30), secretary, noticed_on=TODAY, source="nota")
    put(member, K.RESIGNED, date(2026, 7, 1), secretary, noticed_on=TODAY, source="nota del 1/6")
    held = Member.objects.get(pk=member.pk)
    assert (held.left_on, held.leaving_reason) == (date(2026, 7, 1), "Renuncia")
    assert there(member, date(2026, 6, 30), date(2026, 7, 1)) == [True, False]


def test_a_resolution_accepts_a_resignation_sooner(member, secretary):
    accepted = decided(secretary, TODAY)
    put(member, K.RESIGNED, TODAY, secretary, noticed_on=TODAY, resolution=accepted)
    assert there(member, TODAY - timedelta(days=1), TODAY) == [True, False]


def test_who_comes_back_was_no_member_in_between(member, secretary):
    put(member, K.RETIRED, date(2026, 3, 1), secretary, source="resolución de ANSES")
    back = decided(secretary, date(2026, 5, 1))
    put(member, K.READMITTED, date(2026, 5, 1), secretary, resolution=back)
    days = (date(2026, 2, 28), date(2026, 3, 1), date(2026, 4, 30), date(2026, 5, 1), TODAY)
    assert there(member, *days) == [True, False, False, True, True]
    gone = [Member.objects.former(day).filter(pk=member.pk).exists() for day in days]
    assert gone == [False, True, True, False, False]
    held = Member.objects.get(pk=member.pk)
    assert (held.joined_on, held.left_on, held.came_back) == (date(2003, 3, 1), None, True)
    assert held.number == member.number
    assert [one.state for one in Period.objects.filter(member=member)] == ["active", "retired", "active"]


def test_a_fact_taken_back_leaves_the_line_as_it_was_and_both_stay_written(member, secretary):
    fact = put(member, K.DIED, date(2026, 5, 3), secretary, source="acta de defunción")
    assert Member.objects.get(pk=member.pk).leaving_reason == "Fallecimiento"
    take_back(fact_id=fact.pk, reason="Era otra persona", by=secretary.actor, at=AT)
    held = Member.objects.get(pk=member.pk)
    assert (held.left_on, held.leaving_reason, there(member, TODAY)) == (None, "", [True])
    kinds = list(MemberFact.objects.filter(member=member).values_list("kind", flat=True))
    assert kinds == ["entered", "died", "annulled"]
    with pytest.raises(AnnulledAlready):
        take_back(fact_id=fact.pk, reason="otra vez", by=secretary.actor, at=AT)


def test_the_beginning_cannot_be_taken_away_from_under_what_follows(member, secretary):
    put(member, K.RETIRED, date(2026, 3, 1), secretary, source="nota")
    start = MemberFact.objects.get(member=member, kind=K.ENTERED)
    with pytest.raises(ImpossibleFact):
        take_back(fact_id=start.pk, reason="error", by=secretary.actor, at=AT)


@pytest.mark.parametrize(
    ("kind", "values", "error"),
    [
        (K.READMITTED, {"source": "nota"}, NeedsResolution),
        (K.CONFIRMED, {}, NeedsResolution),
        (K.RETIRED, {"source": " \u200b "}, NeedsSource),
        (K.CONFIRMED, {"decided": date(2026, 6, 1)}, ImpossibleFact),
    ],
)
def test_each_fact_says_what_it_rests_on_and_can_be(member, secretary, kind, values, error):
    if day := values.pop("decided", None):
        values["resolution"] = decided(secretary, day)
    before = (list(Period.objects.values_list()), MemberFact.objects.count(), Entry.objects.count())
    with pytest.raises(error):
        put(member, kind, TODAY, secretary, **values)
    after = (list(Period.objects.values_list()), MemberFact.objects.count(), Entry.objects.count())
    assert after == before


def test_nothing_acts_before_it_was_decided_nor_by_a_decision_on_something_else(member, secretary):
    put(member, K.RETIRED, date(2026, 3, 1), secretary, source="nota")
    late = decided(secretary, date(2026, 5, 2))
    with pytest.raises(DecidedLater, match=str(late)):
        put(member, K.READMITTED, date(2026, 5, 1), secretary, resolution=late)
    other = decided(secretary, date(2026, 4, 2), Matter.MERGER)
    with pytest.raises(WrongMatter, match="fusión"):
        put(member, K.READMITTED, date(2026, 5, 1), secretary, resolution=other)


def test_nobody_has_died_tomorrow_and_no_day_is_a_year_ahead(member, secretary):
    for kind, day in ((K.DIED, TODAY + timedelta(days=1)), (K.RETIRED, date(2062, 6, 1))):
        with pytest.raises(NotYet):
            put(member, kind, day, secretary, source="acta")


def test_only_who_keeps_the_register_writes_in_it(member, president, treasurer, secretary):
    for other in (member, president, treasurer):
        with pytest.raises(NotAllowed):
            put(member, K.RETIRED, TODAY, other, source="nota")
    fact = put(member, K.RETIRED, TODAY, secretary, source="nota")
    for other in (member, president, treasurer):
        with pytest.raises(NotAllowed):
            take_back(fact_id=fact.pk, reason="x", by=other.actor, at=AT)


def test_the_record_tells_each_fact_in_a_sentence(member, secretary):
    fact = put(member, K.RETIRED, TODAY, secretary, source="nota de la caja")
    take_back(fact_id=fact.pk, reason="era en julio", by=secretary.actor, at=AT)
    told = [(entry.act, teller(entry.act)(entry.facts)) for entry in Entry.objects.order_by("position")]
    assert told == [
        (
            Act.MEMBER_FACT,
            "Omar Águila (N.º 4): Se jubiló, desde el 01/06/2026, según consta en nota de la caja.",
        ),
        (
            Act.MEMBER_FACT_ANNULLED,
            "Anuló un hecho de Omar Águila (N.º 4): «Se jubiló» del 01/06/2026. Motivo: era en julio",
        ),
    ]


def test_the_status_of_a_day_follows(member, secretary):
    put(member, K.RETIRED, date(2026, 3, 1), secretary, source="nota")
    states = [status_of(member, day) for day in (date(2003, 2, 28), date(2003, 3, 1), TODAY)]
    assert [status and status.state for status in states] == [None, State.ACTIVE, State.RETIRED]
