from django.urls import path

from coop.portal import urls_books, views
from coop.portal.beginning import views as begin
from coop.portal.beginning import views_done, views_lists
from coop.portal.doctor import views as doctor_views
from coop.portal.hall import views as hall_views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("hoy/tarjetas/", views.cards, name="cards"),
    *urls_books.urlpatterns,
    path("idioma/", views.set_language, name="set_language"),
    path("colores/", views.set_theme, name="set_theme"),
    path("componentes/", views.components, name="components"),
    path("salud/", views.health, name="health"),
    path("doctor/", doctor_views.page, name="doctor"),
    path("certificado/", hall_views.certificate, name="certificate"),
    path("certificado/recuperada.crt", hall_views.certificate_file, name="certificate_file"),
    path("certificado/recuperada.mobileconfig", hall_views.certificate_profile, name="certificate_profile"),
    path("empezar/", begin.begin, name="begin"),
    path("empezar/cooperativa/", begin.house, name="begin_house"),
    path("empezar/estatuto/", begin.statute, name="begin_statute"),
    path("empezar/estatuto/<slug:key>/", begin.statute_model, name="begin_statute_model"),
    path("empezar/registro/", views_lists.register, name="begin_people"),
    path("empezar/registro/persona/", views_lists.person, name="begin_person"),
    path("empezar/registro/quitar/", views_lists.drop_person, name="begin_drop_person"),
    path("empezar/consejo/", views_lists.seats, name="begin_council"),
    path("empezar/consejo/mandatos/", views_lists.terms_file, name="begin_terms"),
    path("empezar/consejo/mandatos/quitar/", views_lists.drop_terms, name="begin_drop_terms"),
    path("empezar/resoluciones/", views_lists.resolutions, name="begin_resolutions"),
    path("empezar/resoluciones/quitar/", views_lists.drop_resolutions, name="begin_drop_resolutions"),
    path("empezar/revisar/", begin.review, name="begin_review"),
    path("empezar/listo/", views_done.done, name="begin_done"),
]
