from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "coop.jobs"
    label = "jobs"

    def ready(self) -> None:
        from coop.jobs.wiring import wire

        wire()
