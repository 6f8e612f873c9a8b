"""A thousand retailers in minutes: one is made by the shop's own operations, the others are copies of its rows.

Ids are unique within an organization only (primary key `(org_id, id)`), so a copy keeps them; stores lie in the
public schema and get ids of their own. Bills are then multiplied, each copy with an id, a number and a time of its own.
"""

from __future__ import annotations

from decimal import Decimal

import psycopg
from django.db import transaction
from psycopg import sql

from billing.operations.checkout import checkout
from billing.sale import Basket, Buyer, Sale, SaleLine, Tender
from catalog.gtin import check_digit
from catalog.models import Barcode, Product, TaxClass
from inventory.models import StockMove
from inventory.operations.stock import Goods, Source, add_stock
from pantrypal.core.models import Shard
from pantrypal.tenancy.context import org_scope
from pantrypal.tenancy.ids import uuid7
from tests.bench.sizes import Size
from tests.shop import GST_RATES, NOON, Shop, make_shop

TEMPLATE = "bench0"
BILLS_OF_TEMPLATE = 60
WORDS = ("Amber", "Basmati", "Coriander", "Dal", "Fennel", "Ghee", "Honey", "Jaggery", "Millet", "Poha")
KINDS = ("rice", "flour", "biscuits", "tea", "soap", "oil", "salt", "snack", "juice", "spice")

# Rows that only one organization's work has; nobody's copy needs them.
NOT_COPIED = {"journal_outboxevent", "journal_inboxentry", "journal_auditentry", "journal_idempotencykey"}


def barcode_of(number: int) -> str:
    body = f"952{number:09}"
    return body + check_digit(body)


def key_of(org_id: int) -> str:
    """The API key of a copy, so that a load script can work it out."""
    return f"pp_bench_{org_id}"


def make_template(size: Size) -> Shop:
    shop = make_shop(TEMPLATE)
    with org_scope(shop.org.pk), transaction.atomic():
        products = _products(size)
        goods = [Goods(product.pk, Decimal(10_000_000), None, Decimal("40")) for product in products]
        add_stock(
            goods, store=shop.store.pk, kind=StockMove.Kind.OPENING, source=Source("bench", uuid7(), "bench", NOON)
        )
    for number in range(BILLS_OF_TEMPLATE):
        with org_scope(shop.org.pk), transaction.atomic():
            lines = tuple(
                SaleLine(Decimal(1 + number % 3), products[(number * 7 + i * 13) % len(products)].pk)
                for i in range(1 + number % 5)
            )
            buyer = Buyer(phone=f"+9198765{number:05}", name=f"Customer {number}") if number % 2 else None
            sale = Sale(uuid7(), shop.register, Basket(shop.store, lines, buyer=buyer), (Tender("cash"),))
            checkout(sale, actor=shop.actor, at=NOON)
    return shop


def _products(size: Size) -> list[Product]:
    classes = [TaxClass.objects.get(code=f"gst{rate}") for rate in GST_RATES]
    products = [
        Product(
            sku=f"SKU{number:05}",
            name=f"{WORDS[number % 10]} {KINDS[number // 10 % 10]} {number} g",
            price=Decimal(20 + number % 400),
            mrp=Decimal(25 + number % 400),
            tax_class=classes[number % len(classes)],
            hsn="1006",
        )
        for number in range(size.products)
    ]
    Product.objects.bulk_create(products)
    Barcode.objects.bulk_create(
        Barcode(product=product, code=barcode_of(number).zfill(14)) for number, product in enumerate(products)
    )
    return products


def copy_shops(owner: psycopg.Connection, shop: Shop, size: Size) -> None:
    """As the owner role, past triggers and foreign keys: what is copied has been checked once."""
    owner.execute("SET session_replication_role = replica")
    columns = _columns(owner, "public", "core_organization")
    owner.execute(
        sql.SQL(
            "INSERT INTO core_organization ({all}) SELECT {taken} FROM core_organization o,"
            " generate_series(1, %s) n WHERE o.id = %s"
        ).format(
            all=_names(columns),
            taken=_taken(columns, {"id": "o.id + n", "slug": "'bench' || n", "name": "'Bench ' || n"}, "o"),
        ),
        [size.orgs - 1, shop.org.pk],
    )
    owner.execute(
        "SELECT setval(pg_get_serial_sequence('core_organization', 'id'), (SELECT max(id) FROM core_organization))"
    )
    shards = [(shard.pk, shard.schema_name) for shard in Shard.objects.order_by("pk")]
    owner.execute(
        "INSERT INTO org_route (org_id, shard_id, schema_name, state)"
        " SELECT o.id, (%(ids)s::bigint[])[1 + o.id %% %(n)s], (%(names)s::text[])[1 + o.id %% %(n)s], 'active'"
        " FROM core_organization o WHERE o.id > %(first)s",
        {
            "ids": [pk for pk, _name in shards],
            "names": [name for _pk, name in shards],
            "n": len(shards),
            "first": shop.org.pk,
        },
    )
    for table, changes in (
        ("core_store", {"id": "md5(t.id::text || o.id)::uuid", "org_id": "o.id"}),
        ("core_membership", {"id": "nextval(pg_get_serial_sequence('core_membership', 'id'))", "org_id": "o.id"}),
    ):
        columns = _columns(owner, "public", table)
        owner.execute(
            sql.SQL(
                "INSERT INTO {table} ({all}) SELECT {taken} FROM {table} t, core_organization o"
                " WHERE t.org_id = %(first)s AND o.id > %(first)s"
            ).format(table=sql.Identifier(table), all=_names(columns), taken=_taken(columns, changes, "t")),
            {"first": shop.org.pk},
        )
    owner.execute(
        "INSERT INTO core_apikey (org_id, name, prefix, key_hash, scopes, all_stores, created_at)"
        " SELECT id, 'Bench', 'pp_bench', encode(sha256(convert_to('pp_bench_' || id, 'UTF8')), 'hex'), %s, true, now()"
        " FROM core_organization WHERE slug LIKE 'bench%%'",
        [["catalog:read", "catalog:write", "inventory:read", "customers:read", "billing:read", "billing:write"]],
    )
    for _pk, schema in shards:
        _copy_rows(owner, shop, schema)


