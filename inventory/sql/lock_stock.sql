-- Locks everything a document is going to move in a store, before it moves any of it: an operation that calls
-- inventory_add and inventory_issue more than once takes all its locks here first, in the order of every other.
--
-- p_lines: [{"product": uuid, "lot": uuid or null, "quantity": "-2"}], signed: places that goods come to are made where
-- they are missing, and first, because making a row waits for whoever is making the same one.
CREATE OR REPLACE FUNCTION inventory_lock(p_store uuid, p_lines jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_org bigint := current_setting('pantrypal.org_id')::bigint;
BEGIN
  INSERT INTO inventory_stocklevel (id, org_id, store_id, product_id, lot_id, on_hand, average_cost)
  SELECT public.pantry_uuid7(), v_org, p_store, product, lot, 0, 0
    FROM (SELECT DISTINCT (l ->> 'product')::uuid AS product, (l ->> 'lot')::uuid AS lot
            FROM jsonb_array_elements(p_lines) l
           WHERE (l ->> 'quantity')::numeric > 0) places
   ORDER BY product, lot
  ON CONFLICT DO NOTHING;

  PERFORM FROM inventory_stocklevel
    WHERE org_id = v_org AND store_id = p_store
      AND product_id IN (SELECT (l ->> 'product')::uuid FROM jsonb_array_elements(p_lines) l)
    ORDER BY id FOR NO KEY UPDATE;
END $$;
