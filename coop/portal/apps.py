from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "coop.portal"
    label = "portal"
