from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from coop.access.domain import mail_codes, passkeys
from coop.access.models import MailCode
from coop.statute.domain import cooperative


@shared_task
def send_mail_code(key: str) -> None:
    """Twice does no harm: it is the same code."""
    code = MailCode.objects.filter(pk=key, used_at__isnull=True).first()
    if code is None or code.made_at <= timezone.now() - mail_codes.HOLDS:
        return
    house = cooperative()
    with translation.override(house.language):
        digits = mail_codes.digits(code)
        body = _(
            "Tu código para ingresar en %(house)s es %(code)s.\n\n"
            "Sirve una vez, durante 10 minutos, en el aparato donde lo pediste. Si no lo pediste vos, no lo "
            "uses ni se lo pases a nadie: sin él no entra nadie."
        ) % {"house": house.name, "code": f"{digits[:4]} {digits[4:]}"}
        subject = _("Código para ingresar en %(house)s") % {"house": house.name}
        EmailMessage(subject, body, settings.EMAIL_FROM, [code.email]).send()


@shared_task
def forget_unanswered() -> None:
    now = timezone.now()
    passkeys.forget(now)
    mail_codes.forget(now)
