"""What `manage.py verify` recomputes of the record: the whole chain, from the first act."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.common.proof import Broken, Checked, Proof
from coop.common.rows import AT_A_TIME
from coop.record.domain import first_break
from coop.record.models import Entry


class _Counted:
    """Counts what goes through."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries, self.rows = entries, 0

    def __iter__(self) -> Iterator[Entry]:
        for entry in self.entries:
            self.rows += 1
            yield entry


def chain() -> Checked:
    """Each act's seal, order and shown columns follow from the acts before it."""
    entries = _Counted(Entry.objects.order_by("position").iterator(chunk_size=AT_A_TIME))
    position = first_break(entries)
    if position is None:
        return Checked(rows=entries.rows)
    says = _("falta, o no dice lo que se selló, o no sigue del acto anterior")
    return Checked(rows=entries.rows, broken=Broken(row=_("acto %(n)s") % {"n": position}, says=says))


RECORD = Proof(name="record", label=gettext_lazy("Libro de actos"), run=chain)
