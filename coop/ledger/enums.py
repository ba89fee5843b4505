from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountKind(models.TextChoices):
    """What a balance means. Lines are debit positive, credit negative, whatever the kind."""

    ASSET = "asset", _("Activo")
    LIABILITY = "liability", _("Pasivo")
    EQUITY = "equity", _("Patrimonio")
    INCOME = "income", _("Ingresos")
    EXPENSE = "expense", _("Gastos")

    @property
    def sign(self) -> int:
        """1 when debits make the balance grow, -1 when credits do: what a person calls a positive balance."""
        return 1 if self in (AccountKind.ASSET, AccountKind.EXPENSE) else -1
