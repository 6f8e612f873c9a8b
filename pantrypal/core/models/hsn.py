"""The codes by which India's GST tariff knows goods; the same for every organization."""

from __future__ import annotations

from django.db import models


class HsnCode(models.Model):
    """A chapter (2 figures), heading (4), or what lies below it (6 and 8).

    `name` is what a shopkeeper calls the goods, and ships with the product for chapters and for the headings that
    shops need; `description` is the official wording, once somebody has loaded the list (manage.py load_hsn).
    """

    code = models.CharField(max_length=8, primary_key=True)
    name = models.CharField(max_length=120, blank=True, default="")
    description = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name or self.description}"
