from django.apps import AppConfig


class PowersConfig(AppConfig):
    name = "coop.powers"
    label = "powers"
