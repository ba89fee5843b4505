"""The agenda with its motions and how each one voted, as facts."""

from datetime import datetime
from typing import Literal

from assemblies.minutes_text import facts
from assemblies.models import Assembly, Motion, MotionProposal, Poll, RollEntry
from coop.members.models import Member
from coop.statute.models import Cooperative


def items_of(assembly: Assembly, taken_back: frozenset[int], house: Cooperative) -> tuple[facts.Item, ...]:
    """Three statements, however many motions and votes."""
    motions: dict[int, list[facts.Motion]] = {}
    votes = _votes(assembly)
    moved = Motion.objects.filter(item__assembly=assembly).select_related(
        "mover", "seconder", "put", "poll__resolution"
    )
    for motion in moved:
        told = _motion(motion, votes, house, taken_back=motion.pk in taken_back)
        motions.setdefault(motion.item_id, []).append(told)
    return tuple(
        facts.Item(position=item.position, title=item.title, motions=tuple(motions.get(item.pk, ())))
        for item in assembly.items.all()
    )


def _motion(
    motion: Motion, votes: dict[int, list[facts.Vote]], house: Cooperative, *, taken_back: bool
) -> facts.Motion:
    poll: Poll | None = getattr(motion, "poll", None)
    put: MotionProposal | None = getattr(motion, "put", None)
    return facts.Motion(
        motion=motion.pk,
        title=motion.title,
        text=motion.text,
        mover=person_of(motion.mover),
        seconder=person_of(motion.seconder) if motion.seconder else None,
        taken_back=taken_back,
        put=_put(put) if put else None,
        poll=_poll(poll, votes.get(poll.pk, []), house) if poll else None,
    )


def _poll(poll: Poll, votes: list[facts.Vote], house: Cooperative) -> facts.Poll:
    if poll.closed_at is None or poll.yes is None or poll.no is None or poll.abstain is None:
        raise ValueError(f"poll {poll.pk} is open in a closed assembly")
    return facts.Poll(
        poll=poll.pk,
        opened_at=iso(poll.opened_at, house),
        closed_at=iso(poll.closed_at, house),
        majority=poll.majority,
        on_register=poll.on_register,
        present=poll.present,
        quorum=poll.quorum,
        quorum_source=poll.quorum_source,
        yes=poll.yes,
        no=poll.no,
        abstain=poll.abstain,
        adopted=bool(poll.adopted),
        resolution=str(poll.resolution) if poll.resolution else "",
        votes=tuple(votes),
    )


CHOICES: dict[str | None, Literal["yes", "no", "abstain", ""]] = {
    "yes": "yes",
    "no": "no",
    "abstain": "abstain",
    None: "",
}


def _votes(assembly: Assembly) -> dict[int, list[facts.Vote]]:
    """Every roll of the assembly with its ballots, by poll, sorted by name."""
    found = (
        RollEntry.objects.filter(poll__assembly=assembly)
        .order_by("member__sort_name", "member__number")
        .values_list(
            "poll_id", "member__number", "member__family_name", "member__given_names", "ballot__choice"
        )
    )
    votes: dict[int, list[facts.Vote]] = {}
    for poll, number, family, given, choice in found:
        called = Member(family_name=family, given_names=given)
        one = facts.Vote(number=number, name=called.name, listed=called.listed_name, choice=CHOICES[choice])
        votes.setdefault(poll, []).append(one)
    return votes


def _put(put: MotionProposal) -> facts.Put:
    """What its drafter shows of it (`coop.statute.proposals`); a drafter who shows nothing adds nothing."""
    shown = put.facts.get("shown") or {}
    return facts.Put(
        kind=put.kind,
        sha256=put.sha256,
        paragraphs=tuple(str(one) for one in shown.get("paragraphs", ())),
        tables=tuple(
            facts.Table(
                title=str(table.get("title", "")),
                columns=tuple(str(one) for one in table.get("columns", ())),
                rows=tuple(tuple(str(cell) for cell in row) for row in table.get("rows", ())),
            )
            for table in shown.get("tables", ())
        ),
    )


def person_of(member: Member) -> facts.Person:
    return facts.Person(number=member.number, name=member.name)


def iso(at: datetime, house: Cooperative) -> str:
    """The instant as it reads in the cooperative, with its offset."""
    return at.astimezone(house.tz).isoformat(timespec="seconds")
