"""Shares and what is paid in, the queue of refunds, bank accounts and how each one is paid."""

from coop.shares.models.bank import BankChange, PaymentMethod
from coop.shares.models.capital import Payment, Subscription, WayChosen
from coop.shares.models.refunds import Loss, RefundPayment, RefundRequest, RefundYear

__all__ = [
    "BankChange",
    "Loss",
    "Payment",
    "PaymentMethod",
    "RefundPayment",
    "RefundRequest",
    "RefundYear",
    "Subscription",
    "WayChosen",
]
