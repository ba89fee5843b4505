from django.urls import URLPattern, path

from coop.council import views_pictures

urlpatterns: list[URLPattern] = [
    path("consejo/historia/", views_pictures.history, name="history"),
    path("consejo/historia/planilla/", views_pictures.history_csv, name="history_csv"),
]
