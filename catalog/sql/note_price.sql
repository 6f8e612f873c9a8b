-- Notes each change of a product's own price: what it was, what it is, from when on, by whom. A trigger, so that the
-- history is whole whoever changes it, one product or fifty thousand.
-- An operation says who and when by catalog.operations.noting; otherwise it is now, and nobody's name. A price that
-- was noted ahead, has begun and is put on its product is in the history already.
CREATE OR REPLACE FUNCTION catalog_note_price() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_at timestamptz := coalesce(nullif(current_setting('pantrypal.noted_at', true), '')::timestamptz, now());
  v_in_force numeric := (
    SELECT price FROM catalog_price
     WHERE org_id = NEW.org_id AND product_id = NEW.id AND store_id IS NULL AND price_list_id IS NULL AND valid_from <= v_at
     ORDER BY valid_from DESC, id DESC LIMIT 1);
BEGIN
  IF v_in_force IS DISTINCT FROM NEW.price THEN
    INSERT INTO catalog_price (id, org_id, product_id, price, was, valid_from, at, actor)
    VALUES (public.pantry_uuid7(), NEW.org_id, NEW.id, NEW.price, coalesce(v_in_force, CASE WHEN NOT OLD.price_is_missing THEN OLD.price END), v_at, v_at,
            coalesce(current_setting('pantrypal.noted_by', true), ''));
  END IF;
  RETURN NULL;
END $$;
