"""What is odd but possible in a month's hours: what is asked, and what the answers make of them. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median

from payroll.domain.arithmetic import Worked, paid_hours, total_of
from payroll.enums import Answer, Question
from payroll.periods import Period

# Far from last month: more than a quarter, and more than two days of eight hours (hundredths).
FAR_PARTS = 4
FAR_HOURS = 1600

ALLOWED: Mapping[Question, tuple[Answer, ...]] = {
    Question.MISSING: (Answer.NONE, Answer.HOURS),
    Question.OUTSIDE: (Answer.AS_IS, Answer.NONE, Answer.HOURS),
    Question.JOINED: (Answer.AS_IS, Answer.HOURS),
    Question.LEFT: (Answer.AS_IS, Answer.HOURS),
    Question.FAR: (Answer.AS_IS, Answer.HOURS),
    Question.ADVANCE: (Answer.AS_IS, Answer.HOURS),
}


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the register, as much as pay asks of it. The leaving day is no longer a member's day."""

    id: int
    number: int
    name: str
    sort_name: str
    tax_number: str
    joined_on: date
    left_on: date | None

    def is_of(self, period: Period) -> bool:
        """On the register on any day of the month."""
        stayed = self.left_on is None or self.left_on > period.first_day
        return self.joined_on <= period.last_day and stayed


@dataclass(frozen=True, slots=True)
class Given:
    """An answer. `hours` in hundredths (worked, sick, holiday), only with Answer.HOURS."""

    number: int
    question: Question
    answer: Answer
    reason: str = ""
    hours: tuple[int, int, int] | None = None

    @property
    def complete(self) -> bool:
        """With a reason wherever it changes what the file says, or pays who was not on the register."""
        if self.answer not in ALLOWED[self.question] or (self.hours is None) is (self.answer == Answer.HOURS):
            return False
        needs = self.answer != Answer.AS_IS or self.question == Question.OUTSIDE
        return bool(self.reason) or not needs


@dataclass(frozen=True, slots=True)
class Asked:
    """One question about one member; `hours` in hundredths now, `usual` what was to be expected of them.

    `cents` are what the advance has too much. `day` is when they joined or left.
    """

    question: Question
    person: Person
    hours: int = 0
    usual: int = 0
    cents: int = 0
    day: date | None = None
    given: Given | None = None

    @property
    def allowed(self) -> tuple[Answer, ...]:
        return ALLOWED[self.question]


def standing(answers: Iterable[Given]) -> dict[tuple[int, Question], Given]:
    """The last answer to each question, in the order they were given."""
    held: dict[tuple[int, Question], Given] = {}
    for given in answers:
        held.pop((given.number, given.question), None)
        held[given.number, given.question] = given
    return held


def effective(lines: Iterable[Worked], answers: Iterable[Given]) -> dict[int, Worked]:
    """The hours that are paid: the file's, but where an answer says otherwise. Empty lines are left out.

    Whoever has no hours keeps the advance they took.
    """
    found = {line.number: line for line in lines}
    for given in standing(answers).values():
        if given.answer == Answer.AS_IS:
            continue
        worked, sick, holiday = given.hours or (0, 0, 0)
        line = found.get(given.number)
        taken = line.taken if line else 0
        found[given.number] = Worked(given.number, worked, sick, holiday, taken)
    return {number: line for number, line in found.items() if line.hours or line.taken}


def ask(
    *,
    lines: Sequence[Worked],
    people: Mapping[int, Person],
    period: Period,
    last: Mapping[int, int],
    answers: Sequence[Given] = (),
) -> list[Asked]:
    """The questions of a file, by member's number, with their answers. `last`: hours of the month before."""
    held = standing(answers)
    by_number = {line.number: line for line in lines}
    ratio = _usual_ratio(by_number, last)
    asked = []
    for number in sorted(by_number.keys() | {n for n, person in people.items() if person.is_of(period)}):
        hours = by_number[number].hours if number in by_number else 0
        for one in _about(people[number], hours, period, round(last.get(number, 0) * ratio)):
            asked.append(_answered(one, held))
    return asked


def ask_advances(
    lines: Iterable[Worked],
    *,
    people: Mapping[int, Person],
    unit: int,
    paid: Iterable[str],
    answers: Sequence[Given] = (),
) -> list[Asked]:
    """Of the effective lines: who took more, with what they owed, than they are paid."""
    held, kinds, asked = standing(answers), frozenset(paid), []
    for line in lines:
        if not line.taken:
            continue
        excess = line.before + line.taken - total_of(paid_hours(line, kinds), unit)
        if excess > 0:
            one = Asked(Question.ADVANCE, people[line.number], hours=line.hours, cents=excess)
            asked.append(_answered(one, held))
    return asked


def _about(person: Person, hours: int, period: Period, usual: int) -> Iterable[Asked]:
    first, last = period.first_day, period.last_day
    joined = first < person.joined_on <= last
    left = person.left_on is not None and first < person.left_on <= last
    if not person.is_of(period):
        yield Asked(Question.OUTSIDE, person, hours)
    elif not hours:
        yield Asked(Question.MISSING, person, usual=usual)
    elif joined or left:
        if joined:
            yield Asked(Question.JOINED, person, hours, day=person.joined_on)
        if left:
            yield Asked(Question.LEFT, person, hours, day=person.left_on)
    elif usual and abs(hours - usual) > max(FAR_HOURS, usual // FAR_PARTS):
        yield Asked(Question.FAR, person, hours, usual=usual)


def _usual_ratio(lines: Mapping[int, Worked], last: Mapping[int, int]) -> Fraction:
    """How this month compares with the last for the one in the middle: a short month is no question."""
    ratios = [
        Fraction(line.hours, last[number])
        for number, line in lines.items()
        if line.hours and last.get(number, 0) > 0
    ]
    return Fraction(median(ratios)) if ratios else Fraction(1)


def _answered(asked: Asked, held: Mapping[tuple[int, Question], Given]) -> Asked:
    given = held.get((asked.person.number, asked.question))
    if given is None or given.answer not in asked.allowed:
        return asked
    return Asked(asked.question, asked.person, asked.hours, asked.usual, asked.cents, asked.day, given=given)
