from django.urls import include, path

urlpatterns = [
    path("", include("coop.portal.urls")),
    path("", include("coop.members.urls")),
    path("", include("coop.council.urls")),
    path("asambleas/", include("assemblies.urls")),
]
