"""The demonstration's statute: the model one with five on the council and responsibilities outside it."""

from dataclasses import replace

from coop.statute.rules import BYLAWS, MODEL_STATUTE, Position, PositionRules, key_of

# As long as the council's, so that the file's years move with it.
MONTHS = 24


def _position(kind: str, section: str, name: str, holders: int = 1) -> Position:
    return Position(
        key=key_of(kind, section, name),
        name=name,
        kind=kind,  # type: ignore[arg-type]
        holders=holders,
        term_months=MONTHS,
        source=BYLAWS,
        section=section,
        most_terms=1,
        cool_off_years=2,
        everyone_once=kind == "delegate",
    )


RULES = replace(
    MODEL_STATUTE,
    council=replace(MODEL_STATUTE.council, seats=5),
    rotation=replace(MODEL_STATUTE.rotation, balance=("sections",)),
    positions=PositionRules(
        held=(
            _position("coordinator", "Hornos", "Coordinación de Hornos"),
            _position("coordinator", "Mantenimiento", "Coordinación de Mantenimiento"),
            _position("coordinator", "Expedición", "Coordinación de Expedición"),
            _position("commission", "", "Comisión de seguridad e higiene", holders=3),
            _position("delegate", "Ventas", "Delegación de Ventas"),
        ),
        source=BYLAWS,
    ),
)
