-- What every posted document brings along: the shift's running books, the audit entry, the outbox event.
-- Comes after the number series in the order of locks; tallies are touched in the order of their names.
CREATE OR REPLACE FUNCTION billing_post_side_rows(p jsonb, p_shift uuid, p_number text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_org bigint := current_setting('pantrypal.org_id')::bigint;
BEGIN
  INSERT INTO billing_shifttally AS t (id, org_id, shift_id, kind, name, amount, count)
  SELECT public.pantry_uuid7(), v_org, p_shift, x.kind, x.name, x.amount, x.count
    FROM jsonb_to_recordset(p -> 'tallies') AS x(kind text, name text, amount numeric, count int)
   ORDER BY x.kind, x.name
  ON CONFLICT (org_id, shift_id, kind, name)
  DO UPDATE SET amount = t.amount + excluded.amount, count = t.count + excluded.count;

  INSERT INTO journal_auditentry SELECT * FROM jsonb_populate_record(
    NULL::journal_auditentry, (p -> 'audit') || jsonb_build_object('subject_label', p_number));
  INSERT INTO journal_outboxevent SELECT * FROM jsonb_populate_record(
    NULL::journal_outboxevent, jsonb_set(p -> 'event', '{payload,number}', to_jsonb(p_number)));
END $$;
