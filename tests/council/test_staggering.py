"""Where the statute renews the council by parts, no slate lets all its terms end on one day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from coop.council import errors
from coop.council.models import HowEnded, Seat, Slate, Term
from coop.council.rotation import slates
from coop.council.rotation.eligibility import Office, Person, Served
from coop.council.rotation.lapsing import Runs, lapses
from coop.council.rotation.staggering import end_together, shorter_ends
from coop.council.rotation.world import World
from coop.council.seating import end_term, seat
from coop.council.seats import seats_of
from coop.council.term_length import latest_day, shorter_day
from coop.members.models import Member
from coop.powers import system
from coop.statute.domain import adopt, cooperative, rules_at
from coop.statute.models import Cooperative, Matter, Resolution, StatuteVersion
from coop.statute.rules import MODEL_STATUTE, Rules
from tests.council.rotating import says
from tests.support.book import paper_resolution
from tests.support.people import client_of, give_seat
from tests.support.raw import refused_rows
from tests.support.reform import reform
from tests.support.seats import instant, reformed

pytestmark = pytest.mark.django_db
HERE = Cooperative(name="x", zone="America/Argentina/Buenos_Aires")
DAY, FIRST = date(2026, 9, 1), datetime(2026, 8, 1, 3, tzinfo=UTC)
NOON = datetime(2026, 8, 20, 15, tzinfo=UTC)
NEW = "/consejo/mandatos/nuevos/"


def statute(seats: int, years: int, *, staggered: bool = True) -> Rules:
    return replace(
        MODEL_STATUTE,
        council=replace(MODEL_STATUTE.council, seats=seats, term_years=years),
        rotation=replace(MODEL_STATUTE.rotation, staggered=staggered),
    )


def world(rules: Rules, until: dict[str, date]) -> World:
    """Those seats are held until that day (not included), each by somebody of their own."""
    begun = DAY - timedelta(days=400)
    history = {
        number: [Served(Office(code, "council"), begun, end, 700)]
        for number, (code, end) in enumerate(until.items(), start=1)
    }
    people = {number: Person(number, "active") for number in history}
    names = {number: f"Persona {number}" for number in people}
    return World(DAY, rules, people, names, history, {}, {})


@given(
    st.integers(2, 9),
    st.integers(1, 5),
    st.sets(st.integers(0, 8)),
    st.sets(st.integers(0, 8)),
    st.integers(1, 3),
    st.booleans(),
)
def test_after_a_slate_the_council_never_ends_on_one_day(seats, years, new, filled, apart, staggered):
    """Seats are held until so many different days, empty, or filled by the slate, in any mix."""
    rules = statute(seats, years, staggered=staggered)
    codes = [one.code for one in seats_of(rules) if one.kind == "council"]
    full = latest_day(rules, Office("president", "council"), DAY, HERE).day
    days = [full + timedelta(days=1), full - timedelta(days=40), full - timedelta(days=300)]
    going_on = {
        code: days[place % apart] for place, code in enumerate(codes) if place not in new and place % 4 != 3
    }
    taken = [code for place, code in enumerate(codes) if place in new and place in filled]
    sooner = shorter_ends(world(rules, going_on), taken, HERE)
    ends = {code: end - timedelta(days=1) for code, end in going_on.items()}
    ends |= {code: sooner.get(code, full) for code in taken}
    if taken:
        assert not end_together(rules, ends)
    assert set(sooner) <= set(taken)
    assert all(DAY < end < full for end in sooner.values())
    assert staggered or not sooner


@pytest.mark.parametrize("years", range(1, 7))
def test_a_shorter_term_is_shorter_and_not_a_moment(years):
    for month in range(1, 13):
        first = date(2026, month, 15)
        rules = statute(5, years)
        short = shorter_day(rules, first, HERE)
        assert timedelta(days=150) < short - first
        assert short < latest_day(rules, Office("president", "council"), first, HERE).day


# --- against the database ---


@pytest.fixture
def by_parts(members: list[Member]) -> list[Member]:
    """Five seats by parts for five who would serve; the other two audit, and the seventh plans."""
    few = {"seats": 5, "alternates": 0, "alternate_auditors": 1}
    free = {"staggered": True, "most_terms": 0, "everyone_once": False}
    reform(date(2026, 8, 1), reformed(council=few, rotation=free))
    give_seat(members[6], "auditor", FIRST, datetime(2032, 8, 1, 3, tzinfo=UTC))
    give_seat(members[5], "alternate_auditor", FIRST, datetime(2032, 8, 1, 3, tzinfo=UTC))
    for one in members[:5]:
        says(one, at=FIRST)
    return members


def kept_of(day: date, at: datetime, keeper: Member) -> Slate:
    found, plans = slates.proposed(day, at, cooperative())
    code = slates.sealed_in(found, plans[0], cooperative())
    return slates.keep(day=day, view=plans[0].view, sha256=code, by=keeper.actor, at=at)


def adopted(slate: Slate, at: datetime) -> Resolution:
    return adopt(
        matter=Matter.ELECTION,
        title="Elección",
        text="",
        adopted_by="Asamblea",
        tally={"yes": 6, "no": 0, "abstain": 0},
        by=system(),
        at=at,
        proposal=slates.proposal_of(slate),
    )


def seat_all(slate: Slate, told: Resolution, members: list[Member], at: datetime) -> list[Term]:
    """Each to the day that the list says, else to the statute's last."""
    made = []
    for pick in slate.facts["picks"]:
        office = Office(pick["seat"], "council")
        full = latest_day(
            StatuteVersion.objects.in_force(slate.begins_on).rules, office, slate.begins_on, HERE
        )
        made.append(
            seat(
                seat_code=pick["seat"],
                member=members[pick["number"] - 1],
                first=slate.begins_on,
                last_day=date.fromisoformat(pick["last_day"]) if pick["last_day"] else full.day,
                resolution=told,
                by=system(),
                at=at,
            )
        )
    return made


