from django.urls import path

from coop.portal import views, views_books

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("hoy/tarjetas/", views.cards, name="cards"),
    path("libros/", views_books.books, name="books"),
    path("libros/resoluciones/", views_books.resolutions, name="resolutions"),
    path("libros/resoluciones/<int:year>/<int:number>/", views_books.resolution, name="resolution"),
    path("libros/actos/", views_books.record, name="record"),
    path("idioma/", views.set_language, name="set_language"),
    path("colores/", views.set_theme, name="set_theme"),
    path("componentes/", views.components, name="components"),
    path("salud/", views.health, name="health"),
]
