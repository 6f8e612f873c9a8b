"""Finding an HSN by figures or by words."""

from __future__ import annotations

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from pantrypal.core.models import HsnCode

LONGEST, MOST_WORDS = 100, 6
FOR_PRODUCTS = 4  # figures that a product's HSN has at least


def find_hsn(text: str, *, least_figures: int = 2) -> QuerySet[HsnCode]:
    """Codes that begin with the figures, or that speak of all the words: those that a shopkeeper's own words name
    first, headings before what lies below them. Nothing typed: the headings that shops need."""
    text = text.replace("\0", "").strip()[:LONGEST]
    codes = HsnCode.objects.annotate(figures=Length("code")).filter(figures__gte=least_figures)
    if not text:
        return codes.exclude(name="").order_by("code")
    if text.isdigit():
        return codes.filter(code__startswith=text).order_by("code")
    words = text.split()[:MOST_WORDS]
    by_name = Q(*(Q(name__icontains=word) for word in words))
    anywhere = Q(*(Q(name__icontains=word) | Q(description__icontains=word) for word in words))
    rank = Case(When(by_name, then=Value(0)), default=Value(1), output_field=IntegerField())
    return codes.filter(anywhere).annotate(rank=rank).order_by("rank", "figures", "code")
