"""What to rent for so many bills a day."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from pantrypal.core.sizing import Cost, Figures, Sizing, size

ROUND = Figures(Cost(1, 1), Cost(1, 1), Cost(3, 6), Cost(1, 1), 1_000, 200, 10_000)


def test_ten_million_bills_a_day_are_reckoned_from_the_cost_of_each_request() -> None:
    # 1,157.4 sales a second at the peak bring 7,716 requests; the app spends 3 + 17/3 ms a sale, the database 6 + 17/3.
    assert size(10_000_000, figures=ROUND) == Sizing(
        sales_a_second=1_158,
        requests_a_second=7_717,
        app_cores=17,
        web_servers=5,
        database_cores=23,
        connections=92,
        shards=8,
        database_gb_a_year=7_300,
        pdf_gb_a_year=36_500,
    )


def test_a_corner_shop_takes_the_least_there_is_with_a_second_server_for_safety() -> None:
    need = size(300, figures=ROUND)

    assert (need.app_cores, need.web_servers, need.database_cores, need.connections, need.shards) == (1, 2, 1, 8, 1)


def test_the_command_says_it_in_words() -> None:
    out = StringIO()
    call_command("sizing", "--bills-per-day", "20000", stdout=out)

    assert "At the peak:  3 sales and 16 requests a second\n" in out.getvalue()
    with pytest.raises(CommandError, match="whole numbers"):
        call_command("sizing", "--bills-per-day", "0")
