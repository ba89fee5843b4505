"""How a poll went, told from its figures."""

from collections.abc import Iterator

from assemblies.minutes_text.blocks import Block
from assemblies.minutes_text.facts import Item, Motion, Poll, Vote
from assemblies.minutes_text.words import SHARES, counted, hour, listing

CHOICES = {
    "yes": "Por la afirmativa",
    "no": "Por la negativa",
    "abstain": "Se abstuvieron",
    "": "No votaron",
}


def told(poll: Poll) -> Iterator[str]:
    """The vote, who abstained, the rule, and what was resolved: a sentence each."""
    voters = counted(poll.present, "persona presente", "personas presentes")
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
    """The majority, its article, and what it came to; abstentions do not count (ET 41)."""
    majority, base = poll.majority, poll.yes + poll.no
    share = SHARES.get(
        (majority.numerator, majority.denominator), f"{majority.numerator}/{majority.denominator}"
    )
    asked = f"más de {share}" if majority.strict else f"{share} o más"
    whole = f"{asked} de los votos afirmativos y negativos, sin contar las abstenciones ({majority.source})"
    if not base:
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
    """How each one voted, poll by poll: the lists of the named vote."""
    yield Block("heading", "ANEXO – VOTACIONES NOMINALES", anchor="votaciones", annex=True)
    for item, motion, poll in polls:
        yield Block("subheading", f"Punto {item.position}: «{motion.title}»")
        for choice, title in CHOICES.items():
            chosen = [vote for vote in poll.votes if vote.choice == choice]
            if chosen:
                names = "; ".join(_named(vote) for vote in chosen)
                yield Block("text", f"{title} ({len(chosen)}): {names}.")
            elif choice:
                yield Block("text", f"{title}: nadie.")


def _named(vote: Vote) -> str:
    return f"{vote.listed} (N.º {vote.number})"
