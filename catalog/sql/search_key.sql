-- What products are searched by: every word of the name in all languages, the brand and the SKU, in one form.
--
-- catalog_search_key(text): lower case, NFKC, words apart by one space, a space at both ends, "1kg" as "1 kg"; what
-- a person types goes through it too. The product's column is kept by triggers, so that no way of writing products
-- (page, API, import) can forget it.
CREATE OR REPLACE FUNCTION catalog_search_key(p_text text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ' ' || btrim(regexp_replace(
    regexp_replace(lower(normalize(coalesce(p_text, ''), NFKC)), '[\s!-/:-@\[-`{-~‘’“”–—·•]+', ' ', 'g'),
    '([0-9])([[:alpha:]])', '\1 \2', 'g')) || ' '
$$;

CREATE OR REPLACE FUNCTION catalog_product_search_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search_text := catalog_search_key(concat_ws(' ', NEW.name,
    (SELECT string_agg(value, ' ' ORDER BY key) FROM jsonb_each_text(NEW.names)),
    (SELECT name FROM catalog_brand WHERE org_id = NEW.org_id AND id = NEW.brand_id), NEW.sku));
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION catalog_brand_search_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE catalog_product SET search_text = '' WHERE org_id = NEW.org_id AND brand_id = NEW.id;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER catalog_product_search_text
  BEFORE INSERT OR UPDATE OF name, names, brand_id, sku, search_text ON catalog_product
  FOR EACH ROW EXECUTE FUNCTION catalog_product_search_text();
CREATE OR REPLACE TRIGGER catalog_brand_search_text AFTER UPDATE OF name ON catalog_brand
  FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION catalog_brand_search_text();
