"""Addresses of pay and of the surplus; each of the two keeps its own list."""

from payroll.urls_pay import urlpatterns as pay
from payroll.urls_surplus import urlpatterns as surplus

app_name = "payroll"
urlpatterns = [*pay, *surplus]
