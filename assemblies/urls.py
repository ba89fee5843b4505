from django.urls import path

from assemblies import views

app_name = "assemblies"
urlpatterns = [
    path("votaciones/<int:poll_id>/voto/", views.ballot_cast, name="cast"),
    path("", views.assembly_list, name="list"),
    path("convocar/", views.convene, name="convene"),
    path("<int:assembly_id>/", views.detail, name="detail"),
    path("<int:assembly_id>/vivo/", views.live, name="live"),
    path("<int:assembly_id>/tablero/", views.board, name="board"),
    path("<int:assembly_id>/tablero/vivo/", views.board_live, name="board_live"),
    path("<int:assembly_id>/abrir/", views.session_open, name="open"),
    path("<int:assembly_id>/levantar/", views.session_close, name="close"),
    path("<int:assembly_id>/punto/", views.item_show, name="item"),
    path("<int:assembly_id>/presente/", views.check_in, name="check_in"),
    path("<int:assembly_id>/asistencia/", views.attendance, name="attendance"),
    path("<int:assembly_id>/asistencia/vivo/", views.attendance_live, name="attendance_live"),
    path("<int:assembly_id>/asistencia/anotar/", views.tick, name="tick"),
    path("<int:assembly_id>/mocionar/", views.move, name="move"),
    path("actas/", views.minutes_book, name="minutes_book"),
    path("<int:assembly_id>/acta/", views.minutes, name="minutes"),
    path("<int:assembly_id>/acta/redactar/", views.minutes_write, name="minutes_write"),
    path("<int:assembly_id>/acta/firmantes/", views.minutes_signers, name="minutes_signers"),
    path("<int:assembly_id>/acta/cerrar/", views.minutes_close, name="minutes_close"),
    path("mociones/<int:motion_id>/apoyar/", views.second, name="second"),
    path("mociones/<int:motion_id>/retirar/", views.withdraw, name="withdraw"),
    path("mociones/<int:motion_id>/votar/", views.poll_open, name="poll_open"),
    path("votaciones/<int:poll_id>/", views.poll, name="poll"),
    path("votaciones/<int:poll_id>/vivo/", views.poll_live, name="poll_live"),
    path("votaciones/<int:poll_id>/cerrar/", views.poll_close, name="poll_close"),
    path("votaciones/<int:poll_id>/lista/", views.named_list, name="named_list"),
]
