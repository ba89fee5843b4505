from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "coop.record"
    label = "record"
