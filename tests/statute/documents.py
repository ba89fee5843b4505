"""Strategies: documents that are valid, and one spoiled value in a valid one."""

from dataclasses import fields, is_dataclass
from typing import Any

from hypothesis import strategies as st

from coop.statute.models import Matter
from coop.statute.ready_made import READY_MADE
from coop.statute.rules import (
    ASSEMBLY_KINDS,
    HOUR_KINDS,
    AgendaRules,
    AssemblyRules,
    Call,
    ConflictRules,
    CouncilRules,
    DeadlineRules,
    Fund,
    FundStep,
    LabelRules,
    LawRules,
    Majority,
    MembershipRules,
    MinutesRules,
    Paid,
    PayRules,
    Position,
    PositionRules,
    ProxyRules,
    RequestRules,
    RotationRules,
    Rules,
    SeatRotation,
    SessionRules,
    ShareRules,
    SurplusRules,
    key_of,
)

words = st.from_regex(r"[a-zñáéíóú][a-zñáéíóú ,.0-9]{0,20}[a-z]", fullmatch=True)
days = st.integers(0, 400)
small = st.integers(0, 9)
barred = st.lists(st.sampled_from(["council", "auditor", "manager"]), unique=True).map(tuple)


@st.composite
def calls(draw: st.DrawFn) -> tuple[Call, ...]:
    waits = sorted(draw(st.sets(st.integers(1, 600), max_size=3)))
    found = []
    for wait in (0, *waits):
        denominator = draw(st.integers(1, 10))
        numerator = draw(st.integers(0, denominator))
        # A part of the roll and one more at most; or so many by number.
        most = 9 if not numerator else int(numerator < denominator)
        found.append(Call(numerator, denominator, draw(st.integers(0, most)), wait))
    return tuple(found)


