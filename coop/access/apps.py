from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "coop.access"
    label = "access"

    def ready(self) -> None:
        from coop.access import telling, views_enter
        from coop.access.held_devices import devices_held
        from coop.access.home_cards import witness_cards
        from coop.access.proofs import DEVICES_PROOF
        from coop.common.home import offers_cards
        from coop.common.proof import proves
        from coop.members.held import holds
        from coop.members.ways_in import offers_way_in

        telling.tell()
        proves(DEVICES_PROOF)
        offers_cards(witness_cards)
        holds(devices_held)
        offers_way_in(views_enter.pin_way)
        offers_way_in(views_enter.passkey_way)
        offers_way_in(views_enter.mail_way)