def test_a_council_that_is_seated_by_parts_stays_so_when_each_part_is_renewed(by_parts):
    day = DAY
    for _renewal in range(3):
        at = instant(day - timedelta(days=5))
        slate = kept_of(day, at, by_parts[6])
        assert not slates.faults(slate, at)
        seat_all(slate, adopted(slate, at), by_parts, at)
        sitting = Term.objects.at(instant(day)).filter(seat__kind="council")
        ends = {one.during.upper for one in sitting}
        assert (len(sitting), len(ends)) == (5, 2)
        assert Runs.ALL_AT_ONCE not in {one.kind for one in lapses(at, 365 * 6)}
        day = min(ends).astimezone(cooperative().tz).date()


def test_the_slate_says_which_terms_are_shorter_and_why(by_parts):
    slate = kept_of(DAY, NOON, by_parts[6])
    shorter = {one["seat"]: one for one in slate.facts["picks"] if one["last_day"]}
    assert set(shorter) == {"secretary", "member_1"}
    assert "Su mandato termina antes" in shorter["secretary"]["ends"]
    assert "renovar el consejo por partes" in slate.facts["parts"]
    assert "Secretaría, Vocalía 1" in slate.facts["parts"]
    assert slate.facts["parts"] in slate.facts["shown"]["paragraphs"]
    _, _, text = slates.words(slate.pk)
    assert text.count("(hasta el ") == 2
    assert slate.facts["parts"] in text


def test_who_was_chosen_for_a_shorter_term_is_not_seated_for_longer(by_parts):
    slate = kept_of(DAY, NOON, by_parts[6])
    told = adopted(slate, NOON)
    pick = next(one for one in slate.facts["picks"] if one["seat"] == "secretary")
    latest = date.fromisoformat(pick["last_day"])
    who = by_parts[pick["number"] - 1]
    values = {"seat_code": "secretary", "member": who, "first": DAY, "resolution": told, "by": system()}
    with pytest.raises(errors.LongerThanTheSlate, match="por partes"):
        seat(last_day=latest + timedelta(days=1), at=NOON, **values)
    held = Seat.objects.get(code="secretary")
    row = {"seat": held, "member": who, "elected_by": "x", "basis": "elected", "resolution": told}
    end = instant(latest + timedelta(days=1), 0)
    refused_rows(Term(during=(instant(DAY, 0), end + timedelta(seconds=1)), **row), match="shorter term")
    assert seat(last_day=latest, at=NOON, **values).during.upper == end


