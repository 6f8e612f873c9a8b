"""The house rules as patterns: where something may be said, and what to do instead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatch

PYTHON = ("*.py",)
TEMPLATES = ("templates/*.html",)
EVERYTHING = ("*",)
THE_SAMPLES = "tests/architecture/rules.py"
CONFIGURATION = (
    "*.lock",
    "*.toml",
    "*.txt",
    "*.json",
    "*.cfg",
    "*.ini",
    "*.yml",
    "*.yaml",
    ".npmrc",
    "Makefile",
    ".ci/*",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """`pattern` may not occur in `files`, but for those of `allowed`. `good` and `bad` are samples of lines."""

    name: str
    pattern: str
    instead: str
    good: str
    bad: str
    files: tuple[str, ...] = PYTHON
    allowed: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()

    def breaches(self, text: str) -> list[int]:
        """Numbers of the lines that break the rule."""
        found = re.compile(self.pattern)
        return [number for number, line in enumerate(text.splitlines(), 1) if found.search(line)]

    def applies_to(self, path: str) -> bool:
        def among(patterns: tuple[str, ...]) -> bool:
            return any(fnmatch(path, pattern) for pattern in patterns)

        excepted = (THE_SAMPLES, *self.allowed, *self.skipped)
        return among(self.files) and not among(excepted)


RULES = (
    Rule(
        "a manager that knows no organization is named in few places",
        r"\b(_default_manager|_base_manager|all_orgs)\b|\bmodels\.Manager\(\)",
        "Use `objects`: it is bound to the active organization.",
        good="products = Product.objects.sellable()",
        bad="products = Product._base_manager.all()",
        # The link tables of stores are read before, or without, an active organization.
        allowed=(
            "pantrypal/core/models/api_key.py",
            "pantrypal/core/models/membership.py",
            "pantrypal/core/operations/invitations.py",
        ),
    ),
    Rule(
        "stock is moved by inventory.operations.stock and its SQL",
        r"(?i)\bStockMove\(|\b(StockMove|StockLevel)\.objects\.(create|bulk_create|update|delete|get_or_create)"
        r"|\b(StockMove|StockLevel)\.objects\.filter\(.*\)\.(update|delete)\("
        r"|(insert into|update|delete from) inventory_stock(move|level)",
        "Call add_stock() or issue_stock().",
        good="add_stock(goods, store=store.pk, kind=StockMove.Kind.RECEIPT, source=source)",
        bad="StockLevel.objects.filter(product=milk).update(on_hand=5)",
        files=("*.py", "*.sql"),
        allowed=("inventory/sql/*_stock.sql", "inventory/models/stock.py"),
        skipped=("tests/*",),
    ),
    Rule(
        "bills are made by billing.posting and its SQL",
        r"(?i)(?<![\w.])(Bill|BillLine|BillBuyer|Payment)\((?!OrgModel)|\b(Bill|BillLine|Payment)\.objects\.(create|bulk_create)"
        r"|(insert into|update|delete from) billing_(bill|billline|payment|billbuyer)\b",
        "Call checkout().",
        good="posted = checkout(sale, actor=actor, at=at)",
        bad="bill = Bill.objects.create(number='1')",
        files=("*.py", "*.sql"),
        allowed=("billing/posting/bills.py", "billing/sql/post_*.sql"),
        skipped=("tests/*",),
    ),
    Rule(
        "no package index is named",
        r"(?i)--?((extra-)?index.url|find.links|registry)\b|https?://[^\s\"']*(py(pi|thonhosted)|npm.?js|/simple/?)",
        "Leave the index to whoever installs; make lock writes none.",
        good="django==5.2.19 \\",
        bad="--find-links=../wheels",
        files=CONFIGURATION,
    ),
    Rule(
        "no folder of somebody's machine is named",
        r"(?<![\w.])/(work|root|home|Users)/\w",
        "Work the path out from the file's own place or from a setting.",
        good="REPO = Path(__file__).resolve().parents[1]",
        bad='REPO = Path("/home/asha/pantrypal")',
        files=EVERYTHING,
        skipped=("static/js/vendor/*",),  # a compiler's own virtual home
    ),
    Rule(
        "templates bring no script, style or raw markup of their own",
        r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\son[a-z]+=[\"']|\|\s*safe\b|{%\s*autoescape off",
        "Put it into static/js or static/css; leave escaping on.",
        good='<script src="{% static \'js/menu.js\' %}" type="module"></script>',
        bad='<p onclick="pay()">{{ name|safe }}</p>',
        files=TEMPLATES,
    ),
    Rule(
        "a template's comment ends on its line",
        r"{#(?!.*#})",
        "A comment over several lines is shown to everybody: begin each line anew with {# and end it with #}.",
        good="{# till; bill; currency #}",
        bad="{# till; bill;",
        files=TEMPLATES,
    ),
    Rule(
        "money is never a float",
        r"(?<![\w.])float\(|\bFloatField\b",
        "Use Decimal; round in pantrypal.core.money.",
        good='price = Decimal("49.00")',
        bad="price = float(product.price)",
        allowed=("pantrypal/core/api/throttles.py",),  # seconds
        skipped=("tests/*", "deploy/*"),
    ),
    Rule(
        "nothing is left for later",
        r"\b(TODO|FIXME|XXX|HACK)\b",
        "Finish it, or open an issue.",
        good="# Locks come in one order everywhere.",
        bad="# TODO: lock the row",
        files=("*.py", "*.html", "*.css", "*.js", "*.sql", "*.typ"),
        skipped=("static/js/vendor/*",),
    ),
)
