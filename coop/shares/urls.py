from django.urls import path

from coop.shares import views, views_bank, views_desk, views_refunds

app_name = "shares"
urlpatterns = [
    path("cuotas-sociales/", views.mine, name="mine"),
    path("cuotas-sociales/<int:subscription_id>/forma/", views.choose_way, name="choose_way"),
    path("cuotas-sociales/certificado/", views.certificate, name="certificate"),
    path("cuotas-sociales/tesoreria/", views_desk.everybody, name="everybody"),
    path("cuotas-sociales/tesoreria/abrir/", views_desk.open_balances, name="open_balances"),
    path("cuotas-sociales/tesoreria/<int:number>/", views_desk.person, name="person"),
    path("cuotas-sociales/tesoreria/<int:number>/suscribir/", views_desk.subscribe, name="subscribe"),
    path("cuotas-sociales/tesoreria/<int:number>/cobrar/", views_desk.pay, name="pay"),
    path("cuotas-sociales/pagos/<int:payment_id>/anular/", views_desk.take_back, name="take_back"),
    path("cuotas-sociales/reembolsos/", views_refunds.refunds, name="refunds"),
    path("cuotas-sociales/reembolsos/pedir/", views_refunds.ask, name="ask_refund"),
    path("cuotas-sociales/reembolsos/perdida/", views_refunds.loss, name="loss"),
    path("cuotas-sociales/reembolsos/<int:request_id>/pagar/", views_refunds.pay, name="pay_refund"),
    path("mi-cuenta-bancaria/", views_bank.mine, name="bank"),
    path("mi-cuenta-bancaria/pedir/", views_bank.ask, name="ask_bank"),
    path("mi-cuenta-bancaria/forma/", views_bank.method, name="method"),
    path("mi-cuenta-bancaria/<int:change_id>/confirmar/", views_bank.confirm_own, name="confirm_own"),
    path("cuentas-bancarias/", views_bank.changes, name="bank_changes"),
    path("cuentas-bancarias/pedir/", views_bank.ask_for, name="ask_bank_for"),
    path("cuentas-bancarias/<int:change_id>/confirmar/", views_bank.confirm_second, name="confirm_second"),
    path("cuentas-bancarias/<int:change_id>/sin-efecto/", views_bank.drop, name="drop_bank"),
]
