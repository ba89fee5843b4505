from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "coop.documents"
    label = "documents"
