"""One retailer of the demo, from the sign-up to this moment's last bill."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from billing.demo.goods import Good, fill_catalog
from billing.demo.people import give_pins, users_of
from billing.demo.plans import OrgPlan, StorePlan
from billing.demo.promotions import start_promotions
from billing.demo.purchases import buy
from billing.demo.shoppers import Shoppers, make_customers
from billing.demo.specials import add_specials
from billing.demo.stockwork import keep_stock
from billing.demo.storeroom import Storeroom
from billing.demo.trade import Trade, counters_of
from billing.operations.registers import create_register
from billing.operations.rules import create_default_reasons
from customers.models import Customer
from pantrypal.core.actor import Actor
from pantrypal.core.models import Membership, Organization, Plan, Shard, Store, User
from pantrypal.core.operations.organizations import create_store, sign_up
from pantrypal.core.operations.people import add_member
from pantrypal.tenancy.context import org_scope

PLAN = "premium"
SEED = 952


def found(plan: OrgPlan, *, now: datetime) -> bool:
    """All of it in one transaction; nothing, and False, where the organization is there already."""
    with org_scope(None), transaction.atomic():
        if Organization.objects.filter(slug=plan.slug).exists():
            return False
        users = users_of(plan)
        began = now - timedelta(days=plan.days + 3)
        org = sign_up(
            name=plan.name,
            slug=plan.slug,
            owner=users[plan.owner.email],
            at=began,
            shard=Shard.objects.get(schema_name=plan.shard),
            plan=Plan.objects.get(code=PLAN),
            status=Organization.Status.ACTIVE,
            **plan.values,
        )
        with org_scope(org.pk):
            _furnish(plan, org, users, began, now)
    return True


def _furnish(plan: OrgPlan, org: Organization, users: dict[str, User], began: datetime, now: datetime) -> None:
    owner = _actors(org)[plan.owner.email]
    stores = {store.code: create_store(actor=owner, at=began, **store.values) for store in plan.stores}
    for post in plan.posts:
        where = [stores[code] for code in post.stores] or None
        add_member(user=users[post.person.email], role=post.role, stores=where, actor=owner, at=began)
    create_default_reasons(actor=owner, at=began)
    give_pins(plan, org, owner, began)
    goods = fill_catalog(plan, org=org, actor=owner, at=began)
    if org.has_mrp_ceiling:
        start_promotions(org, list(stores.values()), goods, actor=owner, began=began, now=now)
    customers = make_customers(plan.customers, org=org, actor=owner, at=began)
    for store in plan.stores:
        _trade(plan, store, stores[store.code], goods, customers, owner, now)
    add_specials(plan, org=org, actor=owner, at=now)
    keep_stock(list(stores.values()), actor=owner, now=now, chance=Random(f"{SEED} {plan.slug}"))
    buy(org, list(stores.values()), goods, actor=owner, now=now)


def _actors(org: Organization) -> dict[str, Actor]:
    members = Membership.objects.select_related("org", "user").filter(org=org)
    return {member.user.email: member.actor() for member in members}


def _trade(
    plan: OrgPlan,
    store_plan: StorePlan,
    store: Store,
    goods: Sequence[Good],
    customers: Sequence[Customer],
    owner: Actor,
    now: datetime,
) -> None:
    chance = Random(f"{SEED} {plan.slug} {store.code}")
    began = now - timedelta(days=plan.days + 2)
    registers = {
        counter.code: create_register(
            store=store, code=counter.code, name=counter.name, kind=counter.kind, actor=owner, at=began
        )
        for counter in store_plan.registers
    }
    trade = Trade(
        store,
        counters_of(store_plan.registers, registers, _actors(store.org)),
        Storeroom(store, goods, owner, chance),
        Shoppers(store, goods, customers, chance),
        chance,
    )
    trade.run(plan.days, now)
