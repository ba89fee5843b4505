"""Addresses of the books: resolutions, the paper book, the record and its nightly proof."""

from django.urls import path

from coop.portal import views_books, views_paper, views_record, views_verification

urlpatterns = [
    path("libros/", views_books.books, name="books"),
    path("libros/resoluciones/", views_books.resolutions, name="resolutions"),
    path("libros/resoluciones/<int:year>/<int:number>/", views_books.resolution, name="resolution"),
    path("libros/papel/", views_paper.pages, name="paper_pages"),
    path("libros/papel/copiar/", views_paper.enter, name="paper_enter"),
    path("libros/papel/planilla/", views_paper.upload, name="paper_upload"),
    path("libros/papel/planilla/modelo.csv", views_paper.sample, name="paper_sample"),
    path("libros/papel/<int:page_id>/", views_paper.page, name="paper_page"),
    path("libros/papel/<int:page_id>/confirmar/", views_paper.confirm, name="paper_confirm"),
    path("libros/papel/linea/<int:line_id>/", views_paper.correct, name="paper_line"),
    path("libros/papel/linea/<int:line_id>/devolver/", views_paper.give_back, name="paper_give_back"),
    path("libros/papel/linea/<int:line_id>/descartar/", views_paper.drop, name="paper_drop"),
    path("libros/actos/", views_record.record, name="record"),
    path("libros/actos/<int:position>/", views_record.entry, name="record_entry"),
    path("libros/comprobacion/", views_verification.verifications, name="verifications"),
    path("libros/comprobacion/<int:verification_id>/", views_verification.verification, name="verification"),
]
