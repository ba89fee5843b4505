from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "coop.members"
    label = "members"

    def ready(self) -> None:
        from coop.members.wiring import wire

        wire()