def _copy_rows(owner: psycopg.Connection, shop: Shop, schema: str) -> None:
    home = owner.execute("SELECT schema_name FROM org_route WHERE org_id = %s", [shop.org.pk]).fetchone()
    assert home is not None
    tables = owner.execute(
        "SELECT table_name FROM information_schema.columns WHERE table_schema = %s AND column_name = 'org_id'", [schema]
    ).fetchall()
    for (table,) in tables:
        if table in NOT_COPIED:
            continue
        columns = _columns(owner, schema, table)
        changes = {"org_id": "r.org_id"}
        if "store_id" in columns:
            changes["store_id"] = "md5(t.store_id::text || r.org_id)::uuid"
        owner.execute(
            sql.SQL(
                "INSERT INTO {to} ({all}) SELECT {taken} FROM {source} t, org_route r"
                " WHERE t.org_id = %(first)s AND r.schema_name = %(schema)s AND r.org_id > %(first)s"
            ).format(
                to=sql.Identifier(schema, table),
                source=sql.Identifier(home[0], table),
                all=_names(columns),
                taken=_taken(columns, changes, "t"),
            ),
            {"first": shop.org.pk, "schema": schema},
        )


# A copy's id begins with its own milliseconds, as a UUIDv7 does.
NEW_ID = """encode(overlay(decode(md5({id}::text || k), 'hex') PLACING substring(int8send(
  (extract(epoch FROM t.finalized_at - k * interval '7 minutes') * 1000)::bigint) FROM 3) FROM 1 FOR 6), 'hex')::uuid"""


def multiply_bills(owner: psycopg.Connection, schema: str, size: Size) -> None:
    """Copies of every bill with its lines and payments, seven minutes apart, backwards from the template's noon."""
    times = size.bills // BILLS_OF_TEMPLATE - 1
    if times < 1:
        return
    earlier = "t.finalized_at - k * interval '7 minutes'"
    bill = {
        "id": NEW_ID.format(id="t.id"),
        "number": "'Z' || k || '-' || t.sequence",
        "sequence": f"1000000 + k * {BILLS_OF_TEMPLATE} + t.sequence",
        "finalized_at": earlier,
        "business_date": f"({earlier})::date",
        "document_date": f"({earlier})::date",
    }
    for table in ("billing_bill", "billing_billline", "billing_payment"):
        columns = _columns(owner, schema, table)
        changes = bill
        source = sql.SQL("{} t").format(sql.Identifier(schema, table))
        if table != "billing_bill":
            changes = {"id": "md5(c.id::text || k)::uuid", "bill_id": NEW_ID.format(id="t.id")}
            source = sql.SQL("{} c JOIN {} t ON t.org_id = c.org_id AND t.id = c.bill_id").format(
                sql.Identifier(schema, table), sql.Identifier(schema, "billing_bill")
            )
        owner.execute(
            sql.SQL(
                "INSERT INTO {to} ({all}) SELECT {taken} FROM {source}, generate_series(1, %s) k WHERE t.number !~ '^Z'"
            ).format(
                to=sql.Identifier(schema, table),
                all=_names(columns),
                taken=_taken(columns, changes, "t" if table == "billing_bill" else "c"),
                source=source,
            ),
            [times],
        )


def _columns(owner: psycopg.Connection, schema: str, table: str) -> list[str]:
    rows = owner.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = %s AND table_name = %s"
        " AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [schema, table],
    )
    return [row[0] for row in rows.fetchall()]


def _names(columns: list[str]) -> sql.Composable:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def _taken(columns: list[str], changes: dict[str, str], source: str) -> sql.Composable:
    return sql.SQL(", ").join(
        sql.SQL(changes[name]) if name in changes else sql.SQL("{}.{}").format(sql.SQL(source), sql.Identifier(name))
        for name in columns
    )


def seed(owner: psycopg.Connection, size: Size) -> Shop:
    with org_scope(None):
        shop = make_template(size)
        copy_shops(owner, shop, size)
        for shard in Shard.objects.order_by("pk"):
            multiply_bills(owner, shard.schema_name, size)
    owner.execute("SET session_replication_role = DEFAULT")
    owner.execute("VACUUM (ANALYZE)")
    return shop
