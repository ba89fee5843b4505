from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "coop.common"
    label = "common"
