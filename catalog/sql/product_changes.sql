-- Notes which products have changed for a register that keeps its own copy of them, and when.
--
-- Of the product's own columns only those count that a register knows: a new cost or place in the grid is nothing new
-- to it. The clock's time, not the transaction's: whoever reads goes back by more than a transaction lasts.
CREATE OR REPLACE FUNCTION catalog_note_changed(p_org bigint, p_product uuid) RETURNS void LANGUAGE sql AS $$
  INSERT INTO catalog_productchange (id, org_id, product_id, changed_at)
  VALUES (public.pantry_uuid7(), p_org, p_product, clock_timestamp())
  ON CONFLICT (org_id, product_id) DO UPDATE SET changed_at = excluded.changed_at
$$;

CREATE OR REPLACE FUNCTION catalog_product_has_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM catalog_note_changed(NEW.org_id, NEW.id);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION catalog_of_product_has_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN
    PERFORM catalog_note_changed(NEW.org_id, NEW.product_id);
  END IF;
  IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND OLD.product_id IS DISTINCT FROM NEW.product_id) THEN
    PERFORM catalog_note_changed(OLD.org_id, OLD.product_id)
      FROM catalog_product WHERE org_id = OLD.org_id AND id = OLD.product_id;
  END IF;
  RETURN NULL;
END $$;
