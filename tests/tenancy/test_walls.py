"""The walls between organizations, each tried without the others."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from catalog.models import Barcode, Product
from inventory.models import StockLevel
from pantrypal.core.models import Store
from pantrypal.tenancy.context import CrossOrgWrite, NoActiveOrg, OrgTransactionRequired, OrgUnavailable, org_scope
from pantrypal.tenancy.models import OrgQuerySet
from tests.shop import Shop


def rows(sql: str, *params: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def test_the_tests_run_as_a_role_that_is_held_by_the_walls(db: None) -> None:
    assert rows("SELECT current_user, rolbypassrls, rolsuper FROM pg_roles WHERE rolname = current_user") == [
        ("pantry_app", False, False)
    ]


@pytest.mark.parametrize(
    "ask",
    [
        lambda: list(Product.objects.all()),
        lambda: Product.objects.count(),
        lambda: Product.objects.exists(),
        lambda: Product.objects.exclude(name="x").exists(),
        lambda: Product.objects.first(),
        lambda: Product.objects.in_bulk(),
        lambda: list(Product.objects.values("name")),
        lambda: list(Product.objects.iterator()),
        lambda: Product.objects.explain(),
        lambda: Product.objects.update(name="x"),
        lambda: Product.objects.all().delete(),
        lambda: Product.objects.get_or_create(name="x"),
        lambda: Product.objects.create(name="x"),
        lambda: Product.objects.bulk_create([Product(name="x", org_id=1)]),
        lambda: list(Product.objects.filter(category__in=Product.objects.values("category"))),
        lambda: list(Product.objects.union(Product.objects.all())),
        lambda: Store.objects.count(),
    ],
)
def test_without_an_organization_no_question_is_answered(db: None, ask) -> None:
    with org_scope(None), pytest.raises(NoActiveOrg):
        ask()


def test_wall_one_a_query_made_in_one_scope_answers_for_the_scope_it_runs_in(shop: Shop, other_shop: Shop) -> None:
    shop.product("Ours")
    kept = Product.objects.all()

    with org_scope(other_shop.org.pk):
        assert not kept.exists()


def test_wall_two_raw_sql_sees_only_the_active_organization(shop: Shop, other_shop: Shop) -> None:
    shop.product("Ours")
    with org_scope(other_shop.org.pk):
        other_shop.product("Theirs")

    assert rows("SELECT name FROM catalog_product") == [("Ours",)]
    assert rows("SELECT name FROM catalog_product WHERE org_id = %s", other_shop.org.pk) == []
    assert rows("SELECT name FROM core_store") == [("Koramangala",)]
    assert rows("SELECT slug FROM core_organization") == [("asha",)]
    assert rows("SELECT count(*) FROM core_membership") == [(1,)]


def test_wall_two_raw_sql_without_an_organization_sees_no_row(shop: Shop) -> None:
    shop.product("Ours")

    with org_scope(None):
        assert rows("SELECT count(*) FROM shard_0001.catalog_product") == [(0,)]
        assert rows("SELECT count(*) FROM shard_0001.billing_shift") == [(0,)]
        assert rows("SELECT count(*) FROM core_store") == [(0,)]


def test_wall_two_a_row_cannot_be_written_into_another_organization(shop: Shop, other_shop: Shop) -> None:
    milk = shop.product()

    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        rows("UPDATE catalog_product SET org_id = %s WHERE id = %s RETURNING 1", other_shop.org.pk, milk.pk)


def test_wall_three_a_foreign_key_cannot_point_into_another_organization(shop: Shop, other_shop: Shop) -> None:
    with org_scope(other_shop.org.pk):
        theirs = other_shop.product()

    with org_scope(shop.org.pk), pytest.raises(IntegrityError), transaction.atomic():
        Barcode.objects.create(product_id=theirs.pk, code="X1", kind=Barcode.Kind.IN_HOUSE)
    with org_scope(shop.org.pk), pytest.raises(IntegrityError), transaction.atomic():
        StockLevel.objects.create(product_id=theirs.pk, store_id=shop.store.pk)


def test_two_organizations_may_choose_the_same_id(shop: Shop, other_shop: Shop) -> None:
    ours = shop.product("Ours")

    with org_scope(other_shop.org.pk):
        theirs = other_shop.product("Theirs", id=ours.pk)

    assert theirs.pk == ours.pk
    ours.refresh_from_db()
    assert ours.name == "Ours"


def test_an_object_of_another_organization_cannot_be_saved_refreshed_or_reached(shop: Shop, other_shop: Shop) -> None:
    ours = shop.product()

    with org_scope(other_shop.org.pk):
        with pytest.raises(CrossOrgWrite):
            ours.save()
        with pytest.raises(CrossOrgWrite):
            Product.objects.bulk_create([ours])
        with pytest.raises(CrossOrgWrite):
            Product.objects.update(org_id=other_shop.org.pk)
        with pytest.raises(Product.DoesNotExist):
            ours.refresh_from_db()


def test_a_new_thread_starts_without_an_organization(shop: Shop) -> None:
    with ThreadPoolExecutor(1) as pool, pytest.raises(NoActiveOrg):
        pool.submit(lambda: OrgQuerySet(Product).filter(pk__in=Product.objects.values("pk")).count()).result()


def test_org_data_is_reached_inside_a_transaction_only(committed_shop: Shop) -> None:
    with pytest.raises(OrgTransactionRequired):
        Product.objects.count()
    with transaction.atomic():
        assert Product.objects.count() == 0


def test_nothing_stays_on_the_connection_after_a_transaction(committed_shop: Shop) -> None:
    with transaction.atomic():
        committed_shop.product()
    with org_scope(None):
        assert rows("SELECT current_setting('pantrypal.org_id', true), current_setting('search_path')") in (
            [("", "public")],
            [(None, "public")],
        )


def test_a_rolled_back_savepoint_keeps_the_organization(shop: Shop) -> None:
    shop.product("Ours")

    with suppress(ZeroDivisionError), transaction.atomic():
        shop.product("Lost")
        _ = 1 / 0

    assert [product.name for product in Product.objects.all()] == ["Ours"]


def test_a_suspended_organization_is_unavailable_at_once(committed_shop: Shop) -> None:
    with org_scope(None):
        rows("SELECT pantry_set_org_state(%s, 'suspended')", committed_shop.org.pk)

    with pytest.raises(OrgUnavailable), transaction.atomic():
        Product.objects.count()

    with org_scope(None):
        rows("SELECT pantry_set_org_state(%s, 'active')", committed_shop.org.pk)
    with transaction.atomic():
        assert Product.objects.count() == 0


def test_the_app_role_cannot_move_an_organization_nor_touch_shards(db: None) -> None:
    for statement in (
        "UPDATE org_route SET schema_name = 'shard_0002'",
        "DELETE FROM org_route",
        "UPDATE core_shard SET name = 'x'",
        "TRUNCATE core_organization CASCADE",
        "ALTER TABLE shard_0001.catalog_product DISABLE ROW LEVEL SECURITY",
        "SET ROLE pantry_owner",
    ):
        with pytest.raises(DatabaseError, match="permission denied|must be owner"), transaction.atomic():
            rows(statement)


def test_every_table_of_every_shard_stands_behind_the_wall(db: None) -> None:
    """Walks the database's own catalog, not our models."""
    unprotected = rows(
        """
        SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'p') AND n.nspname LIKE 'shard%%' AND c.relname <> 'django_migrations'
           AND NOT (c.relrowsecurity AND c.relforcerowsecurity
             AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'org_id' AND attnotnull)
             AND (SELECT array_agg(polname::text) FROM pg_policy WHERE polrelid = c.oid) = ARRAY['org_isolation'])
        """
    )
    assert unprotected == []


