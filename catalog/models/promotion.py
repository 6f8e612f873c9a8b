"""The rules that give discounts, and the codes that open some of them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.category import Brand, Category
from catalog.models.product import NOT_NEGATIVE, Product
from catalog.promotions.rules import Kind
from pantrypal.core.fields import MoneyField, RateField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel

AT_LEAST_ONE = [MinValueValidator(1), MaxValueValidator(999)]

KIND_NAMES = {
    Kind.PERCENT: _("Percent off"),
    Kind.AMOUNT: _("Amount off each piece, kg or litre"),
    Kind.FIXED_PRICE: _("Fixed price each"),
    Kind.BUY_GET: _("Buy some, get some"),
    Kind.ANY_FOR: _("Any so many for one price"),
    Kind.BILL_AMOUNT: _("Amount off the bill"),
}


def kind_choices() -> list[tuple[str, str]]:
    return [(kind.value, str(name)) for kind, name in KIND_NAMES.items()]


class Promotion(OrgModel):
    """What `catalog.promotions.Rule` says of each field holds here. Archived, never removed: bills name it."""

    class Day(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    name = models.CharField(_("name"), max_length=80, help_text=_("Customers read it on the bill."))
    kind = models.CharField(_("what it does"), max_length=12, choices=kind_choices, default=Kind.PERCENT.value)
    percent = RateField(
        _("percent off"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Buy some, get some: off those that one gets, 100 for free."),
    )
    amount = MoneyField(
        _("amount"), null=True, blank=True, validators=NOT_NEGATIVE, help_text=_("The amount off, or the price.")
    )
    buy = models.PositiveSmallIntegerField(
        _("pieces to buy"), null=True, blank=True, validators=AT_LEAST_ONE, help_text=_("Any so many: how many.")
    )
    get = models.PositiveSmallIntegerField(_("pieces to get"), null=True, blank=True, validators=AT_LEAST_ONE)
    least_spend = MoneyField(
        _("from a spend of"),
        null=True,
        blank=True,
        validators=NOT_NEGATIVE,
        help_text=_("On its goods, at shelf prices. Empty: from the first rupee."),
    )
    most_times = models.PositiveSmallIntegerField(
        _("at most, in one bill"),
        null=True,
        blank=True,
        validators=AT_LEAST_ONE,
        help_text=_("So many pieces or groups have it. Empty: all."),
    )
    priority = models.SmallIntegerField(
        _("priority"), default=0, help_text=_("Among equals, and among those that come on top: higher first.")
    )
    stackable = models.BooleanField(
        _("comes on top of others"),
        default=False,
        help_text=_("Off: of all such promotions each piece has the one that is best for the customer."),
    )
    needs_coupon = models.BooleanField(_("needs a coupon"), default=False)
    stores = ArrayField(
        models.UUIDField(), verbose_name=_("stores"), default=list, blank=True, help_text=_("None: all stores.")
    )
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    days = ArrayField(
        models.PositiveSmallIntegerField(choices=Day.choices),
        verbose_name=_("days of the week"),
        default=list,
        blank=True,
        help_text=_("None: every day."),
    )
    hours_from = models.TimeField(_("from the hour"), null=True, blank=True, help_text=_("By the store's clock."))
    hours_until = models.TimeField(_("until the hour"), null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(OrgModel.Meta):
        verbose_name = _("promotion")
        verbose_name_plural = _("promotions")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent__isnull=True) | models.Q(percent__gte=0, percent__lte=100),
                name="catalog_promotion_percent",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0), name="catalog_promotion_amount"
            ),
        ]
        indexes = [models.Index(fields=["org_id", "name", "id"], name="catalog_promotion_by_name")]

    def __str__(self) -> str:
        return self.name


class PromotionTarget(OrgModel):
    """Goods that a promotion is about: a product, a brand, or a category with all that lies in it."""

    class Role(models.TextChoices):
        ON = "on", _("it is for")
        REWARD = "reward", _("one gets")
        EXCEPT = "except", _("but not")

    promotion = OrgForeignKey(Promotion, on_delete=models.CASCADE, related_name="targets")
    role = models.CharField(_("role"), max_length=6, choices=Role.choices, default=Role.ON)
    product = OrgForeignKey(Product, null=True, blank=True, verbose_name=_("product"))
    category = OrgForeignKey(Category, null=True, blank=True, verbose_name=_("category"))
    brand = OrgForeignKey(Brand, null=True, blank=True, verbose_name=_("brand"))

    class Meta(OrgModel.Meta):
        verbose_name = _("goods")
        verbose_name_plural = _("goods")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(product__isnull=False, category__isnull=True, brand__isnull=True)
                | models.Q(product__isnull=True, category__isnull=False, brand__isnull=True)
                | models.Q(product__isnull=True, category__isnull=True, brand__isnull=False),
                name="catalog_promotiontarget_one",
            ),
        ]
        indexes = [models.Index(fields=["org_id", "promotion"], name="catalog_target_promotion")]

    def __str__(self) -> str:
        return str(self.product or self.category or self.brand)


class Coupon(OrgModel):
    """A code that opens its promotion. `used` is counted in the sale's own transaction."""

    promotion = OrgForeignKey(Promotion, on_delete=models.PROTECT, related_name="coupons")
    code = models.CharField(
        _("code"),
        max_length=24,
        validators=[RegexValidator(r"^[A-Z0-9-]+$", _("Capital letters, figures and hyphens."))],
    )
    most_uses = models.PositiveIntegerField(
        _("uses"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: as often as one likes."),
    )
    used = models.PositiveIntegerField(_("used"), default=0, editable=False)

    class Meta(OrgModel.Meta):
        verbose_name = _("coupon")
        verbose_name_plural = _("coupons")
        constraints = [models.UniqueConstraint(fields=["org_id", "code"], name="catalog_coupon_code")]
        indexes = [models.Index(fields=["org_id", "promotion"], name="catalog_coupon_promotion")]

    def __str__(self) -> str:
        return self.code


class CouponUse(OrgModel):
    """A coupon was given for a bill. Rows are added, never changed (trigger)."""

    coupon = OrgForeignKey(Coupon, related_name="uses")
    document_id = models.UUIDField()
    actor = models.CharField(max_length=254)
    at = models.DateTimeField()

    class Meta(OrgModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["org_id", "coupon", "document_id"], name="catalog_couponuse_once")
        ]

    def __str__(self) -> str:
        return f"{self.coupon_id} {self.document_id}"
