from django.apps import AppConfig


class AssembliesConfig(AppConfig):
    name = "assemblies"

    def ready(self) -> None:
        from assemblies.cards import assembly_cards
        from assemblies.proofs import PROOFS
        from coop.common.home import offers_cards
        from coop.common.proof import proves

        offers_cards(assembly_cards)
        for proof in PROOFS:
            proves(proof)
