"""What the demo's catalog has besides plain products: bundles, variants and the till's grid."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from billing.demo.plans import ANNAPURNA, OrgPlan
from catalog.models import Barcode, Family, Product, TaxClass
from catalog.operations.bundles import PartInput
from catalog.operations.families import make_variants, save_family
from catalog.operations.products import save_product
from catalog.operations.till_grid import put_on_grid
from pantrypal.core.actor import Actor
from pantrypal.core.models import Organization

# SKU, name, Hindi name, price, and of which SKU how many are in it.
BUNDLES = (
    ("BU001", "Puja kit", "पूजा किट", "199.00", {"PH001": 1, "PH002": 1, "PH003": 1, "PH004": 1}),
    ("BU002", "Breakfast basket", "नाश्ते की टोकरी", "249.00", {"BE001": 1, "DA003": 1, "TC001": 1}),
)
LIKE = ("PH010", "Scented candle", "99.00")
CANDLES = {"Scent": ["rose", "jasmine", "sandal"], "Size": ["small", "large"]}
LOOSE_ON_GRID = 24


def add_specials(plan: OrgPlan, *, org: Organization, actor: Actor, at: datetime) -> None:
    """For the chain; and for every shop its loose goods as tiles, for those have no barcode to scan."""
    if plan.slug == ANNAPURNA.slug:
        _bundles(org, actor, at)
        _variants(org, actor, at)
    loose = Barcode.objects.filter(kind=Barcode.Kind.PLU).order_by("code")
    put_on_grid(loose.values_list("product_id", flat=True)[:LOOSE_ON_GRID], actor=actor, at=at)


def _bundles(org: Organization, actor: Actor, at: datetime) -> None:
    products = {product.sku: product for product in Product.objects.select_related("tax_class", "category")}
    for sku, name, hindi, price, parts in BUNDLES:
        first = products[next(iter(parts))]
        bundle = Product(
            sku=sku,
            name=name,
            names={"hi": hindi},
            price=Decimal(price),
            category=first.category,
            tax_class=first.tax_class,
            hsn=first.hsn,
        )
        inputs = [PartInput(products[part].pk, Decimal(number)) for part, number in parts.items()]
        save_product(bundle, org=org, parts=inputs, actor=actor, at=at)


def _variants(org: Organization, actor: Actor, at: datetime) -> None:
    sku, name, price = LIKE
    like = Product(
        sku=sku,
        name=name,
        price=Decimal(price),
        hsn="3406",
        tax_class=TaxClass.objects.get(code="gst12"),
        tracks_stock=False,
    )
    family = save_family(Family(name=name), actor=actor, at=at)
    make_variants(family, like=like, values=CANDLES, org=org, actor=actor, at=at)
