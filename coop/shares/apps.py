from django.apps import AppConfig


class SharesConfig(AppConfig):
    name = "coop.shares"
    label = "shares"

    def ready(self) -> None:
        from coop.shares.wiring import wire

        wire()
