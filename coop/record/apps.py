from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "coop.record"
    label = "record"

    def ready(self) -> None:
        from coop.common.proof import proves
        from coop.record.proofs import RECORD

        proves(RECORD)
