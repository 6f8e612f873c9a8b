-- The next number of a register's series and the next link of its hash chain. Locks the series' row until the
-- transaction ends, so it comes last: numbers follow the order of commits and a rollback leaves no gap.
--
-- p_series: {"kind", "fiscal_year", "prefix"}. Number: PREFIX-YY-NNNNNNN, 16 characters at most (CGST Rule 46(b)).
-- Link: SHA-256 over the link before, the number and the SHA-256 of the document's content (billing.chain).
CREATE OR REPLACE FUNCTION billing_next_number(p_register uuid, p_series jsonb, p_content_hash text, p_total numeric)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_org bigint := current_setting('pantrypal.org_id')::bigint;
  v_kind text := p_series ->> 'kind';
  v_year int := (p_series ->> 'fiscal_year')::int;
  v_series billing_documentseries;
  v_number text;
  v_hash text;
BEGIN
  SELECT * INTO v_series FROM billing_documentseries
   WHERE org_id = v_org AND register_id = p_register AND kind = v_kind AND fiscal_year = v_year
     FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    INSERT INTO billing_documentseries (id, org_id, register_id, kind, fiscal_year, prefix, last_number, head_hash, total)
    VALUES (public.pantry_uuid7(), v_org, p_register, v_kind, v_year, p_series ->> 'prefix', 0, '', 0)
    ON CONFLICT DO NOTHING;  -- of any key: two first sales of a year meet on the prefix as well
    SELECT * INTO v_series FROM billing_documentseries
     WHERE org_id = v_org AND register_id = p_register AND kind = v_kind AND fiscal_year = v_year
       FOR NO KEY UPDATE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'prefix % of % belongs to another register', p_series ->> 'prefix', v_year USING ERRCODE = 'unique_violation';
    END IF;
  END IF;

  IF v_series.last_number >= 9999999 THEN
    RAISE EXCEPTION 'series % of % is full', v_series.prefix, v_year;
  END IF;
  v_number := v_series.prefix || '-' || to_char(v_year % 100, 'FM00') || '-' || to_char(v_series.last_number + 1, 'FM0000000');
  v_hash := encode(sha256(convert_to(v_series.head_hash || '|' || v_number || '|' || p_content_hash, 'UTF8')), 'hex');

  UPDATE billing_documentseries
     SET last_number = v_series.last_number + 1, head_hash = v_hash, total = v_series.total + p_total
   WHERE org_id = v_org AND id = v_series.id;

  RETURN jsonb_build_object('series_id', v_series.id, 'sequence', v_series.last_number + 1, 'number', v_number,
                            'previous_hash', v_series.head_hash, 'hash', v_hash);
END $$;
