-- A new version of the price rules, whoever changes what they are made of. A version is never used twice, so that one
-- that was rolled back can't be taken for another one.
CREATE OR REPLACE FUNCTION catalog_renew_price_rules() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_org bigint := nullif(current_setting('pantrypal.org_id', true), '')::bigint;
BEGIN
  IF v_org IS NULL THEN  -- a migration or a bulk load over all organizations
    INSERT INTO catalog_pricerulesversion (id, org_id, version)
    SELECT public.pantry_uuid7(), org_id, public.pantry_uuid7()
      FROM (SELECT DISTINCT org_id FROM catalog_taxrate) orgs
    ON CONFLICT (org_id) DO UPDATE SET version = excluded.version;
  ELSE
    INSERT INTO catalog_pricerulesversion (id, org_id, version)
    VALUES (public.pantry_uuid7(), v_org, public.pantry_uuid7())
    ON CONFLICT (org_id) DO UPDATE SET version = excluded.version;
  END IF;
  RETURN NULL;
END $$;
