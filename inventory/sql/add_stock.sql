-- Brings goods into a store: ledger, levels, average cost. The counterpart of inventory_issue.
--
-- p_lines: [{"line": uuid or null, "product": uuid, "lot": uuid or null, "quantity": "24", "unit_cost": "41.5000" or null,
--            "reason": "..."}]; without a cost the goods come in at the level's average.
-- Moving average: what was there at its average plus what comes at its cost, over both quantities; a level
-- at or below zero takes the cost of what comes.
CREATE OR REPLACE FUNCTION inventory_add(
  p_store uuid, p_lines jsonb, p_kind text, p_document_type text, p_document uuid, p_actor text, p_at timestamptz
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_org bigint := current_setting('pantrypal.org_id')::bigint;
BEGIN
  PERFORM inventory_lock(p_store, p_lines);

  WITH coming AS (
    SELECT (l ->> 'line')::uuid AS line, s.id AS level, s.product_id, s.lot_id, (l ->> 'quantity')::numeric AS quantity,
           coalesce((l ->> 'unit_cost')::numeric, nullif(s.average_cost, 0), p.cost, 0) AS unit_cost,
           coalesce(l ->> 'reason', '') AS reason
      FROM jsonb_array_elements(p_lines) l
      JOIN inventory_stocklevel s ON s.org_id = v_org AND s.store_id = p_store
       AND s.product_id = (l ->> 'product')::uuid AND s.lot_id IS NOT DISTINCT FROM (l ->> 'lot')::uuid
      JOIN catalog_product p ON p.org_id = v_org AND p.id = s.product_id
  ), moves AS (
    INSERT INTO inventory_stockmove (id, org_id, store_id, product_id, lot_id, quantity, unit_cost, kind,
                                     document_type, document_id, line_id, reason, actor, at)
    SELECT public.pantry_uuid7(), v_org, p_store, product_id, lot_id, quantity, unit_cost, p_kind,
           p_document_type, p_document, line, reason, p_actor, p_at
      FROM coming
  )
  UPDATE inventory_stocklevel s
     SET on_hand = s.on_hand + c.quantity,
         average_cost = CASE
           WHEN s.on_hand <= 0 THEN round(c.value / c.quantity, 4)
           ELSE round((s.on_hand * s.average_cost + c.value) / (s.on_hand + c.quantity), 4)
         END
    FROM (SELECT level, sum(quantity) AS quantity, sum(quantity * unit_cost) AS value FROM coming GROUP BY level) c
   WHERE s.org_id = v_org AND s.id = c.level;
END $$;
