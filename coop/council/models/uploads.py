import uuid

from django.db import models

from coop.members.models import Member


class TermsUpload(models.Model):
    """A file of terms between its preview and its confirmation; forgotten after a day."""

    app_may_delete = True

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=200)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name
