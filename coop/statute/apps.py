from django.apps import AppConfig


class StatuteConfig(AppConfig):
    name = "coop.statute"
    label = "statute"

    def ready(self) -> None:
        from coop.common.proof import proves
        from coop.documents.house import House, house_answers
        from coop.statute.domain import cooperative
        from coop.statute.proofs import NUMBERED

        def whose() -> House:
            known = cooperative()
            return House(name=known.name, zone=known.zone, language=known.language)

        house_answers(whose)
        proves(NUMBERED)
