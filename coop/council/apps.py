from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "coop.council"
    label = "council"

    def ready(self) -> None:
        from coop.council.domain import powers_held
        from coop.powers import holders_answer

        holders_answer(powers_held)
