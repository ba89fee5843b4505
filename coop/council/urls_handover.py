from django.urls import URLPattern, path

from coop.council import views_filings, views_handover

urlpatterns: list[URLPattern] = [
    path("consejo/traspasos/", views_handover.handovers, name="handovers"),
    path("consejo/traspasos/<int:handover_id>/", views_handover.handover, name="handover"),
    path("consejo/traspasos/<int:handover_id>/sumar/", views_handover.add, name="handover_add"),
    path("consejo/traspasos/<int:handover_id>/firmar/", views_handover.sign, name="handover_sign"),
    path("consejo/traspasos/renglones/<int:item_id>/", views_handover.say, name="handover_say"),
    path("consejo/traspasos/lista/<slug:code>/", views_handover.checklist, name="handover_list"),
    path("consejo/tramites/", views_filings.filings, name="filings"),
    path("consejo/tramites/sumar/", views_filings.add, name="filing_add"),
    path("consejo/tramites/dias/", views_filings.days, name="filing_days"),
    path("consejo/tramites/<int:filing_id>/", views_filings.filing, name="filing"),
]