@st.composite
def majorities(draw: st.DrawFn) -> Majority:
    denominator = draw(st.integers(2, 12))
    return Majority(
        numerator=draw(st.integers((denominator + 1) // 2, denominator - 1)),
        denominator=denominator,
        strict=draw(st.booleans()),
        source=draw(words),
        base=draw(st.sampled_from(["cast", "present", "roll"])),
        abstention=draw(st.sampled_from(["absent", "counted"])),
        secret=draw(st.booleans()),
        in_person=draw(st.booleans()),
    )


@st.composite
def funds(draw: st.DrawFn) -> tuple[Fund, ...]:
    found = []
    for name in draw(st.lists(words, max_size=4, unique_by=lambda text: text.replace(" ", ""))):
        steps = sorted(draw(st.sets(st.integers(1, 4), max_size=2)))
        cap = draw(st.none() | st.integers(5, 9).map(str))
        found.append(
            Fund(
                name=f"fondo {len(found)} {name}",
                rate=draw(st.sampled_from(["0.05", "1/20", "0.2", "0"])),
                cap_of_capital=cap,
                source=draw(words),
                steps=tuple(FundStep(str(at), draw(st.sampled_from(["0.01", "1/7"]))) for at in steps),
            )
        )
    return tuple(found)


def _codes(seats: int) -> list[str]:
    return ["president", "secretary", "treasurer", *(f"member_{n}" for n in range(1, seats - 2))]


def signers(seats: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(_codes(seats)), unique=True, min_size=1).map(tuple)


@st.composite
def exceptions(draw: st.DrawFn, seats: int) -> tuple[SeatRotation, ...]:
    codes = [*_codes(seats), "alternate_1", "auditor", "alternate_auditor"]
    chosen = draw(st.lists(st.sampled_from(codes), unique=True, max_size=3))
    return tuple(SeatRotation(code, *draw(own_rotation())) for code in chosen)


@st.composite
def own_rotation(draw: st.DrawFn) -> tuple[int, int, bool]:
    most_terms = draw(small)
    return most_terms, draw(small) if most_terms else 0, draw(st.booleans())


@st.composite
def positions(draw: st.DrawFn) -> tuple[Position, ...]:
    found = []
    for number in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(["coordinator", "commission", "delegate"]))
        section, name = draw(st.sampled_from(["", "Moldes", "Línea 1"])), f"{draw(words)} {number}"
        found.append(
            Position(
                key_of(kind, section, name),
                name,
                kind,
                draw(st.integers(1, 25)),
                draw(st.integers(1, 120)),
                draw(words),
                section,
                *draw(own_rotation()),
            )
        )
    return tuple(found)


@st.composite
def documents(draw: st.DrawFn) -> Rules:
    """Valid: every value possible, none against another, nor against the law above it."""
    allowed = draw(st.booleans())
    most_terms = draw(small)
    auditors = draw(st.integers(1, 3))
    seats = draw(st.integers(3, 15))
    tenth = {"numerator": 1, "denominator": draw(st.integers(10, 50))}
    matters = st.lists(st.sampled_from(Matter.values), unique=True, max_size=4).map(tuple)
    return Rules(
        law=LawRules(country=draw(st.sampled_from(["AR", "UY", "BR", "XX"])), source=draw(words)),
        assemblies={
            kind: AssemblyRules(draw(calls()), draw(words), draw(days), draw(words))
            for kind in ASSEMBLY_KINDS
        },
        majorities={matter: draw(majorities()) for matter in Matter.values},
        requests=RequestRules(
            **tenth, held_within_days=draw(days), defer_days=draw(days), source=draw(words)
        ),
        agenda=AgendaRules(**tenth, source=draw(words)),
        session=SessionRules(draw(st.integers(0, 12)), draw(days), draw(words)),
        proxies=ProxyRules(allowed, draw(st.integers(1, 2)) if allowed else 0, draw(barred), draw(words)),
        conflicts=ConflictRules(draw(matters), draw(barred), draw(words)),
        minutes=MinutesRules(draw(small), draw(words)),
        deadlines=DeadlineRules(draw(days), draw(days), draw(words)),
        council=CouncilRules(
            seats,
            draw(st.integers(1, 9)),
            auditors,
            auditors + draw(small),
            draw(st.integers(1, 3)),
            draw(days),
            draw(days),
            draw(words),
            draw(st.sampled_from(["alternates_then_auditor", "alternates", "assembly"])),
            draw(st.sampled_from(["1/2", "0.5", "2/3"])),
            draw(signers(seats)),
        ),
        rotation=RotationRules(
            most_terms,
            draw(small) if most_terms else 0,
            draw(st.booleans()),
            draw(st.booleans()),
            draw(words),
            draw(st.sampled_from(["seat", "council"])),
            draw(exceptions(seats)),
            draw(st.lists(st.sampled_from(["sections", "genders"]), unique=True).map(tuple)),
        ),
        positions=PositionRules(draw(positions()), draw(words)),
        pay=PayRules(
            basis=draw(st.sampled_from(["hour", "day", "month"])),
            frequency=draw(st.sampled_from(["week", "fortnight", "month"])),
            label=draw(words),
            hours={kind: Paid(draw(st.booleans()), draw(words)) for kind in HOUR_KINDS},
            source=draw(words),
            ratio_ceiling=draw(st.sampled_from(["1", "1.5", "6", "7/2"])),
        ),
        labels=LabelRules(draw(words), draw(words), draw(words)),
        surplus=SurplusRules(
            funds=draw(funds()),
            share_interest_rate=draw(st.sampled_from(["0", "0.03", "1/12"])),
            basis=draw(st.sampled_from(["hours", "pay", "head"])),
            source=draw(words),
        ),
        membership=MembershipRules(
            draw(st.integers(14, 30)),
            draw(small),
            draw(st.booleans()),
            draw(days),
            draw(days),
            draw(days),
            draw(st.booleans()),
            draw(words),
        ),
        shares=ShareRules(
            draw(st.integers(1, 10**9)),
            draw(st.sampled_from(["0.05", "1"])),
            draw(small),
            draw(st.sampled_from(["0.05", "1/3"])),
            draw(st.booleans()),
            draw(words),
        ),
    )


def places(value: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a document, from the top down."""
    found = [at] if at else []
    if isinstance(value, dict):
        for key, inner in value.items():
            found += places(inner, (*at, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            found += places(inner, (*at, number))
    return found


def put(document: Any, at: tuple[str | int, ...], value: Any) -> None:
    for step in at[:-1]:
        document = document[step]
    document[at[-1]] = value


def all_fields_are_typed() -> bool:
    """Every chapter is a dataclass of its own or a table of them."""
    return all(
        is_dataclass(value) or isinstance(value, dict)
        for one in READY_MADE.values()
        for value in (getattr(one.rules, chapter.name) for chapter in fields(Rules))
    )
