from django.urls import URLPattern, path

from payroll.views import pay_accounts, pay_blank, pay_hours, pay_money, pay_receipts, pay_runs, pay_unit

urlpatterns: list[URLPattern] = [
    path("", pay_accounts.accounts, name="accounts"),
    path("horas/", pay_hours.import_hours, name="import_hours"),
    path("horas/planilla/", pay_blank.hours_form, name="hours_form"),
    path("horas/<uuid:key>/confirmar/", pay_hours.confirm_hours, name="confirm_hours"),
    path("horas/<int:sheet_id>/", pay_hours.hours, name="hours"),
    path("horas/<int:sheet_id>/responder/", pay_hours.answer, name="answer"),
    path("horas/<int:sheet_id>/preparar/", pay_runs.prepare, name="prepare"),
    path("liquidaciones/", pay_runs.runs, name="runs"),
    path("liquidaciones/<int:run_id>/", pay_runs.run, name="run"),
    path("liquidaciones/<int:run_id>/aprobar/", pay_runs.approve, name="approve"),
    path("liquidaciones/<int:run_id>/retirar/", pay_runs.withdraw, name="withdraw"),
    path("liquidaciones/<int:run_id>/recibos/", pay_runs.print_receipts, name="print_receipts"),
    path("liquidaciones/<int:run_id>/pagos/", pay_money.payments, name="payments"),
    path("recibos/", pay_receipts.receipts, name="receipts"),
    path("recibos/<int:payslip_id>/", pay_receipts.receipt, name="receipt"),
    path("recibos/<int:payslip_id>/visto/", pay_receipts.see, name="see_receipt"),
    path("recibos/<int:payslip_id>/objetar/", pay_receipts.object_to, name="object_to_receipt"),
    path("recibos/<int:payslip_id>/imprimir/", pay_receipts.print_receipt, name="print_receipt"),
    path("hora/", pay_unit.unit, name="unit"),
    path("hora/proponer/", pay_unit.draft_unit, name="draft_unit"),
    path("hora/propuestas/<int:proposal_id>/", pay_unit.unit_proposal, name="unit_proposal"),
    path("hora/propuestas/<int:proposal_id>/mocionar/", pay_unit.put_unit, name="put_unit"),
]