def test_every_foreign_key_inside_a_shard_carries_the_organization(db: None) -> None:
    plain = rows(
        """
        SELECT conrelid::regclass::text, conname FROM pg_constraint k
          JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE k.contype = 'f' AND n.nspname LIKE 'shard%%'
           AND NOT EXISTS (SELECT FROM pg_attribute a
                            WHERE a.attrelid = k.conrelid AND a.attnum = k.conkey[1] AND a.attname = 'org_id')
        """
    )
    assert plain == []


# Everything a table consists of, without the schema's own name.
PARTS = {
    "columns": """SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
                    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                   WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped""",
    "indexes": "SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_class c WHERE c.relkind = 'i'",
    "constraints": """SELECT c.relname, k.conname, pg_get_constraintdef(k.oid)
                        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE true""",
    "triggers": """SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid)
                     FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal""",
    "policies": """SELECT c.relname, p.polname, pg_get_expr(p.polqual, p.polrelid)
                     FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE true""",
    "functions": "SELECT c.proname, c.prosrc FROM (SELECT *, pronamespace AS relnamespace FROM pg_proc) c WHERE true",
}


@pytest.mark.parametrize("part", PARTS)
def test_shards_that_are_made_in_one_run_are_alike_in_all_their_parts(db: None, part: str) -> None:
    def of(shard: str) -> set[str]:
        found = rows(f"{PARTS[part]} AND c.relnamespace = %s::regnamespace", shard)
        return {repr(row).replace(shard, "shard") for row in found}

    assert of("shard_0001") == of("shard_0002")
    assert len(of("shard_0002")) > 5
