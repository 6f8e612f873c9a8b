"""Pages of billing, mounted at /<org>/."""

from django.urls import URLPattern, URLResolver, include, path

from billing.views import approving, cart, paying, receipts, till

of_a_line: list[URLPattern | URLResolver] = [
    path("", cart.quantity, name="till-quantity"),
    path("price/", cart.price, name="till-price"),
    path("remove/", cart.remove, name="till-remove"),
]

of_a_cart: list[URLPattern | URLResolver] = [
    path("lines/<slug:line>/", include(of_a_line)),
    path("discount/", cart.discount, name="till-discount"),
    path("coupon/", cart.coupon, name="till-coupon"),
    path("fit/", cart.fit, name="till-fit"),
    path("hold/", cart.hold, name="till-hold"),
    path("drop/", cart.drop, name="till-drop"),
    path("pay/", paying.pay, name="till-pay"),
]

of_a_till: list[URLPattern | URLResolver] = [
    path("", till.till_page, name="till"),
    path("cart/", till.cart, name="till-cart"),
    path("scan/", till.scan, name="till-scan"),
    path("search/", till.search, name="till-search"),
    path("customer/", cart.customer, name="till-customer"),
    path("approve/", approving.approve, name="till-approve"),
    path("customers/", cart.customers_found, name="till-customers"),
    path("held/", cart.held, name="till-held"),
    path("held/<uuid:cart_id>/resume/", cart.resume, name="till-resume"),
    path("held/<uuid:cart_id>/drop/", cart.drop_held, name="till-drop-held"),
    path("carts/<uuid:cart_id>/", include(of_a_cart)),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("till/", till.choose, name="till-choice"),
    path("till/<uuid:register_id>/", include(of_a_till)),
    path("bills/<uuid:bill_id>/receipt/", receipts.receipt, name="receipt"),
]
