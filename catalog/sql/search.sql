-- The products that go by a text, best first. Called by catalog.queries.search.
--
-- SECURITY DEFINER, because under row-level security no LIKE or trigram condition may use an index. It therefore
-- states the organization itself, takes it from the transaction's own setting, and hands out ids only: the caller
-- reads the rows behind the wall. Words reach the statement as quoted literals, after catalog_search_key has taken
-- every sign out of them.
--
-- p_codes: the text as barcodes are kept. p_archived: those out of sale, those in sale, or NULL for all.
-- SKU or barcode itself comes first, score 9; then rounds, the next one only where the one before has found nothing:
--   1 every word begins a word of the product; better are whole words, words of the name, its beginning, short names;
--   2 words that begin nothing at all are mistyped, and may be like a word of the product;
--   3 one word, or the mistyped ones, may be left out; better is what is like them all the same.
-- A round looks at CANDIDATES rows at most, so that one letter costs no more than a name.
CREATE OR REPLACE FUNCTION catalog_search(p_text text, p_codes text[], p_limit integer, p_archived boolean)
RETURNS TABLE (id uuid, score real) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path FROM CURRENT SET pg_trgm.word_similarity_threshold = 0.5 AS $$
DECLARE
  CANDIDATES constant integer := 2000;
  v_org bigint := nullif(current_setting('pantrypal.org_id', true), '')::bigint;
  v_text text := btrim(catalog_search_key(p_text));
  v_words text[] := (string_to_array(v_text, ' '))[1:6];
  v_rows text := format(
    'FROM (SELECT p.id, p.name, p.search_text AS found FROM catalog_product p WHERE p.org_id = %s AND %s AND ', v_org,
    CASE p_archived WHEN true THEN 'p.archived_at IS NOT NULL' WHEN false THEN 'p.archived_at IS NULL' ELSE 'true' END);
  v_rest text := format(' LIMIT %s) p ORDER BY score DESC, length(p.name), p.id LIMIT $3', CANDIDATES);
  v_likeness text := 'SELECT p.id, (
    SELECT sum(length(word) * (word_similarity(word, found) + word_similarity(word, lower(p.name))))
      FROM unnest($1) word)::real AS score ';
  v_begins text[];
  v_known text[] := '{}';
  v_mistyped text[] := '{}';
  v_is_known boolean;
  v_all_but_one text;
BEGIN
  IF v_org IS NULL OR v_text = '' THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT p.id, 9::real
      FROM (SELECT b.product_id AS id FROM catalog_barcode b WHERE b.org_id = v_org AND b.code = ANY (p_codes)
            UNION SELECT s.id FROM catalog_product s WHERE s.org_id = v_org AND s.sku = p_text) exact
      JOIN catalog_product p ON p.org_id = v_org AND p.id = exact.id
     WHERE p_archived IS NULL OR (p.archived_at IS NOT NULL) = p_archived;

  SELECT array_agg(format('p.search_text LIKE %L', '% ' || word || '%') ORDER BY n) INTO v_begins
    FROM unnest(v_words) WITH ORDINALITY AS w(word, n);
  RETURN QUERY EXECUTE
    'SELECT p.id, (starts_with(found, '' '' || $2)::integer - length(p.name) / 1000.0 + (
        SELECT avg((strpos(found, '' '' || word || '' '') > 0)::integer + (strpos(lower(p.name), word) > 0)::integer)
          FROM unnest($1) word))::real AS score '
    || v_rows || array_to_string(v_begins, ' AND ') || v_rest USING v_words, v_text, p_limit;
  IF FOUND THEN
    RETURN;
  END IF;

  FOR i IN 1 .. cardinality(v_words) LOOP
    v_is_known := true;
    IF length(v_words[i]) > 2 THEN
      EXECUTE 'SELECT EXISTS (SELECT ' || v_rows || v_begins[i] || ' LIMIT 1) p)' INTO v_is_known;
    END IF;
    IF v_is_known THEN
      v_known := v_known || v_begins[i];
    ELSE
      v_mistyped := v_mistyped || format('p.search_text %%> %L', v_words[i]);
    END IF;
  END LOOP;
  RETURN QUERY EXECUTE v_likeness || v_rows || array_to_string(v_known || v_mistyped, ' AND ') || v_rest
    USING v_words, v_text, p_limit;
  IF FOUND OR v_known = '{}' OR cardinality(v_words) = 1 THEN
    RETURN;
  END IF;

  SELECT string_agg(format('(%s)', array_to_string(v_known[:n - 1] || v_known[n + 1:], ' AND ')), ' OR ')
    INTO v_all_but_one FROM generate_subscripts(v_known, 1) n;
  RETURN QUERY EXECUTE v_likeness || v_rows || format('(%s)',
      CASE v_mistyped WHEN '{}' THEN v_all_but_one ELSE array_to_string(v_known, ' AND ') END)
    || v_rest USING v_words, v_text, p_limit;
END $$;

REVOKE ALL ON FUNCTION catalog_search(text, text[], integer, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION catalog_search(text, text[], integer, boolean) TO pantry_app;
