"""manage.py seed_demo: the demo chain. For a trial installation only: everybody has the same password."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand
from django.utils import timezone

from billing.demo import plans
from billing.demo.founding import found
from billing.demo.key import demo_key
from billing.demo.people import invite_everybody
from billing.demo.plans import Person, Post
from pantrypal.core.access import ROLE_NAMES, Role


class Command(BaseCommand):
    requires_system_checks = ()  # they read every page's code
    help = "Fill an installation with the demo chain and two other retailers; what is there already stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--password", required=True, help="of everybody who is made")
        parser.add_argument("--key-file", required=True, type=Path, help="where the chain's API key is kept")
        parser.add_argument("organization", nargs="*", help="these only, such as annapurna")

    def handle(self, *args: Any, **options: Any) -> None:
        now, chosen = timezone.now(), options["organization"]
        wanted = [plan for plan in plans.ALL if not chosen or plan.slug in chosen]
        invite_everybody(make_password(options["password"]))
        for plan in wanted:
            if found(plan, now=now):
                self.stdout.write(f"Made {plan.name}.")
        if plans.ANNAPURNA in wanted:
            key = demo_key(plans.ANNAPURNA.slug, options["key_file"], at=now)
            self._tell(options["password"], key)

    def _tell(self, password: str, key: str) -> None:
        chain = plans.ANNAPURNA
        self.stdout.write(f"\n{chain.name}, at /{chain.slug}/. Everybody's password: {password}")
        for post in (Post(chain.owner, Role.OWNER), *chain.posts):
            self.stdout.write(f"  {ROLE_NAMES[post.role]!s:<18} {post.person.email:<28} {_named(post.person)}")
        self.stdout.write(f"  {'Platform operator':<18} {plans.OPERATOR.email:<28} at /platform/")
        for other in (plans.BHARAT, plans.GREENFIELD):
            self.stdout.write(f"{other.name}, at /{other.slug}/: {other.owner.email}")
        self.stdout.write(f"API key of {chain.name}, all scopes: {key}")


def _named(person: Person) -> str:
    return f"{person.name} (PIN {person.pin})" if person.pin else person.name
