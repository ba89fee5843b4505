from django.urls import path

from coop.council import (
    urls_handover,
    urls_pictures,
    urls_powers,
    urls_rotation,
    urls_terms,
    views,
)

app_name = "council"
urlpatterns = [
    path("consejo/", views.seats, name="seats"),
    *urls_terms.urlpatterns,
    *urls_powers.urlpatterns,
    *urls_rotation.urlpatterns,
    *urls_handover.urlpatterns,
    *urls_pictures.urlpatterns,
]
