from coop.members.models.facts import MemberFact, Period
from coop.members.models.joining import Application, ApplicationAnswer
from coop.members.models.privacy import Contact, ContactChange, Look
from coop.members.models.register import Member, MemberQuerySet, RegisterUpload
from coop.members.models.sanctions import SanctionFile, SanctionStep
from coop.members.models.sections import Posting, Section, SectionName
from coop.members.models.signing import Account, FailedSignIn, SignIn, Way

__all__ = [
    "Account",
    "Application",
    "ApplicationAnswer",
    "Contact",
    "ContactChange",
    "FailedSignIn",
    "Look",
    "Member",
    "MemberFact",
    "MemberQuerySet",
    "Period",
    "Posting",
    "RegisterUpload",
    "SanctionFile",
    "SanctionStep",
    "Section",
    "SectionName",
    "SignIn",
    "Way",
]
