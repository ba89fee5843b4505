from coop.members.models.register import Member, MemberQuerySet, RegisterUpload
from coop.members.models.signing import Account, FailedSignIn, SignIn, Way

__all__ = ["Account", "FailedSignIn", "Member", "MemberQuerySet", "RegisterUpload", "SignIn", "Way"]
