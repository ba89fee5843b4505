from django.apps import AppConfig


class StatuteConfig(AppConfig):
    name = "coop.statute"
    label = "statute"

    def ready(self) -> None:
        from coop.common.proof import proves
        from coop.record.models import Act
        from coop.record.telling import tells
        from coop.statute import book_told
        from coop.statute.proofs import NUMBERED
        from coop.statute.wiring import wire

        proves(NUMBERED)
        tells({Act.RESOLUTIONS_ENTERED: book_told.entered, Act.RESOLUTIONS_CONFIRMED: book_told.confirmed})
        wire()
