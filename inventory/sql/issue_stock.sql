-- Takes goods out of a store: locks, checks, picks lots, writes ledger and levels. Called by
-- inventory.operations.stock and by billing_post_bill; nothing else writes these tables when goods go out.
--
-- p_lines: [{"line": uuid, "product": uuid, "quantity": "2", "lot": uuid or null, "reason": "..."}].
-- p_on: the store's date; lots that expired before it, and recalled ones, stay. NULL takes those too (write-offs).
-- p_oversell: take what is missing from the level without a lot, which then goes below zero.
-- Answers {"taken": [{line, product, lot, quantity, unit_cost}]}, or {"short": [...]} with nothing written.
-- A line that names its lot gets that one; the rest goes first expired, first out, equal ones in the order they came.
-- Goods leave at the level's average, or at the cost of its oldest layers where it has some (FIFO): then one line may
-- be taken in several parts.
CREATE OR REPLACE FUNCTION inventory_issue(
  p_store uuid, p_lines jsonb, p_on date, p_oversell boolean,
  p_kind text, p_document_type text, p_document uuid, p_actor text, p_at timestamptz
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_org bigint := current_setting('pantrypal.org_id')::bigint;
  v_short jsonb;
  v_taken jsonb;
  v_layered uuid[];
BEGIN
  -- Before any lock: making a row waits for whoever is making the same one.
  IF p_oversell THEN
    INSERT INTO inventory_stocklevel (id, org_id, store_id, product_id, lot_id, on_hand, average_cost)
    SELECT public.pantry_uuid7(), v_org, p_store, p.id, NULL, 0, coalesce(p.cost, 0)
      FROM catalog_product p
     WHERE p.org_id = v_org
       AND p.id IN (SELECT (l ->> 'product')::uuid FROM jsonb_array_elements(p_lines) l)
       AND NOT EXISTS (SELECT FROM inventory_stocklevel s WHERE s.org_id = v_org AND s.store_id = p_store
                          AND s.product_id = p.id AND s.lot_id IS NULL)
     ORDER BY p.id
    ON CONFLICT DO NOTHING;
  END IF;

  -- Locks in primary-key order everywhere: two tills wait for each other instead of deadlocking.
  PERFORM FROM inventory_stocklevel
    WHERE org_id = v_org AND store_id = p_store
      AND product_id IN (SELECT (l ->> 'product')::uuid FROM jsonb_array_elements(p_lines) l)
    ORDER BY id FOR NO KEY UPDATE;

  WITH demand AS (
    SELECT (l ->> 'line')::uuid AS line, (l ->> 'product')::uuid AS product, (l ->> 'quantity')::numeric AS quantity,
           CASE WHEN p_oversell THEN NULL ELSE (l ->> 'lot')::uuid END AS lot, coalesce(l ->> 'reason', '') AS reason, n
      FROM jsonb_array_elements(p_lines) WITH ORDINALITY AS e(l, n)
  ), named AS (
    SELECT lot, sum(quantity) AS quantity FROM demand WHERE lot IS NOT NULL GROUP BY lot
  ), supply AS (
    SELECT s.id, s.product_id, s.lot_id, greatest(s.on_hand, 0) AS on_hand, s.average_cost,
           coalesce(lot.expires_on, 'infinity'::date) AS expires_on,
           p_on IS NOT NULL AND coalesce(lot.expires_on < p_on, false) AS expired,
           p_on IS NOT NULL AND lot.recalled_at IS NOT NULL AS recalled,
           p_oversell AND s.lot_id IS NULL AS bottomless
      FROM inventory_stocklevel s LEFT JOIN inventory_lot lot ON lot.org_id = s.org_id AND lot.id = s.lot_id
     WHERE s.org_id = v_org AND s.store_id = p_store AND s.product_id IN (SELECT product FROM demand)
  ), pool AS (
    -- Who may draw on what: a line that names a lot on that lot first, every other line on what is left of the product.
    SELECT n.lot AS key, s.*, least(s.on_hand, n.quantity) AS quantity FROM supply s JOIN named n ON n.lot = s.lot_id
    UNION ALL
    SELECT s.product_id, s.*, CASE WHEN s.bottomless THEN 1e12 ELSE s.on_hand - least(s.on_hand, coalesce(n.quantity, 0)) END
      FROM supply s LEFT JOIN named n ON n.lot = s.lot_id
  ), offered AS (
    -- Each level as an interval of its pool, in the order in which it is to go.
    SELECT key, id, lot_id, average_cost, until - quantity AS since, until FROM (
      SELECT *, sum(quantity) OVER (PARTITION BY key ORDER BY bottomless, expires_on, id) AS until
        FROM pool WHERE NOT expired AND NOT recalled AND quantity > 0
    ) summed
  ), wanted AS (
    -- Each line as an interval of what is asked of its pool: where the intervals meet, goods change hands.
    SELECT *, until - quantity AS since FROM (
      SELECT *, coalesce(lot, product) AS key, sum(quantity) OVER (PARTITION BY coalesce(lot, product) ORDER BY n) AS until
        FROM demand
    ) summed
  ), taken AS (
    SELECT w.n, w.line, w.product, w.reason, o.id AS level, o.lot_id, o.average_cost,
           least(o.until, w.until) - greatest(o.since, w.since) AS quantity
      FROM wanted w JOIN offered o ON o.key = w.key AND o.since < w.until AND w.since < o.until
  ), short AS (
    SELECT d.product, d.quantity AS wanted, coalesce(s.available, 0) AS available, coalesce(s.expired, 0) AS expired,
           coalesce(s.recalled, 0) AS recalled, s.expired_on
      FROM (SELECT key, product, max(until) AS quantity FROM wanted GROUP BY key, product) d
      LEFT JOIN (
        SELECT key, sum(quantity) FILTER (WHERE NOT expired AND NOT recalled) AS available,
               sum(quantity) FILTER (WHERE expired) AS expired, sum(quantity) FILTER (WHERE recalled) AS recalled,
               max(expires_on) FILTER (WHERE expired AND quantity > 0) AS expired_on
          FROM pool GROUP BY key
      ) s ON s.key = d.key
     WHERE d.quantity > coalesce(s.available, 0)
  ), allowed AS (
    SELECT * FROM taken WHERE NOT EXISTS (SELECT FROM short)
  ), layers AS (
    -- What had come at one cost, as an interval of its level, the oldest first.
    SELECT level_id, id, unit_cost, until - quantity AS since, until FROM (
      SELECT *, sum(quantity) OVER (PARTITION BY level_id ORDER BY id) AS until
        FROM inventory_costlayer WHERE org_id = v_org AND level_id IN (SELECT level FROM allowed)
    ) summed
  ), drawn AS (
    SELECT *, until - quantity AS since FROM (
      SELECT *, sum(quantity) OVER (PARTITION BY level ORDER BY n) AS until FROM allowed
    ) summed
  ), costed AS (
    SELECT d.line, d.product, d.reason, d.level, d.lot_id, l.id AS layer, l.unit_cost,
           least(d.until, l.until) - greatest(d.since, l.since) AS quantity
      FROM drawn d JOIN layers l ON l.level_id = d.level AND l.since < d.until AND d.since < l.until
    UNION ALL
    SELECT d.line, d.product, d.reason, d.level, d.lot_id, NULL, d.average_cost, d.until - greatest(d.since, coalesce(t.until, 0))
      FROM drawn d LEFT JOIN (SELECT level_id, max(until) AS until FROM layers GROUP BY 1) t ON t.level_id = d.level
     WHERE d.until > coalesce(t.until, 0)
  ), moves AS (
    INSERT INTO inventory_stockmove (id, org_id, store_id, product_id, lot_id, quantity, unit_cost, kind,
                                     document_type, document_id, line_id, reason, actor, at)
    SELECT public.pantry_uuid7(), v_org, p_store, product, lot_id, -quantity, unit_cost, p_kind,
           p_document_type, p_document, line, reason, p_actor, p_at
      FROM costed
  ), levels AS (
    UPDATE inventory_stocklevel s SET on_hand = s.on_hand - a.quantity
      FROM (SELECT level, sum(quantity) AS quantity FROM allowed GROUP BY level) a
     WHERE s.org_id = v_org AND s.id = a.level
  ), used AS (
    UPDATE inventory_costlayer l SET quantity = l.quantity - c.quantity
      FROM (SELECT layer, sum(quantity) AS quantity FROM costed WHERE layer IS NOT NULL GROUP BY layer) c
     WHERE l.org_id = v_org AND l.id = c.layer
    RETURNING l.level_id
  )
  SELECT (SELECT jsonb_agg(jsonb_build_object('product', product, 'wanted', wanted, 'available', available,
                 'expired', expired, 'recalled', recalled, 'expired_on', expired_on) ORDER BY product) FROM short),
         (SELECT coalesce(jsonb_agg(jsonb_build_object('line', line, 'product', product, 'lot', lot_id,
                 'quantity', quantity, 'unit_cost', unit_cost)), '[]') FROM costed),
         (SELECT array_agg(level_id) FROM used)
    INTO v_short, v_taken, v_layered;

  IF v_short IS NOT NULL THEN
    RETURN jsonb_build_object('short', v_short);
  END IF;

  IF v_layered IS NOT NULL THEN
    DELETE FROM inventory_costlayer WHERE org_id = v_org AND level_id = ANY (v_layered) AND quantity = 0;
    UPDATE inventory_stocklevel s SET average_cost = round(l.value / l.quantity, 4)
      FROM (SELECT level_id, sum(quantity) AS quantity, sum(quantity * unit_cost) AS value FROM inventory_costlayer
             WHERE org_id = v_org AND level_id = ANY (v_layered) GROUP BY 1) l
     WHERE s.org_id = v_org AND s.id = l.level_id;
  END IF;
  RETURN jsonb_build_object('taken', v_taken);
END $$;
