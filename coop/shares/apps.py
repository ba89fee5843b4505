from django.apps import AppConfig


class SharesConfig(AppConfig):
    name = "coop.shares"
    label = "shares"
