-- Writes a whole sale: the only place where bills are made. Called by billing.operations.checkout with everything
-- priced; one round trip, in this order:
--
--   1 the bill's id, so that repeats wait for each other      5 the number series, the last lock, and the hash chain
--   2 the shift, shared: closing waits for us, or we see it   6 the bill, its lines, buyer and payments
--   3 the stock, locked in primary-key order                  7 running books, audit entry and outbox event
--   4 coupons, then stored value, that are spent
--
-- p holds rows in the shape of their tables under "bill", "seller", "buyer" (or null), "lines", "payments",
-- "tallies", "audit", "event", and under "stock" {"lines", "oversell"}, "value" [{account, amount}], "coupons"
-- {"ids", "always"}, "series" {"kind", "fiscal_year", "prefix"}.
-- Answers {"number", "sequence", "previous_hash", "hash", "taken"}, or why not, and then the caller rolls back:
-- {"posted": true} the bill exists, {"closed": true} the shift is over, {"short": [...]} goods are missing,
-- {"spent": [...]} coupons have been used up, {"lacking": [...]} stored value is too little.
CREATE OR REPLACE FUNCTION billing_post_bill(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_org bigint := current_setting('pantrypal.org_id')::bigint;
  v_bill billing_bill := jsonb_populate_record(NULL::billing_bill, p -> 'bill');
  v_stock jsonb := '{"taken": []}';
  v_spent jsonb;
  v_lacking jsonb;
  v_number jsonb;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(v_bill.id::text, v_org));
  IF EXISTS (SELECT FROM billing_bill WHERE org_id = v_org AND id = v_bill.id) THEN
    RETURN '{"posted": true}';
  END IF;

  PERFORM FROM billing_shift WHERE org_id = v_org AND id = v_bill.shift_id AND closed_at IS NULL FOR SHARE;
  IF NOT FOUND THEN
    RETURN '{"closed": true}';
  END IF;

  IF jsonb_array_length(p #> '{stock,lines}') > 0 THEN
    -- Goods of a sale made off line left the shelf then, not now: whoever counted in between has not seen them.
    v_stock := inventory_issue(
      v_bill.store_id, p #> '{stock,lines}', v_bill.document_date, (p #>> '{stock,oversell}')::boolean,
      'sale', 'bill', v_bill.id, v_bill.cashier, least(v_bill.occurred_at, v_bill.finalized_at));
    IF v_stock ? 'short' THEN
      RETURN v_stock;
    END IF;
  END IF;

  IF jsonb_array_length(p #> '{coupons,ids}') > 0 THEN
    v_spent := catalog_use_coupons(
      p #> '{coupons,ids}', (p #>> '{coupons,always}')::boolean, v_bill.id, v_bill.cashier, v_bill.finalized_at);
    IF v_spent IS NOT NULL THEN
      RETURN v_spent;
    END IF;
  END IF;

  IF jsonb_array_length(p -> 'value') > 0 THEN
    v_lacking := customers_move_value(p -> 'value', 'bill', v_bill.id, v_bill.cashier, v_bill.finalized_at);
    IF v_lacking IS NOT NULL THEN
      RETURN v_lacking;
    END IF;
  END IF;

  v_number := billing_next_number(v_bill.register_id, p -> 'series', v_bill.content_hash, v_bill.total);
  v_bill := jsonb_populate_record(v_bill, v_number);

  INSERT INTO billing_sellersnapshot SELECT * FROM jsonb_populate_record(NULL::billing_sellersnapshot, p -> 'seller')
    ON CONFLICT DO NOTHING;
  INSERT INTO billing_bill SELECT (v_bill).*;
  -- A line's cost is what its goods had cost; goods whose stock is not counted bring their last cost along.
  INSERT INTO billing_billline SELECT * FROM jsonb_populate_recordset(NULL::billing_billline, (
    SELECT jsonb_agg(CASE WHEN taken.cost IS NULL THEN l ELSE l || jsonb_build_object('cost', taken.cost) END)
      FROM jsonb_array_elements(p -> 'lines') l
      LEFT JOIN (
        SELECT t ->> 'line' AS line, round(sum((t ->> 'quantity')::numeric * (t ->> 'unit_cost')::numeric), 4) AS cost
          FROM jsonb_array_elements(v_stock -> 'taken') t GROUP BY 1
      ) taken ON taken.line = l ->> 'id'));
  INSERT INTO billing_payment SELECT * FROM jsonb_populate_recordset(NULL::billing_payment, p -> 'payments');
  IF jsonb_typeof(p -> 'buyer') = 'object' THEN
    INSERT INTO billing_billbuyer SELECT * FROM jsonb_populate_record(NULL::billing_billbuyer, p -> 'buyer');
  END IF;
  PERFORM billing_post_side_rows(p, v_bill.shift_id, v_bill.number);

  RETURN v_number || v_stock;
END $$;
