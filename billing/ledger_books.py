"""What shifts and store credits say of themselves, and what the documents add up to. Used by billing.ledger_check."""

from __future__ import annotations

# As billing.ledger_check.RULES: a name, what is said, and SQL giving (where, is, should be).
BOOKS = (
    (
        "shift books",
        "the running books say {}, the documents add up to {}",
        """
        WITH documents AS (
            SELECT org_id, shift_id, 'sales' AS kind, '' AS name, sum(total) AS amount FROM billing_bill GROUP BY 1, 2
            UNION ALL
            SELECT org_id, shift_id, 'discount', '', sum(discount) FROM billing_bill GROUP BY 1, 2
            UNION ALL
            SELECT org_id, shift_id, 'returns', '', sum(total) FROM billing_creditnote GROUP BY 1, 2
            UNION ALL
            SELECT org_id, shift_id, 'round_off', '', sum(round_off)
              FROM (SELECT org_id, shift_id, round_off FROM billing_bill
                    UNION ALL SELECT org_id, shift_id, -round_off FROM billing_creditnote) d GROUP BY 1, 2
            UNION ALL
            SELECT org_id, shift_id, 'tax', (tax ->> 'name') || ' ' || (tax ->> 'rate'),
                   sum(sign * (tax ->> 'amount')::numeric)
              FROM (SELECT org_id, shift_id, taxes, 1 AS sign FROM billing_bill
                    UNION ALL SELECT org_id, shift_id, taxes, -1 FROM billing_creditnote) d,
                   jsonb_array_elements(taxes) AS tax
             GROUP BY 1, 2, 4
            UNION ALL
            SELECT b.org_id, b.shift_id, 'payment', p.method, sum(p.amount)
              FROM billing_payment p JOIN billing_bill b ON b.org_id = p.org_id AND b.id = p.bill_id GROUP BY 1, 2, 4
            UNION ALL
            SELECT n.org_id, n.shift_id, 'refund', r.method, sum(r.amount)
              FROM billing_refund r JOIN billing_creditnote n ON n.org_id = r.org_id AND n.id = r.credit_note_id
             GROUP BY 1, 2, 4
            UNION ALL
            SELECT org_id, shift_id, 'cash', kind, sum(amount) FROM billing_cashmovement GROUP BY 1, 2, 4
        )
        SELECT 'shift ' || shift_id || ' ' || kind || ' ' || name,
               coalesce(t.amount, 0)::text, coalesce(d.amount, 0)::text
          FROM billing_shifttally t FULL JOIN documents d USING (org_id, shift_id, kind, name)
         WHERE coalesce(t.amount, 0) <> coalesce(d.amount, 0)
        """,
    ),
    (
        "shift counts",
        "the running books count {} documents, there are {}",
        """
        SELECT 'shift ' || shift_id || ' ' || kind, coalesce(t.count, 0)::text, coalesce(d.count, 0)::text
          FROM (SELECT * FROM billing_shifttally WHERE kind IN ('sales', 'returns')) t
          FULL JOIN (
            SELECT org_id, shift_id, 'sales' AS kind, count(*) AS count FROM billing_bill GROUP BY 1, 2
            UNION ALL
            SELECT org_id, shift_id, 'returns', count(*) FROM billing_creditnote GROUP BY 1, 2
          ) d USING (org_id, shift_id, kind)
         WHERE coalesce(t.count, 0) <> coalesce(d.count, 0)
        """,
    ),
    (
        "closed shift",
        "{} was expected, the Z report says {}",
        """
        SELECT 'shift ' || s.id, s.expected_cash::text, coalesce(z.figures ->> 'expected_cash', 'nothing')
          FROM billing_shift s LEFT JOIN billing_zreport z ON z.org_id = s.org_id AND z.shift_id = s.id
         WHERE s.closed_at IS NOT NULL AND (z.figures ->> 'expected_cash')::numeric IS DISTINCT FROM s.expected_cash
        """,
    ),
    (
        "store credit",
        "its entries for this document say {}, the document says {}",
        """
        SELECT 'stored value ' || account_id || ' of ' || coalesce(d.number, document_id::text),
               coalesce(e.amount, 0)::text, coalesce(d.amount, 0)::text
          FROM (SELECT org_id, account_id, document_id, sum(amount) AS amount FROM customers_storedvalueentry
                 WHERE document_type IN ('bill', 'credit_note') GROUP BY 1, 2, 3) e
          FULL JOIN (
            SELECT p.org_id, p.stored_value_id AS account_id, p.bill_id AS document_id, b.number,
                   -sum(p.amount) AS amount
              FROM billing_payment p JOIN billing_bill b ON b.org_id = p.org_id AND b.id = p.bill_id
             WHERE p.stored_value_id IS NOT NULL GROUP BY 1, 2, 3, 4
            UNION ALL
            SELECT r.org_id, r.stored_value_id, r.credit_note_id, n.number, sum(r.amount)
              FROM billing_refund r JOIN billing_creditnote n ON n.org_id = r.org_id AND n.id = r.credit_note_id
             WHERE r.stored_value_id IS NOT NULL GROUP BY 1, 2, 3, 4
          ) d USING (org_id, account_id, document_id)
         WHERE coalesce(e.amount, 0) <> coalesce(d.amount, 0)
        """,
    ),
)
