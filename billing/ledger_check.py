"""Do the documents of the active organization add up, among themselves and with stock, shifts and audit?"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from billing.ledger_books import BOOKS
from pantrypal.core.findings import Finding

# Each rule: its name, what is said of a row that breaks it, and SQL giving (where, is, should be).
RULES = (
    (
        "bill lines",
        "the bill says {}, its lines add up to {}",
        """
        SELECT b.number, (b.taxable, b.tax, b.discount, b.subtotal)::text, l.sums::text
          FROM billing_bill b
          LEFT JOIN (SELECT org_id, bill_id, (sum(taxable), sum(tax), sum(discount), sum(gross)) AS sums
                       FROM billing_billline GROUP BY 1, 2) l ON l.org_id = b.org_id AND l.bill_id = b.id
         WHERE l.sums IS NULL OR (b.taxable, b.tax, b.discount, b.subtotal) IS DISTINCT FROM l.sums
        """,
    ),
    (
        "payments",
        "the bill is {}, its payments add up to {}",
        """
        SELECT b.number, b.total::text, coalesce(p.paid, 0)::text
          FROM billing_bill b
          LEFT JOIN (SELECT org_id, bill_id, sum(amount) AS paid FROM billing_payment GROUP BY 1, 2) p
            ON p.org_id = b.org_id AND p.bill_id = b.id
         WHERE b.total <> coalesce(p.paid, 0)
        """,
    ),
    (
        "change",
        "the bill says {}, what was handed over says {}",
        """
        SELECT b.number, b.change::text, p.change::text
          FROM billing_bill b
          JOIN (SELECT org_id, bill_id, coalesce(sum(tendered - amount), 0) AS change
                  FROM billing_payment GROUP BY 1, 2) p
            ON p.org_id = b.org_id AND p.bill_id = b.id
         WHERE b.change <> p.change
        """,
    ),
    (
        "credit note lines",
        "the credit note says {}, its lines add up to {}",
        """
        SELECT n.number, (n.taxable, n.tax)::text, l.sums::text
          FROM billing_creditnote n
          LEFT JOIN (SELECT org_id, credit_note_id, (sum(taxable), sum(tax)) AS sums
                       FROM billing_creditnoteline GROUP BY 1, 2) l ON l.org_id = n.org_id AND l.credit_note_id = n.id
         WHERE l.sums IS NULL OR (n.taxable, n.tax) IS DISTINCT FROM l.sums
        """,
    ),
    (
        "refunds",
        "the credit note is {}, its refunds add up to {}",
        """
        SELECT n.number, n.total::text, coalesce(r.given, 0)::text
          FROM billing_creditnote n
          LEFT JOIN (SELECT org_id, credit_note_id, sum(amount) AS given FROM billing_refund GROUP BY 1, 2) r
            ON r.org_id = n.org_id AND r.credit_note_id = n.id
         WHERE n.total <> coalesce(r.given, 0)
        """,
    ),
    (
        "returned money",
        "{} was paid, but {} was given back",
        """
        SELECT b.number, b.total::text, n.given::text
          FROM billing_bill b
          JOIN (SELECT org_id, bill_id, sum(total) AS given FROM billing_creditnote
                 WHERE bill_id IS NOT NULL GROUP BY 1, 2) n
            ON n.org_id = b.org_id AND n.bill_id = b.id
         WHERE n.given > b.total
        """,
    ),
    (
        "returned goods",
        "{} was sold, but {} came back",
        """
        SELECT b.number || ' ' || l.name, l.quantity::text, r.back::text
          FROM billing_billline l
          JOIN billing_bill b ON b.org_id = l.org_id AND b.id = l.bill_id
          JOIN (SELECT org_id, bill_line_id, sum(quantity) AS back FROM billing_creditnoteline
                 WHERE bill_line_id IS NOT NULL GROUP BY 1, 2) r ON r.org_id = l.org_id AND r.bill_line_id = l.id
         WHERE r.back > l.quantity
        """,
    ),
    (
        "cost",
        "the line says {}, the goods that left the stock had cost {}",
        """
        SELECT b.number || ' ' || l.name, l.cost::text, m.cost::text
          FROM billing_billline l
          JOIN billing_bill b ON b.org_id = l.org_id AND b.id = l.bill_id
          JOIN (SELECT org_id, line_id, round(sum(-quantity * unit_cost), 4) AS cost FROM inventory_stockmove
                 WHERE kind = 'sale' GROUP BY 1, 2) m ON m.org_id = l.org_id AND m.line_id = l.id
         WHERE l.cost <> m.cost
        """,
    ),
    (
        "sold goods",
        "{} left the stock, but the line says {}",
        """
        SELECT coalesce(b.number || ' ' || l.name, 'move of a bill that is gone: ' || m.document_id),
               m.quantity::text, coalesce(round(l.quantity * l.pack, 3), 0)::text
          FROM (SELECT org_id, document_id, line_id, -sum(quantity) AS quantity FROM inventory_stockmove
                 WHERE kind = 'sale' GROUP BY 1, 2, 3) m
          LEFT JOIN billing_billline l ON l.org_id = m.org_id AND l.id = m.line_id AND l.bill_id = m.document_id
          LEFT JOIN billing_bill b ON b.org_id = m.org_id AND b.id = m.document_id
         WHERE m.quantity <> coalesce(round(l.quantity * l.pack, 3), 0)
        """,
    ),
    (
        "audit",
        "the audit log tells of {}, which is {}",
        """
        SELECT a.subject_label, a.action, 'gone'
          FROM journal_auditentry a
         WHERE (a.action = 'bill.posted'
                AND NOT EXISTS (SELECT FROM billing_bill b WHERE b.org_id = a.org_id AND b.id::text = a.subject_id))
            OR (a.action = 'credit_note.posted'
                AND NOT EXISTS (SELECT FROM billing_creditnote n
                                 WHERE n.org_id = a.org_id AND n.id::text = a.subject_id))
        """,
    ),
    (
        "audit",
        "the document {} has {} audit entries",
        """
        SELECT d.number, d.number, count(a.id)::text
          FROM (SELECT org_id, id, number FROM billing_bill
                 UNION ALL SELECT org_id, id, number FROM billing_creditnote) d
          LEFT JOIN journal_auditentry a ON a.org_id = d.org_id AND a.subject_id = d.id::text
                AND a.subject_type IN ('billing.bill', 'billing.creditnote') AND a.action LIKE '%.posted'
         GROUP BY d.org_id, d.id, d.number HAVING count(a.id) <> 1
        """,
    ),
)


def check_documents() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        for rule, text, query in (*RULES, *BOOKS):
            cursor.execute(query)
            for where, found, expected in cursor.fetchall():
                yield Finding(rule, where, text.format(found, expected))
