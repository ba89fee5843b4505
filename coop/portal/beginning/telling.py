"""How the record tells that a cooperative was begun, from the act's facts alone."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from coop.record.models import Act
from coop.record.telling import Facts, Tell


def _begun(facts: Facts) -> str:
    return _(
        "Puesta en marcha de %(cooperative)s con «%(statute)s»: %(members)d personas en el registro, "
        "%(terms)d mandatos, %(resolutions)d resoluciones del libro por confirmar. La primera tarjeta "
        "de alta es para %(secretary_name)s, N.º %(secretary)d."
    ) % {name: facts[name] for name in facts}


WORDS: Mapping[Act, Tell] = {Act.BEGUN: _begun}
