from django.urls import path

from coop.ledger import views

app_name = "ledger"
urlpatterns = [
    path("", views.accounts, name="accounts"),
    path("mia/", views.mine, name="mine"),
    path("cuenta/<str:code>/", views.account, name="account"),
    path("personas/<str:code>/", views.group, name="group"),
    path("asiento/<int:entry_id>/", views.entry, name="entry"),
]
