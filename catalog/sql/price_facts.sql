-- What prices are made of besides the products' own rows, in one answer: the version of the rules in force and the
-- coupons with these codes. Reads only, takes no lock.
-- Answers {"version": uuid or null, "coupons": [{id, code, promotion, left}]}; left is null without a limit.
CREATE OR REPLACE FUNCTION catalog_price_facts(
  p_products uuid[], p_store uuid, p_at timestamptz, p_codes text[]
) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_org bigint := current_setting('pantrypal.org_id')::bigint;
BEGIN
  RETURN jsonb_build_object(
    'version', (SELECT version FROM catalog_pricerulesversion WHERE org_id = v_org),
    'coupons', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                         'id', id, 'code', code, 'promotion', promotion_id, 'left', most_uses - used)), '[]')
                  FROM catalog_coupon WHERE org_id = v_org AND code = ANY (p_codes)));
END $$;
