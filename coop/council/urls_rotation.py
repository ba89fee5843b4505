from django.urls import URLPattern, path

from coop.council import views_draws, views_rotation, views_slates

urlpatterns: list[URLPattern] = [
    path("consejo/rotacion/", views_rotation.rotation, name="rotation"),
    path("consejo/rotacion/cuenten-conmigo/", views_rotation.standing, name="standing"),
    path("consejo/rotacion/listas/", views_slates.slates, name="slates"),
    path("consejo/rotacion/listas/guardar/", views_slates.slate_keep, name="slate_keep"),
    path("consejo/rotacion/listas/<int:slate_id>/", views_slates.slate, name="slate"),
    path("consejo/sorteos/", views_draws.draws, name="draws"),
    path("consejo/sorteos/nuevo/", views_draws.draw_new, name="draw_new"),
    path("consejo/sorteos/<int:draw_id>/", views_draws.draw, name="draw"),
    path("consejo/sorteos/<int:draw_id>/sortear/", views_draws.draw_hold, name="draw_hold"),
    path("consejo/sorteos/<int:draw_id>/dejar-sin-efecto/", views_draws.draw_call_off, name="draw_call_off"),
    path("consejo/sorteos/<int:draw_id>/datos/", views_draws.draw_file, name="draw_file"),
]
