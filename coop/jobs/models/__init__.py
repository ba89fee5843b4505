from coop.jobs.models.skills import Confirmation, Skill
from coop.jobs.models.tasks import Task
from coop.jobs.models.turns import Away, Swap, Turn

__all__ = ["Away", "Confirmation", "Skill", "Swap", "Task", "Turn"]
