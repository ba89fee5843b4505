from django.urls import path

from coop.documents import views, views_verify

app_name = "documents"
urlpatterns = [
    path("documentos/<int:document_id>/", views.document, name="document"),
    path("documentos/<int:document_id>/estado/", views.state, name="state"),
    path("documentos/<int:document_id>/pdf/", views.pdf, name="pdf"),
    path("documentos/<int:document_id>/reintentar/", views.retry, name="retry"),
    path("verificar/", views_verify.ask, name="ask"),
    path("verificar/<str:code>/", views_verify.verify, name="verify"),
]
