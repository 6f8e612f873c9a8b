-- Deliveries whose next try is due, of webhooks that are switched on; past the org wall with ids only, as the functions of relay.sql are.
CREATE OR REPLACE FUNCTION journal_due_deliveries(p_limit int, p_retry interval)
RETURNS TABLE (org_id bigint, delivery_id uuid, consumer text)
LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  UPDATE journal_delivery d SET next_at = now() + p_retry
    FROM (SELECT n.org_id, n.id FROM journal_delivery n
            JOIN journal_webhook w ON w.org_id = n.org_id AND w.id = n.webhook_id AND w.is_active
           WHERE n.delivered_at IS NULL AND n.given_up_at IS NULL AND n.next_at <= now()
           LIMIT p_limit FOR UPDATE OF n SKIP LOCKED) due
   WHERE d.org_id = due.org_id AND d.id = due.id
  RETURNING d.org_id, d.id, 'pantrypal.deliver';
$$;

REVOKE ALL ON FUNCTION journal_due_deliveries(int, interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION journal_due_deliveries(int, interval) TO pantry_app;
