"""Minutes as a document: any member may have a copy (ET 44)."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coop.documents.kinds import Kind
from coop.documents.models import Document
from coop.members.models import Member
from coop.statute.models import day_of


def may_read(document: Document, member_id: int, at: datetime) -> bool:
    """Whoever is on the register that day."""
    return Member.objects.on_register(day_of(at)).filter(pk=member_id).exists()


def printed_from(document: Document, member_id: int) -> str:
    return reverse("assemblies:minutes", args=[int(document.key.rpartition(":")[2])])


# The title names the assembly and its day, nobody in person.
PRINTED = Kind(
    name="minutes",
    label=_("Acta"),
    template="assemblies/pdf/minutes.html",
    may_read=may_read,
    public_title=True,
    page=printed_from,
    room="assemblies",
)
