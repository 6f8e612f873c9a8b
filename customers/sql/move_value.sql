-- Moves stored value (store credit, gift cards): locks, checks, writes ledger and balances. The only writer of both,
-- called by customers.operations.stored_value and by the posting functions of billing.
--
-- p_entries: [{"account": uuid, "amount": "-120.00"}]; negative spends.
-- Answers NULL, or with nothing written {"lacking": [{account, wanted, balance}]}: too little, blocked or unknown.
CREATE OR REPLACE FUNCTION customers_move_value(
  p_entries jsonb, p_document_type text, p_document uuid, p_actor text, p_at timestamptz
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_org bigint := current_setting('pantrypal.org_id')::bigint;
  v_lacking jsonb;
BEGIN
  -- Locks in primary-key order, after stock and before the number series.
  PERFORM FROM customers_storedvalue
    WHERE org_id = v_org AND id IN (SELECT (e ->> 'account')::uuid FROM jsonb_array_elements(p_entries) e)
    ORDER BY id FOR NO KEY UPDATE;

  SELECT jsonb_agg(jsonb_build_object('account', asked.account, 'wanted', -asked.amount, 'balance', coalesce(v.balance, 0)))
    INTO v_lacking
    FROM (SELECT (e ->> 'account')::uuid AS account, sum((e ->> 'amount')::numeric) AS amount
            FROM jsonb_array_elements(p_entries) e GROUP BY 1) asked
    LEFT JOIN customers_storedvalue v ON v.org_id = v_org AND v.id = asked.account AND v.blocked_at IS NULL
   WHERE v.id IS NULL OR v.balance + asked.amount < 0;
  IF v_lacking IS NOT NULL THEN
    RETURN jsonb_build_object('lacking', v_lacking);
  END IF;

  WITH entries AS (
    INSERT INTO customers_storedvalueentry (id, org_id, account_id, amount, document_type, document_id, actor, at)
    SELECT public.pantry_uuid7(), v_org, (e ->> 'account')::uuid, (e ->> 'amount')::numeric,
           p_document_type, p_document, p_actor, p_at
      FROM jsonb_array_elements(p_entries) e
    RETURNING account_id, amount
  )
  UPDATE customers_storedvalue v SET balance = v.balance + moved.amount
    FROM (SELECT account_id, sum(amount) AS amount FROM entries GROUP BY 1) moved
   WHERE v.org_id = v_org AND v.id = moved.account_id;
  RETURN NULL;
END $$;
