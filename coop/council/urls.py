from django.urls import path

from coop.council import views

app_name = "council"
urlpatterns = [path("consejo/", views.seats, name="seats")]
