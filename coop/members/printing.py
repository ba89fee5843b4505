"""The book of the register and what is held about a member, as documents."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.common.time import local_day
from coop.documents import domain as documents
from coop.documents.codes import seal
from coop.documents.kinds import Kind
from coop.documents.models import Document
from coop.members.downloads import book
from coop.members.held import held_about
from coop.members.models import Member
from coop.members.reading import GONE, Asked, as_of, lines
from coop.powers import Actor, Power, may, require
from coop.statute.domain import cooperative

BOOK, HELD = "register_book", "held"


def print_book(*, day: date, by: Actor, at: datetime) -> Document:
    """Everybody who had ever joined by `day`, as they were that day. Asks WITNESS: it holds documents.

    The same day printed again is the same document unless the register says something else of it now.
    """
    require(by, Power.WITNESS, at)
    today = local_day(at, cooperative().tz)
    members = [*lines(Asked(day=day), today), *lines(Asked(day=day, state=GONE), today)]
    facts = book(as_of(members, day, today), day=day)
    return documents.freeze(
        kind=BOOK,
        key=f"{day.isoformat()}/{seal(facts, ())[:32]}",
        title=_("Registro de asociados/as al %(day)s") % {"day": f"{day:%d/%m/%Y}"},
        facts=facts,
        by=by,
        at=at,
    )


def print_held(*, member: Member, at: datetime) -> Document:
    """What is held about the member, for the member alone. Once for each state of what is held."""
    facts = {
        "number": member.number,
        "name": member.name,
        "held": [
            {"title": held.title, "why": held.why, "columns": list(held.columns), "rows": list(held.rows)}
            for held in held_about(member.pk, at)
        ],
    }
    return documents.freeze(
        kind=HELD,
        key=f"{member.pk}/{seal(facts, ())[:32]}",
        title=_("Lo que la cooperativa guarda de vos"),
        facts=facts,
        by=member.actor,
        at=at,
    )


def _may_read_book(document: Document, member_id: int, at: datetime) -> bool:
    reader = Member.objects.filter(pk=member_id).first()
    return reader is not None and may(reader.actor, Power.WITNESS, at)


def _only_theirs(document: Document, member_id: int, at: datetime) -> bool:
    return document.key.partition("/")[0] == str(member_id)


def _register(document: Document, member_id: int) -> str:
    return f"{reverse('members:register')}?dia={document.key.partition('/')[0]}"


def _mine(document: Document, member_id: int) -> str:
    return reverse("members:held") if _only_theirs(document, member_id, document.frozen_at) else ""


KINDS = (
    Kind(
        name=BOOK,
        label=gettext_lazy("Libro de registro de asociados/as"),
        template="members/pdf/book.html",
        may_read=_may_read_book,
        public_title=True,
        page=_register,
    ),
    Kind(
        name=HELD,
        label=gettext_lazy("Datos personales"),
        template="members/pdf/held.html",
        may_read=_only_theirs,
        page=_mine,
    ),
)
