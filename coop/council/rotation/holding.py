"""What rotation holds about a member."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from coop.council.models import Declaration, Gender
from coop.council.rotation.skills import skill_names
from coop.council.rotation.told import office_name
from coop.members.held import Held


def about(member_id: int, at: datetime) -> Iterable[Held]:
    rows = [
        (
            date_format(localtime(one.at), "SHORT_DATETIME_FORMAT"),
            _("sí") if one.willing else _("no"),
            ", ".join(office_name(office) for office in one.offices)
            or (_("cualquiera") if one.willing else ""),
            ", ".join(skill_names(one.skills)),
            ", ".join(map(str, one.kin)),
            str(Gender(one.gender).label),
        )
        for one in Declaration.objects.filter(member_id=member_id, at__lte=at).order_by("position")
    ]
    if rows:
        yield Held(
            "offers_to_serve",
            _("Si cuentan con vos para los cargos"),
            (_("Cuándo"), _("Cuenten conmigo"), _("Cargos"), _("Sabe"), _("Parientes"), _("Género")),
            rows,
            _(
                "Lo declarás vos. El sí o el no, los cargos y lo que sabés los lee cada asociado/a. El "
                "género solo sirve para que las listas salgan parejas y nadie más lo ve; tus parientes, "
                "para que la sindicatura no controle a su familia."
            ),
        )
