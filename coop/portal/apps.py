from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "coop.portal"
    label = "portal"

    def ready(self) -> None:
        from coop.common.home import offers_cards
        from coop.portal import resting_here
        from coop.portal.beginning.telling import WORDS
        from coop.portal.doctor import tasks as tasks  # a worker finds the heartbeat by it
        from coop.portal.paper_cards import paper_cards
        from coop.portal.record_words import sentences
        from coop.record.telling import reads, tells

        tells(WORDS)
        reads(sentences)
        offers_cards(paper_cards)
        resting_here.wire()
