"""A proposal as a page tells it to one reader: steps, who gets what, the reader first; two side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from coop.ledger.chart import GROUPS
from coop.ledger.models import Line
from coop.statute.proposals import Facts
from payroll.domain.surplus_adopting import recomputed
from payroll.domain.surplus_shown import Statute, departures, hours_shown, told_steps
from payroll.models import SurplusDistribution
from payroll.waterfall import Distribution, Step, Year


@dataclass(frozen=True, slots=True)
class Share:
    """What one member would get, in cents; `advance` is None for readers who may not know it."""

    number: int
    name: str
    hours: str
    interest: int
    back: int
    advance: int | None
    is_mine: bool

    @property
    def total(self) -> int:
        return self.interest + self.back

    @property
    def to_collect(self) -> int:
        return self.total - (self.advance or 0)


@dataclass(frozen=True, slots=True)
class Told:
    year: Year
    result: Distribution
    steps: tuple[Step, ...]
    shares: tuple[Share, ...]
    departures: list[str]
    shows_advances: bool

    @property
    def mine(self) -> Share | None:
        return next((share for share in self.shares if share.is_mine), None)

    @property
    def to_members(self) -> int:
        return self.result.to_members + self.result.to_shares


@dataclass(frozen=True, slots=True)
class Difference:
    """`here` less `there`, in cents."""

    label: str
    here: int
    there: int
    number: int | None = None

    @property
    def more(self) -> int:
        return self.here - self.there

    @property
    def less(self) -> int:
        return -self.more


@dataclass(frozen=True, slots=True)
class Reader:
    """`number` of the member who looks; officers see everybody's advances, others their own."""

    number: int
    sees_advances: bool = False


def tell(
    year: Year,
    result: Distribution,
    *,
    statute: Statute,
    names: Mapping[int, str],
    advances: Mapping[int, int],
    reader: Reader,
) -> Told:
    def advance(number: int) -> int | None:
        may = reader.sees_advances or number == reader.number
        return advances.get(number, 0) if may else None

    parts = zip(year.members, result.share_interest, result.returns, strict=True)
    return Told(
        year=year,
        result=result,
        steps=told_steps(year, result, statute),
        shares=tuple(
            Share(
                number=member.number,
                name=names[member.number],
                hours=hours_shown(member.hours),
                interest=interest.amount,
                back=back.amount,
                advance=advance(member.number),
                is_mine=member.number == reader.number,
            )
            for member, interest, back in parts
        ),
        departures=departures(year, statute),
        shows_advances=reader.sees_advances and any(advances.values()),
    )


def tell_facts(facts: Facts, advances: Mapping[str, int], reader: Reader) -> Told:
    """Raises NotTheProposal when the figures do not give the result."""
    year, result = recomputed(facts)
    return tell(
        year,
        result,
        statute=facts["statute"],
        names=dict(facts["names"]),
        advances={int(number): cents for number, cents in advances.items()},
        reader=reader,
    )


def by_step(here: Told, there: Told) -> list[Difference]:
    """Every step that either has, in the order of `here`."""
    titles = {step.key: step.title for step in (*there.steps, *here.steps)}
    ours, theirs = ({step.key: step.amount for step in told.steps} for told in (here, there))
    keys = [step.key for step in here.steps] + [key for key in theirs if key not in ours]
    return [Difference(titles[key], ours.get(key, 0), theirs.get(key, 0)) for key in keys]


def by_member(here: Told, there: Told) -> list[Difference]:
    names = {share.number: share.name for share in (*there.shares, *here.shares)}
    ours, theirs = ({share.number: share.total for share in told.shares} for told in (here, there))
    return [
        Difference(names[number], ours.get(number, 0), theirs.get(number, 0), number)
        for number in sorted(names)
    ]


@dataclass(frozen=True, slots=True)
class Posted:
    """Lines of the entry: of one account, or of all the members' accounts of one kind together."""

    code: str
    name: str
    cents: int
    people: int = 0

    @property
    def group(self) -> str:
        return str(GROUPS[self.code])

    @property
    def credit(self) -> int:
        return -self.cents


def posted(done: SurplusDistribution) -> list[Posted]:
    lines = Line.objects.filter(entry=done.entry_id).order_by("position")
    told = []
    rows = lines.values_list("account__code", "account__name", "account__holder", "cents")
    for (group, personal), found in groupby(rows, key=lambda row: _group(row[0], row[2])):
        held = list(found)
        name = "" if personal else held[0][1]
        told.append(Posted(group, name, sum(row[3] for row in held), len(held) if personal else 0))
    return told


def _group(code: str, holder: int | None) -> tuple[str, bool]:
    return (code, False) if holder is None else (code.rpartition(".")[0], True)
