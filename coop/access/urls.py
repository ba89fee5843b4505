from django.urls import path

from coop.access import views_cards, views_devices, views_enrol, views_enter, views_hall, views_witness

app_name = "access"
urlpatterns = [
    # From a card to a device.
    path("alta/", views_enrol.type_code, name="type_code"),
    path("alta/elegir/", views_enrol.choose, name="choose"),
    path("alta/llave/", views_enrol.choose_passkey, name="choose_passkey"),
    path("alta/llave/pedir/", views_enrol.new_passkey_options, name="new_passkey_options"),
    path("alta/clave/", views_enrol.choose_password, name="choose_password"),
    path("alta/pin-de-sala/", views_hall.enrol_hall_pin, name="enrol_hall_pin"),
    path("alta/espera/", views_enrol.waiting, name="waiting"),
    path("alta/espera/estado/", views_enrol.waiting_live, name="waiting_live"),
    path("alta/testigos/", views_witness.witnesses, name="witnesses"),
    path("alta/testigos/<uuid:key>/", views_witness.confirm, name="witness"),
    path("alta/testigos/<uuid:key>/rechazar/", views_witness.turn_away, name="turn_away"),
    path("alta/tarjetas/", views_cards.print_cards, name="cards"),
    path("alta/tarjetas/<uuid:key>/anular/", views_cards.void_card, name="void_card"),
    path("registro/<int:number>/tarjeta/", views_cards.card, name="card"),
    # Signing in with a device.
    path("ingresar/pin/", views_enter.enter_pin, name="enter_pin"),
    path("ingresar/llave/", views_enter.enter_passkey, name="enter_passkey"),
    path("ingresar/llave/pedir/", views_enter.passkey_options, name="passkey_options"),
    path("ingresar/correo/", views_enter.ask_mail, name="ask_mail"),
    path("ingresar/correo/codigo/", views_enter.mail_code, name="mail_code"),
    path("mi-cuenta/pin-de-sala/", views_hall.hall_pin, name="hall_pin"),
    path("mi-cuenta/aparatos/", views_devices.mine, name="devices"),
    path("mi-cuenta/aparatos/<uuid:key>/baja/", views_devices.void, name="void_device"),
    # Last: whatever else follows /alta/ is the code of a card.
    path("alta/<str:code>/", views_enrol.card, name="enrol"),
]