def test_a_slate_from_before_the_statute_asked_for_parts_no_longer_keeps_the_rules(members):
    few = {"seats": 3, "alternates": 0, "alternate_auditors": 1}
    reform(date(2026, 8, 1), reformed(council=few, rotation={"staggered": False}))
    give_seat(members[6], "auditor", FIRST, datetime(2032, 8, 1, 3, tzinfo=UTC))
    slate = kept_of(DAY, NOON, members[6])
    assert not any(one["last_day"] for one in slate.facts["picks"])
    assert not slates.faults(slate, NOON)
    reform(date(2026, 8, 15), reformed(rotation={"staggered": True}))
    assert "terminan todos juntos" in " ".join(slates.faults(slate, NOON))


@pytest.fixture
def by_paper(members, president, secretary) -> Resolution:
    """Three seats by parts; the first two are held for long."""
    few = {"seats": 3, "alternates": 0, "alternate_auditors": 1}
    reform(timezone.localdate(), reformed(council=few, rotation={"staggered": True, "most_terms": 0}))
    today = timezone.localdate()
    return paper_resolution(today, "Elección", Matter.ELECTION, by=secretary, confirmed_by=president)


def test_the_look_before_warns_where_all_would_end_together(members, secretary, by_paper):
    today = timezone.localdate()
    full = latest_day(rules_at(timezone.now()), Office("treasurer", "council"), today, cooperative()).day
    end = instant(full + timedelta(days=1), 0)
    keeper, typed = client_of(secretary), {"resolution": str(by_paper), "first": today.isoformat()}
    apart = keeper.post(NEW, typed | {"treasurer": "4"}).content.decode()
    assert "Revisá quién asume" in apart
    assert "terminan todos juntos" not in apart
    now = timezone.now()
    for place, code in ((0, "president"), (1, "secretary")):
        old = Term.objects.get(seat__code=code)
        end_term(term_id=old.pk, how=HowEnded.RESIGNED, ends_at=now, by=system(), at=now)
        give_seat(members[place], code, timezone.now(), end)
    together = keeper.post(NEW, typed | {"treasurer": "4"}).content.decode()
    assert "terminan todos juntos" in together
    assert f"{full:%d/%m/%Y}" in together


def test_the_form_carries_the_shorter_end_of_the_list(members):
    now, day = timezone.now(), timezone.localdate() + timedelta(days=5)
    rules = {"staggered": True, "most_terms": 0, "everyone_once": False}
    reform(timezone.localdate(), reformed(council={"seats": 3}, rotation=rules))
    for place, code in enumerate(("president", "secretary", "treasurer")):
        give_seat(members[place], code, end=instant(day, 0))
    slate = kept_of(day, now, members[1])
    shorter = {one["seat"]: one["last_day"] for one in slate.facts["picks"] if one["last_day"]}
    assert list(shorter) == ["secretary"]
    link = f"{NEW}?lista={slate.pk}"
    page = f"/consejo/rotacion/listas/{slate.pk}/"
    assert link not in client_of(members[1]).get(page).content.decode()
    assert client_of(members[1]).get(link).context["form"].initial == {"first": timezone.localdate()}
    told = str(adopted(slate, now))
    assert link in client_of(members[1]).get(page).content.decode()
    assert link not in client_of(members[4]).get(page).content.decode()
    filled = client_of(members[1]).get(link).context["form"].initial
    assert (filled["resolution"], filled["first"]) == (told, day)
    assert {code: number for code, number in filled.items() if code in shorter} == {
        one["seat"]: one["number"] for one in slate.facts["picks"] if one["seat"] in shorter
    }
    for wrong in ("0", "x", "9999999999"):
        assert client_of(members[1]).get(f"{NEW}?lista={wrong}").status_code == 200
    typed = {"resolution": told, "first": day.isoformat(), "confirmado": "1"}
    typed |= {one["seat"]: str(one["number"]) for one in slate.facts["picks"] if one["number"]}
    keeper = client_of(members[1])
    longer = keeper.post(NEW, typed | {"last_day": (day + timedelta(days=900)).isoformat()})
    assert longer.status_code == 422
    assert "da a Secretaría un mandato hasta el" in longer.content.decode()
    assert keeper.post(NEW, typed).status_code == 302
    assert link not in keeper.get(page).content.decode()
    sits = Term.objects.at(instant(day)).filter(seat__kind="council")
    ends = {one.seat.code: one.during.upper for one in sits}
    assert ends["secretary"] == instant(date.fromisoformat(shorter["secretary"]) + timedelta(days=1), 0)
    assert ends["secretary"] < ends["president"] == ends["treasurer"]
