from django.apps import AppConfig


class StatuteConfig(AppConfig):
    name = "coop.statute"
    label = "statute"
