from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "coop.ledger"
    label = "ledger"

    def ready(self) -> None:
        from coop.common.proof import proves
        from coop.ledger.proofs import LEDGER, OWNERS

        proves(LEDGER)
        proves(OWNERS)
