from django.urls import path

from coop.jobs import views, views_acts

app_name = "jobs"
urlpatterns = [
    path("trabajo/", views.work, name="work"),
    path("trabajo/nueva/", views.new_task, name="new_task"),
    path("trabajo/planilla/", views.work_csv, name="work_csv"),
    path("trabajo/ausencias/", views.away, name="away"),
    path("trabajo/ausencias/<int:away_id>/", views_acts.away_off, name="away_off"),
    path("trabajo/<int:task_id>/", views.task, name="task"),
    path("trabajo/<int:task_id>/se-hacerla/", views_acts.declare, name="declare"),
    path("trabajo/<int:task_id>/turno/", views_acts.arrange, name="arrange"),
    path("trabajo/<int:task_id>/cambiar/", views_acts.change, name="change"),
    path("trabajo/<int:task_id>/cerrar/", views_acts.close, name="close"),
    path("trabajo/saber/<int:skill_id>/confirmar/", views_acts.confirm, name="confirm"),
    path("trabajo/turnos/<int:turn_id>/sin-efecto/", views_acts.call_off, name="call_off"),
    path("trabajo/turnos/<int:turn_id>/ofrecer/", views_acts.offer_swap, name="offer_swap"),
    path("trabajo/cambios/<int:swap_id>/", views_acts.answer_swap, name="answer_swap"),
]
