"""Promotions, pure: a cart, the rules and a moment give discounts with a sentence saying why.

How rules compete. A promotion that is not stackable excludes every other one of its kind on the same goods: each
piece carries one of them at most, and of all ways to hand the pieces out the one is taken that takes off most.
Stackable promotions come on top of that, in the order of their priority, on what is left of the price. Their
conditions (a least spend, say) are measured at shelf prices, so no promotion can spoil another one.

The choice is exact as long as the counted promotions that overlap ("buy 2, get 1", "any 5 for 100") can be in no
more than `choosing.FEWEST` states between them: one alone with up to 16 pieces a group always is, two of 3 and 5
pieces are; a small cart may have many more. Beyond that the most promising states are followed, so that the work is
bounded; and in any case the customer gets no less than the best single promotion would give.
"""

from catalog.promotions.engine import Promoted, promote
from catalog.promotions.rules import Item, Kind, Occasion, Rule

__all__ = ["Item", "Kind", "Occasion", "Promoted", "Rule", "promote"]
