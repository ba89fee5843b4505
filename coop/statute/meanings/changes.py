"""What one statute says otherwise than another, value by value, in sentences."""

from dataclasses import dataclass

from coop.statute.meanings.whole import Words, sections
from coop.statute.meanings.words import Line
from coop.statute.rules import Rules


@dataclass(frozen=True, slots=True)
class Change:
    """`before` or `after` is None where one of the two says nothing; each with its source."""

    section: str
    title: str
    label: str
    before: Line | None
    after: Line | None


def changes(before: Rules, after: Rules, matters: Words) -> tuple[Change, ...]:
    """In the order of the document as it will be; what goes away comes last in its section."""
    old, new = _lines(before, matters), _lines(after, matters)
    found = [
        Change(section, title, line.label, old[place][2] if place in old else None, line)
        for place, (section, title, line) in new.items()
        if place not in old or _said(old[place][2]) != _said(line)
    ]
    found += [
        Change(section, title, line.label, line, None)
        for place, (section, title, line) in old.items()
        if place not in new
    ]
    order = {section.key: number for number, section in enumerate(sections(after, matters))}
    return tuple(sorted(found, key=lambda change: order.get(change.section, len(order))))


def _lines(rules: Rules, matters: Words) -> dict[str, tuple[str, str, Line]]:
    return {
        line.place: (section.key, section.title, line)
        for section in sections(rules, matters)
        for line in section.lines
    }


def _said(line: Line) -> tuple[str, str, str]:
    return line.label, line.sentence, line.source
