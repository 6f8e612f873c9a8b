-- Brings goods into a store: ledger, levels, cost. The counterpart of inventory_issue.
--
-- p_lines: [{"line": uuid or null, "product": uuid, "lot": uuid or null, "quantity": "24", "unit_cost": "41.5000" or null,
--            "reason": "..."}]; without a cost the goods come in at the level's average.
-- Moving average: what was there at its average plus what comes at its cost, over both quantities; a level
-- at or below zero takes the cost of what comes. What was sold below zero had left at an older cost: two moves
-- of kind "revaluation" put that right, so that a level's value is always that of its moves.
-- Where the organization values by FIFO, each line becomes a layer; of a level below zero, what is left above it.
CREATE OR REPLACE FUNCTION inventory_add(
  p_store uuid, p_lines jsonb, p_kind text, p_document_type text, p_document uuid, p_actor text, p_at timestamptz
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_org bigint := current_setting('pantrypal.org_id')::bigint;
BEGIN
  PERFORM inventory_lock(p_store, p_lines);

  WITH coming AS (
    SELECT (l ->> 'line')::uuid AS line, s.id AS level, s.product_id, s.lot_id, (l ->> 'quantity')::numeric AS quantity,
           round(coalesce((l ->> 'unit_cost')::numeric, nullif(s.average_cost, 0), p.cost, 0), 4) AS unit_cost,
           coalesce(l ->> 'reason', '') AS reason, n
      FROM jsonb_array_elements(p_lines) WITH ORDINALITY AS e(l, n)
      JOIN inventory_stocklevel s ON s.org_id = v_org AND s.store_id = p_store
       AND s.product_id = (l ->> 'product')::uuid AND s.lot_id IS NOT DISTINCT FROM (l ->> 'lot')::uuid
      JOIN catalog_product p ON p.org_id = v_org AND p.id = s.product_id
  ), heaps AS (
    SELECT s.id, s.product_id, s.lot_id, s.on_hand AS before, s.average_cost AS cost_before, c.quantity, c.value,
           CASE WHEN s.on_hand <= 0 THEN round(c.value / c.quantity, 4)
                ELSE round((s.on_hand * s.average_cost + c.value) / (s.on_hand + c.quantity), 4) END AS cost_after
      FROM (SELECT level, sum(quantity) AS quantity, sum(quantity * unit_cost) AS value FROM coming GROUP BY level) c
      JOIN inventory_stocklevel s ON s.org_id = v_org AND s.id = c.level
  ), entries AS (
    SELECT line, product_id, lot_id, quantity, unit_cost, p_kind AS kind, reason, n FROM coming
    UNION ALL
    SELECT NULL, product_id, lot_id, sign * before, unit_cost, 'revaluation', '', 0
      FROM heaps CROSS JOIN LATERAL (VALUES (-1, cost_before), (1, cost_after)) turn(sign, unit_cost)
     WHERE before < 0 AND cost_before <> cost_after
  ), moves AS (
    INSERT INTO inventory_stockmove (id, org_id, store_id, product_id, lot_id, quantity, unit_cost, kind,
                                     document_type, document_id, line_id, reason, actor, at)
    SELECT public.pantry_uuid7(), v_org, p_store, product_id, lot_id, quantity, unit_cost, kind,
           p_document_type, p_document, line, reason, p_actor, p_at
      FROM entries ORDER BY n
  ), layers AS (
    INSERT INTO inventory_costlayer (id, org_id, level_id, quantity, unit_cost)
    SELECT public.pantry_uuid7(), v_org, level, quantity, unit_cost FROM (
      SELECT c.level, c.quantity, c.unit_cost, c.n FROM coming c JOIN heaps h ON h.id = c.level AND h.before >= 0
      UNION ALL
      SELECT id, before + quantity, cost_after, 0 FROM heaps WHERE before < 0 AND before + quantity > 0
    ) piled
     WHERE EXISTS (SELECT FROM inventory_stocksettings WHERE org_id = v_org AND costing = 'fifo')
     ORDER BY n
  )
  UPDATE inventory_stocklevel s SET on_hand = s.on_hand + h.quantity, average_cost = h.cost_after
    FROM heaps h WHERE s.org_id = v_org AND s.id = h.id;
END $$;
