from django.urls import path

from coop.statute import views, views_draft, views_house, views_reforms

app_name = "statute"
urlpatterns = [
    path("cooperativa/", views_house.house, name="house"),
    path("cooperativa/cambiar/", views_house.house_change, name="house_change"),
    path("cooperativa/logo/", views_house.logo, name="logo"),
    path("cooperativa/logo/sacar/", views_house.logo_drop, name="logo_drop"),
    path("estatuto/", views.statute, name="statute"),
    path("estatuto/<int:version_id>/", views.version, name="version"),
    path("estatuto/<int:version_id>/datos.json", views.version_data, name="version_data"),
    path("estatuto/reformas/", views_reforms.reforms, name="reforms"),
    path("estatuto/reformas/nueva/", views_draft.begin, name="begin"),
    path("estatuto/reformas/<int:reform_id>/", views_reforms.reform, name="reform"),
    path("estatuto/reformas/borrador/<uuid:key>/", views_draft.draft, name="draft"),
    path("estatuto/reformas/borrador/<uuid:key>/datos/", views_draft.describe, name="describe"),
    path("estatuto/reformas/borrador/<uuid:key>/presentar/", views_draft.present, name="present"),
    path("estatuto/reformas/borrador/<uuid:key>/descartar/", views_draft.discard, name="discard"),
    path("estatuto/reformas/borrador/<uuid:key>/<str:section>/", views_draft.section, name="edit_section"),
]
