from django.urls import URLPattern, path

from coop.council import views_powers

urlpatterns: list[URLPattern] = [
    path("consejo/poderes/", views_powers.powers, name="powers"),
    path("consejo/poderes/<slug:code>/", views_powers.powers_of, name="powers_of"),
    path("consejo/administracion-tecnica/", views_powers.technical, name="technical"),
]
