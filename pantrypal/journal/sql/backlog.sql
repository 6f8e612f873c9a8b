-- For the platform's operators and monitoring: how many events and pieces of work each organization of this shard has,
-- and nothing of what is in them. Past the org wall, as the functions of relay.sql are. Reads small partial indexes.
CREATE OR REPLACE FUNCTION journal_backlog()
RETURNS TABLE (org_id bigint, waiting bigint, oldest timestamptz, unfinished bigint, parked bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT counted.org_id, sum(counted.waiting)::bigint, min(counted.oldest),
         sum(counted.unfinished)::bigint, sum(counted.parked)::bigint
    FROM (SELECT e.org_id, count(*) AS waiting, min(e.created_at) AS oldest, 0 AS unfinished, 0 AS parked
            FROM journal_outboxevent e WHERE e.position IS NULL GROUP BY e.org_id
          UNION ALL
          SELECT i.org_id, 0, NULL, count(*), 0
            FROM journal_inboxentry i WHERE i.done_at IS NULL AND i.parked_at IS NULL GROUP BY i.org_id
          UNION ALL
          SELECT i.org_id, 0, NULL, 0, count(*)
            FROM journal_inboxentry i WHERE i.parked_at IS NOT NULL GROUP BY i.org_id) counted
   GROUP BY counted.org_id;
$$;

REVOKE ALL ON FUNCTION journal_backlog() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION journal_backlog() TO pantry_app;
