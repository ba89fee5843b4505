from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "coop.members"
    label = "members"
