from django.apps import AppConfig


class PayrollConfig(AppConfig):
    name = "payroll"

    def ready(self) -> None:
        from payroll.surplus_room import furnish
        from payroll.wiring_pay import wire

        wire()
        furnish()
