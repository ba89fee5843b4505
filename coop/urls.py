from django.urls import include, path

urlpatterns = [
    # First: on assembly day a vote must not walk past everything else.
    path("asambleas/", include("assemblies.urls")),
    path("", include("coop.portal.urls")),
    path("", include("coop.members.urls")),
    path("", include("coop.council.urls")),
]
