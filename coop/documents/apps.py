from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "coop.documents"
    label = "documents"

    def ready(self) -> None:
        from coop.common.proof import Proof, proves
        from coop.documents import proof, queueing, sending

        queueing.sends(sending.send_parts)
        proves(Proof(name="documents", label=_("Documentos"), run=proof.run))
