"""What somebody knows that an office is easier with. Never a condition: everybody learns by holding one."""

from collections.abc import Iterable, Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Skill(TextChoices):
    """The value is stored; people add words of their own beside these."""

    ACCOUNTS = "accounts", _("cuentas y números")
    WRITING = "writing", _("leer y redactar actas y notas")
    SPEAKING = "speaking", _("coordinar reuniones y hablar en público")
    COMPUTING = "computing", _("manejar la computadora y el celular")
    PAPERWORK = "paperwork", _("trámites en bancos y oficinas")
    MEDIATING = "mediating", _("escuchar y mediar en conflictos")
    FLOOR = "floor", _("conocer el trabajo de toda la planta")


HELPS: Mapping[str, frozenset[str]] = {
    "president": frozenset({Skill.SPEAKING, Skill.MEDIATING, Skill.PAPERWORK}),
    "secretary": frozenset({Skill.WRITING, Skill.COMPUTING}),
    "treasurer": frozenset({Skill.ACCOUNTS, Skill.COMPUTING, Skill.PAPERWORK}),
    "member": frozenset({Skill.FLOOR, Skill.MEDIATING}),
    "auditor": frozenset({Skill.ACCOUNTS, Skill.WRITING}),
    "coordinator": frozenset({Skill.FLOOR, Skill.MEDIATING}),
    "commission": frozenset({Skill.SPEAKING}),
    "delegate": frozenset({Skill.SPEAKING}),
}


def helps(office: str, position_kind: str = "") -> frozenset[str]:
    return HELPS.get(position_kind or office, frozenset())


def skill_name(skill: str) -> str:
    return str(Skill(skill).label) if skill in Skill.values else skill


def skill_names(skills: Iterable[str]) -> list[str]:
    return [skill_name(one) for one in skills]
