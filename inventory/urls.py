"""Pages of the storeroom for staff with phones, mounted at /<org>/."""

from django.urls import URLPattern, URLResolver, include, path

from inventory.views import asking, counting, home, receiving, transfers, write_offs

of_a_delivery: list[URLPattern | URLResolver] = [
    path("", receiving.delivery_page, name="receive-delivery"),
    path("scan/", receiving.scan, name="receive-scan"),
    path("undo/", receiving.undo, name="receive-undo"),
    path("cost/", receiving.cost, name="receive-cost"),
    path("post/", receiving.post, name="receive-post"),
    path("drop/", receiving.drop, name="receive-drop"),
    path("done/", receiving.done, name="receive-done"),
]

at_store: list[URLPattern | URLResolver] = [
    path("", home.home, name="stock-home"),
    path("counts/", counting.begin, name="stock-count-begin"),
    path("counts/<uuid:count_id>/", counting.page, name="stock-count"),
    path("counts/<uuid:count_id>/scan/", counting.work, name="stock-count-scan"),
    path("transfers/<uuid:transfer_id>/", transfers.page, name="stock-transfer"),
    path("ask/", asking.page, name="stock-ask"),
    path("write-off/", write_offs.page, name="stock-write-off"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("stock/", home.choose_store, name="stock-stores"),
    path("stock/receive/", receiving.choose, name="receive"),
    path("stock/receive/begin/", receiving.begin, name="receive-begin"),
    path("stock/receive/<uuid:pk>/", include(of_a_delivery)),
    path("stock/<slug:store_code>/", include(at_store)),
]
