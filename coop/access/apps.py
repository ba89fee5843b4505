from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "coop.access"
    label = "access"
