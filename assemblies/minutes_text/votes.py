"""How a poll went, told from its figures."""

from collections import Counter
from collections.abc import Iterator

from assemblies.minutes_text.blocks import Block, Column
from assemblies.minutes_text.facts import Item, Motion, Poll
from assemblies.minutes_text.words import SHARES, counted, hour, listing, sentence_case
from coop.common.names import sort_key

# What a majority is taken of, by its base and by what becomes of who abstains.
BASES = {
    ("cast", "absent"): "los votos afirmativos y negativos, sin contar las abstenciones",
    ("cast", "counted"): "los votos emitidos, contadas las abstenciones",
    ("present", "absent"): "las personas presentes con voto, sin contar a quienes se abstienen",
    ("present", "counted"): "las personas presentes con voto",
    ("roll", "absent"): "el registro de asociados/as",
    ("roll", "counted"): "el registro de asociados/as",
}

SAID = {"yes": "SÍ", "no": "NO", "abstain": "ABST.", "": "no votó"}
NOT_THERE = "—"
PER_TABLE = 8


def told(poll: Poll) -> Iterator[str]:
    """The vote, who abstained, the rule, and what was resolved: a sentence each."""
    voters = counted(poll.present, "persona presente", "personas presentes")
    # The roll has a line for each who had a vote.
    if voice_only := poll.present - len(poll.votes):
        voters += f", {voice_only} de ellas con voz y sin voto,"
    yield (
        f"Se pone a votación nominal siendo {hour(poll.opened_at)}, con {voters} sobre un padrón de "
        f"{poll.on_register}; el quórum pedía {poll.quorum} ({poll.quorum_source})."
    )
    yield f"Resultado: {figures(poll)}."
    if abstained := [vote.name for vote in poll.votes if vote.choice == "abstain"]:
        yield f"Se {'abstiene' if len(abstained) == 1 else 'abstienen'}: {listing(abstained)}."
    yield f"Mayoría requerida: {rule(poll)}."
    yield verdict(poll)


def figures(poll: Poll) -> str:
    """`39 votos afirmativos, 22 negativos y 3 abstenciones; 4 personas habilitadas no votaron`."""
    parts = [
        counted(poll.yes, "voto afirmativo", "votos afirmativos", "ningún voto afirmativo"),
        counted(poll.no, "negativo", "negativos", "ninguno negativo"),
    ]
    abstained = counted(poll.abstain, "abstención", "abstenciones", "ninguna abstención")
    silent = silent_in(poll)
    rest = ""
    if silent:
        who = "persona habilitada no votó" if silent == 1 else "personas habilitadas no votaron"
        rest = f"; {silent} {who}"
    return f"{', '.join(parts)} y {abstained}{rest}"


def silent_in(poll: Poll) -> int:
    return sum(1 for vote in poll.votes if not vote.choice)


def rule(poll: Poll) -> str:
    """The majority, its article, and what it came to; as a rule abstentions do not count (ET 41)."""
    majority = poll.majority
    base = majority.base_of(
        yes=poll.yes, no=poll.no, abstain=poll.abstain, present=len(poll.votes), on_roll=poll.on_register
    )
    share = SHARES.get(
        (majority.numerator, majority.denominator), f"{majority.numerator}/{majority.denominator}"
    )
    asked = f"más de {share}" if majority.strict else f"{share} o más"
    whole = f"{asked} de {BASES[majority.base, majority.abstention]} ({majority.source})"
    if not poll.yes + poll.no:
        return f"{whole}; no los hubo"
    needed = majority.needed(base)
    return f"{whole}; {'hacía falta' if needed == 1 else 'hacían falta'} {needed} de {base}"


def verdict(poll: Poll) -> str:
    alone = not poll.abstain and not silent_in(poll)
    if poll.adopted:
        how = "por unanimidad" if alone and not poll.no else "sin votos en contra" if not poll.no else ""
        end = f"APROBAR la moción, que queda como resolución N.º {poll.resolution}."
    else:
        how = "por unanimidad" if alone and poll.no and not poll.yes else ""
        end = "RECHAZAR la moción."
    return f"Se resuelve{f', {how}' if how else ''}: {end}"


def annex(polls: list[tuple[Item, Motion, Poll]]) -> Iterator[Block]:
    """How each one voted: a line for each person, a column for each named vote, so many to a table."""
    yield Block("heading", "ANEXO – VOTACIONES NOMINALES", anchor="votaciones", annex=True)
    held = list(zip(_labels(polls), polls, strict=True))
    yield Block(
        "list",
        "Cada votación, con el punto en que se hizo:",
        lines=tuple(
            f"{label}: «{motion.title}». {sentence_case(figures(poll))}."
            for label, (_item, motion, poll) in held
        ),
    )
    for start in range(0, len(held), PER_TABLE):
        yield _table([(label, poll) for label, (_item, _motion, poll) in held[start : start + PER_TABLE]])


def _labels(polls: list[tuple[Item, Motion, Poll]]) -> Iterator[str]:
    """`2.1` is the first vote of the second item."""
    held: Counter[int] = Counter()
    for item, _motion, _poll in polls:
        held[item.position] += 1
        yield f"{item.position}.{held[item.position]}"


def _table(columns: list[tuple[str, Poll]]) -> Block:
    people = {vote.number: vote.listed for _label, poll in columns for vote in poll.votes}
    cast = [{vote.number: SAID[vote.choice] for vote in poll.votes} for _label, poll in columns]
    order = sorted(people, key=lambda number: (sort_key(people[number]), number))
    return Block(
        "table",
        anchor=f"Votaciones {columns[0][0]} a {columns[-1][0]}",
        columns=(
            Column("N.º", figures=True),
            Column("Apellido y nombre", head=True),
            *(Column(label) for label, _poll in columns),
        ),
        rows=tuple(
            (str(number), people[number], *(votes.get(number, NOT_THERE) for votes in cast))
            for number in order
        ),
    )
