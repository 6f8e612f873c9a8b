-- Writes a whole return: the only place where credit notes are made. Called by billing.operations.returns, which holds
-- the bill's lock, so that two returns of one bill are worked out one after the other. In the order of post_bill:
-- the note's id, the shift (shared), stock, stored value, the number series (last), rows.
--
-- p as for post_bill, with "note" and "refunds" in place of "bill" and "payments"; "stock" is
-- {"back": [lines for inventory_add], "spoilt": [{"kind": "damage" or "expiry", "lines": [...]}]}: spoilt goods come
-- back first and are written off then, so that the ledger shows both and the waste has its cost.
-- Answers like post_bill: the number and the link of the chain, or {"posted": true}, {"closed": true}.
CREATE OR REPLACE FUNCTION billing_post_credit_note(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_org bigint := current_setting('pantrypal.org_id')::bigint;
  v_note billing_creditnote := jsonb_populate_record(NULL::billing_creditnote, p -> 'note');
  v_spoilt jsonb;
  v_number jsonb;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(v_note.id::text, v_org));
  IF EXISTS (SELECT FROM billing_creditnote WHERE org_id = v_org AND id = v_note.id) THEN
    RETURN '{"posted": true}';
  END IF;

  PERFORM FROM billing_shift WHERE org_id = v_org AND id = v_note.shift_id AND closed_at IS NULL FOR SHARE;
  IF NOT FOUND THEN
    RETURN '{"closed": true}';
  END IF;

  IF jsonb_array_length(p #> '{stock,back}') > 0 THEN
    PERFORM inventory_add(v_note.store_id, p #> '{stock,back}', 'return', 'credit_note', v_note.id,
                          v_note.cashier, v_note.finalized_at);
    FOR v_spoilt IN SELECT * FROM jsonb_array_elements(p #> '{stock,spoilt}') LOOP
      PERFORM inventory_issue(v_note.store_id, v_spoilt -> 'lines', NULL, false, v_spoilt ->> 'kind', 'credit_note',
                              v_note.id, v_note.cashier, v_note.finalized_at);
    END LOOP;
  END IF;

  IF jsonb_array_length(p -> 'value') > 0 THEN
    PERFORM customers_move_value(p -> 'value', 'credit_note', v_note.id, v_note.cashier, v_note.finalized_at);
  END IF;

  v_number := billing_next_number(v_note.register_id, p -> 'series', v_note.content_hash, v_note.total);
  v_note := jsonb_populate_record(v_note, v_number);

  INSERT INTO billing_sellersnapshot SELECT * FROM jsonb_populate_record(NULL::billing_sellersnapshot, p -> 'seller')
    ON CONFLICT DO NOTHING;
  INSERT INTO billing_creditnote SELECT (v_note).*;
  INSERT INTO billing_creditnoteline SELECT * FROM jsonb_populate_recordset(NULL::billing_creditnoteline, p -> 'lines');
  INSERT INTO billing_refund SELECT * FROM jsonb_populate_recordset(NULL::billing_refund, p -> 'refunds');
  PERFORM billing_post_side_rows(p, v_note.shift_id, v_note.number);

  RETURN v_number;
END $$;
