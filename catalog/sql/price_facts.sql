-- What prices are made of besides the products' own rows, in one answer: the version of the rules in force, the
-- prices of these products at a moment, and the coupons with these codes. Reads only, takes no lock.
--
-- Answers {"version": uuid or null,
--          "prices": [{product, store, list, price}]: for the product everywhere, in this store and in each price
--            list the newest one that has begun; before the first change that somebody made, what it was until then,
--          "coupons": [{id, code, promotion, left}]: left is null without a limit}.
CREATE OR REPLACE FUNCTION catalog_price_facts(
  p_products uuid[], p_store uuid, p_at timestamptz, p_codes text[]
) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_org bigint := current_setting('pantrypal.org_id')::bigint;
BEGIN
  RETURN jsonb_build_object(
    'version', (SELECT version FROM catalog_pricerulesversion WHERE org_id = v_org),
    'prices', (
      SELECT coalesce(jsonb_agg(jsonb_build_object(
               'product', product_id, 'store', store_id, 'list', price_list_id, 'price', price::text)), '[]')
        FROM (
          SELECT DISTINCT ON (product_id, store_id, price_list_id) product_id, store_id, price_list_id,
                 CASE WHEN valid_from <= p_at THEN price ELSE was END AS price
            FROM catalog_price
           WHERE org_id = v_org AND product_id = ANY (p_products) AND (store_id IS NULL OR store_id = p_store)
             AND (valid_from <= p_at OR (store_id IS NULL AND price_list_id IS NULL AND was IS NOT NULL AND actor <> ''))
           ORDER BY product_id, store_id, price_list_id, valid_from <= p_at DESC,
                    CASE WHEN valid_from <= p_at THEN valid_from END DESC, valid_from, id DESC
        ) newest),
    'coupons', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                         'id', id, 'code', code, 'promotion', promotion_id, 'left', most_uses - used)), '[]')
                  FROM catalog_coupon WHERE org_id = v_org AND code = ANY (p_codes)));
END $$;
