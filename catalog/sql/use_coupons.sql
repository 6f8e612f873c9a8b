-- Uses coupons up: the only writer of their counts and uses. Called by billing_post_bill, in the sale's transaction.
--
-- p_coupons: ids. p_always: take them even where they are used up (a sale made off line has happened).
-- Answers NULL, or with nothing written {"spent": [code]}: those that somebody else has used up meanwhile.
CREATE OR REPLACE FUNCTION catalog_use_coupons(
  p_coupons jsonb, p_always boolean, p_document uuid, p_actor text, p_at timestamptz
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_org bigint := current_setting('pantrypal.org_id')::bigint;
  v_spent jsonb;
BEGIN
  -- Codes without a limit are not locked: all tills may take them at once.
  PERFORM FROM catalog_coupon
    WHERE org_id = v_org AND most_uses IS NOT NULL
      AND id IN (SELECT c::uuid FROM jsonb_array_elements_text(p_coupons) c)
    ORDER BY id FOR NO KEY UPDATE;

  SELECT jsonb_agg(code ORDER BY code) INTO v_spent FROM catalog_coupon
    WHERE org_id = v_org AND used >= most_uses AND NOT p_always
      AND id IN (SELECT c::uuid FROM jsonb_array_elements_text(p_coupons) c);
  IF v_spent IS NOT NULL THEN
    RETURN jsonb_build_object('spent', v_spent);
  END IF;

  UPDATE catalog_coupon SET used = used + 1
    WHERE org_id = v_org AND most_uses IS NOT NULL
      AND id IN (SELECT c::uuid FROM jsonb_array_elements_text(p_coupons) c);
  INSERT INTO catalog_couponuse (id, org_id, coupon_id, document_id, actor, at)
  SELECT public.pantry_uuid7(), v_org, c::uuid, p_document, p_actor, p_at FROM jsonb_array_elements_text(p_coupons) c;
  RETURN NULL;
END $$;
