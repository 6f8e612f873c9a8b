"""Pages of billing, mounted at /<org>/."""

from django.urls import URLPattern, URLResolver, include, path

from billing.views import (
    approving,
    bills,
    camera,
    cart,
    display,
    drawer,
    goods,
    locking,
    offline,
    offline_worker,
    paying,
    printing,
    quick_add,
    receipts,
    returns,
    returns_without_bill,
    tester,
    till,
)

of_a_line: list[URLPattern | URLResolver] = [
    path("", cart.quantity, name="till-quantity"),
    path("price/", cart.price, name="till-price"),
    path("lot/", cart.lot, name="till-lot"),
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
    path("age/", paying.age, name="till-age"),
    path("code/", display.code, name="till-code"),
]

of_an_offline_till: list[URLPattern | URLResolver] = [
    path("", offline.page, name="till-offline"),
    path("terms/", offline.terms, name="till-offline-terms"),
    path("goods/", offline.goods, name="till-offline-goods"),
    path("bills/", offline.bills, name="till-offline-bills"),
]

of_a_till: list[URLPattern | URLResolver] = [
    path("", till.till_page, name="till"),
    path("cart/", till.cart, name="till-cart"),
    path("scan/", till.scan, name="till-scan"),
    path("search/", till.search, name="till-search"),
    path("goods/", goods.favourite_goods, name="till-goods"),
    path("goods/all/", goods.all_goods, name="till-goods-all"),
    path("goods/<uuid:category_id>/", goods.category, name="till-category"),
    path("customer/", cart.customer, name="till-customer"),
    path("approve/", approving.approve, name="till-approve"),
    path("customers/", cart.customers_found, name="till-customers"),
    path("held/", cart.held, name="till-held"),
    path("held/<uuid:cart_id>/resume/", cart.resume, name="till-resume"),
    path("held/<uuid:cart_id>/drop/", cart.drop_held, name="till-drop-held"),
    path("more/", drawer.more, name="till-more"),
    path("cash/", drawer.cash, name="till-cash"),
    path("drawer/", drawer.no_sale, name="till-drawer"),
    path("pair/", locking.pair, name="till-pair"),
    path("unpair/", locking.unpair_device, name="till-unpair"),
    path("leave/", locking.leave, name="till-leave"),
    path("lock/", locking.lock, name="till-lock"),
    path("display/", display.display, name="till-display"),
    path("display/now/", display.display_now, name="till-display-now"),
    path("camera/", camera.camera, name="till-camera"),
    path("printer/", printing.printer, name="till-printer"),
    path("printer/test/", printing.printer_test, name="till-printer-test"),
    path("tester/", tester.tester, name="till-tester"),
    path("products/new/", quick_add.quick_add, name="till-quick-add"),
    path("report/", drawer.x_report, name="till-x"),
    path("close/", drawer.close, name="till-close"),
    path("shifts/<uuid:shift_id>/", drawer.z_report, name="till-z"),
    path("bills/", bills.recent, name="till-bills"),
    path("bills/<uuid:bill_id>/", bills.one, name="till-bill"),
    path("bills/<uuid:bill_id>/send/", bills.send, name="till-send"),
    path("bills/<uuid:bill_id>/return/", returns.take_back, name="till-return"),
    path("returns/", returns_without_bill.take_back_without_bill, name="till-return-without-bill"),
    path("carts/<uuid:cart_id>/", include(of_a_cart)),
    path("offline/", include(of_an_offline_till)),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("till/", till.choose, name="till-choice"),
    path("till/worker.js", offline_worker.worker, name="till-worker"),
    path("till/<uuid:register_id>/", include(of_a_till)),
    path("bills/<uuid:bill_id>/receipt/", receipts.receipt, name="receipt"),
    path("bills/<uuid:bill_id>/receipt/bytes/", printing.receipt_for_printer, name="receipt-bytes"),
    path("credit-notes/<uuid:note_id>/receipt/", receipts.credit_note, name="receipt-of-return"),
    path("credit-notes/<uuid:note_id>/receipt/bytes/", printing.return_for_printer, name="receipt-of-return-bytes"),
]
