from django.urls import URLPattern, path

from coop.council import views_terms, views_terms_file

urlpatterns: list[URLPattern] = [
    path("consejo/mandatos/nuevos/", views_terms.seat_new, name="seat_new"),
    path("consejo/mandatos/importar/", views_terms_file.terms_import, name="terms_import"),
    path(
        "consejo/mandatos/importar/<uuid:key>/",
        views_terms_file.terms_import_confirm,
        name="terms_import_confirm",
    ),
    path("consejo/mandatos/<int:term_id>/", views_terms.term, name="term"),
    path("consejo/mandatos/<int:term_id>/terminar/", views_terms.term_end, name="term_end"),
    path("consejo/mandatos/<int:term_id>/vacante/", views_terms.vacancy, name="vacancy"),
]
