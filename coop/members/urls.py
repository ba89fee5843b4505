from django.urls import path

from coop.members import views_account, views_import, views_register, views_sign_in

app_name = "members"
urlpatterns = [
    path("ingresar/", views_sign_in.enter, name="sign_in"),
    path("salir/", views_sign_in.leave, name="sign_out"),
    path("clave/", views_sign_in.choose_password, name="choose_password"),
    path("mi-cuenta/", views_account.account, name="account"),
    path("mi-cuenta/sesiones/cerrar/", views_account.end_everywhere, name="end_everywhere"),
    path("mi-cuenta/sesiones/<uuid:key>/cerrar/", views_account.end_sign_in, name="end_sign_in"),
    path("registro/", views_register.register, name="register"),
    path("registro/importar/", views_import.import_register, name="import_register"),
    path("registro/importar/<uuid:key>/", views_import.confirm_import, name="confirm_import"),
    path("registro/<int:number>/", views_register.member, name="member"),
]
