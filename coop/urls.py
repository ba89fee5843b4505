from django.urls import include, path

urlpatterns = [
    # First: on assembly day a vote must not walk past everything else.
    path("asambleas/", include("assemblies.urls")),
    path("", include("coop.portal.urls")),
    path("", include("coop.statute.urls")),
    path("", include("coop.members.urls")),
    path("", include("coop.access.urls")),
    path("", include("coop.shares.urls")),
    path("", include("coop.jobs.urls")),
    path("", include("coop.council.urls")),
    path("cuentas/", include("payroll.urls")),
    path("libros/contabilidad/", include("coop.ledger.urls")),
    path("", include("coop.documents.urls")),
]
