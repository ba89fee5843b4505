from django.apps import AppConfig


class AssembliesConfig(AppConfig):
    name = "assemblies"

    def ready(self) -> None:
        from assemblies.cards import assembly_cards
        from assemblies.minutes_cards import minutes_cards
        from assemblies.minutes_printing import PRINTED
        from assemblies.minutes_proof import MINUTES
        from assemblies.proofs import PROOFS
        from coop.common.home import offers_cards
        from coop.common.proof import proves
        from coop.documents.kinds import register

        offers_cards(assembly_cards)
        offers_cards(minutes_cards)
        register(PRINTED)
        for proof in (*PROOFS, MINUTES):
            proves(proof)
