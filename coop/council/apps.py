from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "coop.council"
    label = "council"

    def ready(self) -> None:
        from coop.council.wiring import wire

        wire()
