from django.apps import AppConfig


class AssembliesConfig(AppConfig):
    name = "assemblies"

    def ready(self) -> None:
        from assemblies.cards import assembly_cards
        from coop.common.home import offers_cards

        offers_cards(assembly_cards)
