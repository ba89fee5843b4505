from django.urls import URLPattern, path

from payroll.views import surplus, surplus_drafts

urlpatterns: list[URLPattern] = [
    path("excedente/", surplus.surplus_list, name="surplus"),
    path("excedente/nueva/", surplus_drafts.surplus_new, name="surplus_new"),
    path("excedente/borrador/<uuid:key>/", surplus_drafts.surplus_draft, name="surplus_draft"),
    path("excedente/borrador/<uuid:key>/presentar/", surplus_drafts.surplus_present, name="surplus_present"),
    path("excedente/borrador/<uuid:key>/descartar/", surplus_drafts.surplus_discard, name="surplus_discard"),
    path("excedente/<int:proposal_id>/", surplus.surplus_proposal, name="surplus_proposal"),
    path("excedente/<int:proposal_id>/datos.json", surplus.surplus_input, name="surplus_input"),
    path("excedente/<int:proposal_id>/asamblea/", surplus.surplus_put, name="surplus_put"),
]
