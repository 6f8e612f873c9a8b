-- The only two ways past the org wall that the app role has, and all they give away are ids and names
-- of work: no content. They run as the owner (SECURITY DEFINER). Review a change like one of sign-in.

-- Give waiting events of this shard their position and write one inbox row for each consumer.
-- p_consumers: {"topic": ["consumer", ...]}. One relay at a time per shard, or positions could cross.
-- An event that an organization's webhooks ask for becomes a delivery of each, told as work of "pantrypal.deliver".
CREATE OR REPLACE FUNCTION journal_relay_events(p_consumers jsonb, p_limit int, p_retry interval)
RETURNS TABLE (org_id bigint, event_id uuid, consumer text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('journal_relay ' || current_schema())) THEN
    RETURN;
  END IF;
  RETURN QUERY
  WITH waiting AS (
    SELECT e.org_id, e.id, e.topic, row_number() OVER (PARTITION BY e.org_id ORDER BY e.id) AS place
      FROM (SELECT o.org_id, o.id, o.topic FROM journal_outboxevent o
             WHERE o.position IS NULL ORDER BY o.org_id, o.id LIMIT p_limit) e
  ), base AS (
    SELECT w.org_id, coalesce((SELECT max(o.position) FROM journal_outboxevent o WHERE o.org_id = w.org_id), 0) AS last
      FROM (SELECT DISTINCT waiting.org_id FROM waiting) w
  ), placed AS (
    UPDATE journal_outboxevent o SET position = base.last + w.place, relayed_at = now()
      FROM waiting w JOIN base ON base.org_id = w.org_id
     WHERE o.org_id = w.org_id AND o.id = w.id
    RETURNING o.org_id, o.id, o.topic
  ), deliveries AS (
    INSERT INTO journal_delivery AS d (id, org_id, webhook_id, event_id, attempts, next_at, error)
    SELECT public.pantry_uuid7(), p.org_id, w.id, p.id, 0, now() + p_retry, ''
      FROM placed p JOIN journal_webhook w ON w.org_id = p.org_id AND w.is_active
       AND (cardinality(w.topics) = 0 OR p.topic = ANY (w.topics))
    RETURNING d.org_id, d.id
  ), work AS (
    INSERT INTO journal_inboxentry AS i (id, org_id, event_id, consumer, deliveries, failures, next_at, error)
    SELECT gen_random_uuid(), p.org_id, p.id, c.name, 0, 0, now() + p_retry, ''
      FROM placed p, jsonb_array_elements_text(coalesce(p_consumers -> p.topic, '[]')) AS c(name)
    RETURNING i.org_id, i.event_id, i.consumer::text
  )
  SELECT * FROM work UNION ALL SELECT d.org_id, d.id, 'pantrypal.deliver' FROM deliveries d;
END $$;

-- Messages that were sent and never answered (a dead worker, an emptied broker): send them again.
CREATE OR REPLACE FUNCTION journal_due_entries(p_limit int, p_retry interval)
RETURNS TABLE (org_id bigint, event_id uuid, consumer text)
LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  UPDATE journal_inboxentry i SET next_at = now() + p_retry
    FROM (SELECT d.org_id, d.id FROM journal_inboxentry d
           WHERE d.done_at IS NULL AND d.parked_at IS NULL AND d.next_at <= now()
           LIMIT p_limit FOR UPDATE SKIP LOCKED) due
   WHERE i.org_id = due.org_id AND i.id = due.id
  RETURNING i.org_id, i.event_id, i.consumer::text;
$$;

REVOKE ALL ON FUNCTION journal_relay_events(jsonb, int, interval), journal_due_entries(int, interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION journal_relay_events(jsonb, int, interval), journal_due_entries(int, interval) TO pantry_app;
