"""What this room registers with the rooms below and with itself: called once, from AppConfig.ready."""

from coop.members import record_words, voice, voice_rules


def wire() -> None:
    record_words.tell_ours()
    voice.hinders(voice_rules.hindered)
