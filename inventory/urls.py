"""Pages of the storeroom for staff with phones, mounted at /<org>/."""

from django.urls import URLPattern, URLResolver, include, path

from inventory.views import counting, home, transfers, write_offs

at_store: list[URLPattern | URLResolver] = [
    path("", home.home, name="stock-home"),
    path("counts/", counting.begin, name="stock-count-begin"),
    path("counts/<uuid:count_id>/", counting.page, name="stock-count"),
    path("counts/<uuid:count_id>/scan/", counting.work, name="stock-count-scan"),
    path("transfers/<uuid:transfer_id>/", transfers.page, name="stock-transfer"),
    path("write-off/", write_offs.page, name="stock-write-off"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("stock/", home.choose_store, name="stock-stores"),
    path("stock/<slug:store_code>/", include(at_store)),
]
