from django.apps import AppConfig


class AssembliesConfig(AppConfig):
    name = "assemblies"

    def ready(self) -> None:
        from assemblies import hall_room, mandates_told
        from assemblies.cards import assembly_cards
        from assemblies.held_here import assemblies_held
        from assemblies.mandate_cards import mandate_cards
        from assemblies.minutes_cards import minutes_cards
        from assemblies.minutes_printing import PRINTED
        from assemblies.minutes_proof import MINUTES
        from assemblies.proofs import PROOFS
        from assemblies.proofs_mandates import MANDATES_PROOF
        from assemblies.put_room import standing_of
        from coop.access import assembly_day
        from coop.common.home import offers_cards
        from coop.common.proof import proves
        from coop.documents.kinds import register
        from coop.members.held import holds
        from coop.record.models import Act
        from coop.record.telling import tells
        from coop.statute.proposals import whereabouts

        offers_cards(assembly_cards)
        offers_cards(minutes_cards)
        offers_cards(mandate_cards)
        holds(assemblies_held)
        register(PRINTED)
        whereabouts(standing_of)
        for proof in (*PROOFS, MANDATES_PROOF, MINUTES, hall_room.HALL):
            proves(proof)
        assembly_day(hall_room.is_assembly_day)
        tells({Act.HALL_OPENED: hall_room.opened, Act.HALL_CLOSED: hall_room.closed})
        tells({Act.MANDATE_GIVEN: mandates_told.given, Act.MANDATE_CLOSED: mandates_told.closed})
