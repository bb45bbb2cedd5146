-- What others read. A column keeps its name and meaning; columns may come. Described in `docs/store.md`.
-- A document that an incomplete key was joined to is shown under its full key everywhere but in `joins`. Of texts that the
-- documents do not know of yet (`settled`) nothing is shown.

CREATE VIEW sources AS
SELECT s.name AS source, k.text AS key, s.bytes AS bytes
FROM source s LEFT JOIN joined j ON j.part = s.key JOIN key k ON k.id = coalesce(j.key, s.key)
WHERE s.id <= (SELECT source FROM settled);

CREATE VIEW documents AS
SELECT k.text AS key, d.urn, t.text AS type, tn.text AS type_name, d.symbol, d.number, d.name, d.title, d.called, d.year, d.date,
    df.text AS date_from,
    CASE WHEN d.date_from IS NOT NULL THEN (SELECT s.name FROM source s WHERE s.id = CASE d.n WHEN 0 THEN d.date_source ELSE d.first END) END
        AS date_source,
    d.effective, ef.text AS effective_from,
    CASE WHEN d.effective_from IS NOT NULL THEN (SELECT s.name FROM source s WHERE s.id = CASE d.n WHEN 0 THEN d.effective_source ELSE d.first END) END
        AS effective_source,
    (SELECT group_concat(name, '; ') FROM (
        SELECT b.name AS name FROM body_list i JOIN body b ON b.id = i.body WHERE i.list = d.issuers ORDER BY i.n
    )) AS issuers,
    nf.text AS issuers_from,
    (SELECT p.text FROM key p WHERE p.id = d.parent) AS parent,
    (SELECT count(*) FROM source s WHERE s.key = d.key AND s.id <= (SELECT source FROM settled))
        + (SELECT count(*) FROM joined j JOIN source s ON s.key = j.part AND s.id <= (SELECT source FROM settled) WHERE j.key = d.key) AS texts,
    (SELECT sum(i.texts * i.mentions) FROM identity i WHERE i.key = d.key AND i.n > 0)
        + (SELECT coalesce(sum(i.texts * i.mentions), 0) FROM joined j JOIN identity i ON i.key = j.part AND i.n > 0 WHERE j.key = d.key)
        AS mentions
FROM identity d JOIN key k ON k.id = d.key
LEFT JOIN word t ON t.id = d.type
LEFT JOIN word tn ON tn.id = d.type_name
LEFT JOIN word df ON df.id = d.date_from
LEFT JOIN word ef ON ef.id = d.effective_from
LEFT JOIN word nf ON nf.id = d.issuers_from
WHERE d.shown;

CREATE VIEW joins AS
SELECT k.text AS key, p.text AS part, s.name AS source, j.evidence AS agree
FROM joined j JOIN key p ON p.id = j.part JOIN key k ON k.id = j.key JOIN source s ON s.id = j.source;

CREATE VIEW candidates AS
SELECT k.text AS key, o.text AS may_be
FROM candidate c JOIN key k ON k.id = c.key JOIN key o ON o.id = c.other;

CREATE VIEW document_issuers AS
SELECT k.text AS key, i.n AS n, b.handle AS issuer
FROM identity d JOIN key k ON k.id = d.key
JOIN body_list i ON i.list = d.issuers JOIN body b ON b.id = i.body
WHERE d.shown;

CREATE VIEW issuers AS
SELECT b.handle AS issuer, min(b.code) AS code, min(b.place) AS place, min(b.name) AS name
FROM body b
WHERE b.id IN (SELECT i.body FROM body_list i WHERE i.list IN (SELECT d.issuers FROM identity d WHERE d.shown))
    OR b.id IN (SELECT l.source FROM link l WHERE l.uses > 0)
    OR b.id IN (SELECT l.target FROM link l WHERE l.uses > 0)
GROUP BY b.handle;

CREATE VIEW issuer_links AS
SELECT DISTINCT a.handle AS issuer, r.text AS relation, b.handle AS other
FROM link l JOIN body a ON a.id = l.source JOIN word r ON r.id = l.relation JOIN body b ON b.id = l.target
WHERE l.uses > 0;

CREATE VIEW citations AS
SELECT s.name AS source, c.n AS n, f.text AS form, c.words AS words, k.text AS key, u.text AS unresolved,
    t.text AS type, c.year, c.date, c.effective, c.provisions, c.confidence,
    c.start AS span_start, c.end AS span_end, c.core_start, c.core_end
FROM citation c JOIN source s ON s.id = c.source AND s.id <= (SELECT source FROM settled)
JOIN word f ON f.id = c.form
LEFT JOIN joined j ON j.part = c.target
LEFT JOIN key k ON k.id = coalesce(j.key, c.target)
LEFT JOIN word u ON u.id = c.unresolved
LEFT JOIN word t ON t.id = c.type;

CREATE VIEW citation_targets AS
SELECT s.name AS source, x.citation AS n, k.text AS key, x.may_be AS may_be
FROM citation_target x JOIN source s ON s.id = x.source AND s.id <= (SELECT source FROM settled)
LEFT JOIN joined j ON j.part = x.key JOIN key k ON k.id = coalesce(j.key, x.key);

CREATE VIEW relations AS
SELECT a.text AS key, w.text AS relation, b.text AS target, m.text AS mood, e.text AS extent, act.text AS act,
    r.effective, ew.text AS effective_with, r.effective_open, r.until, r.provisions, r.own_provisions, r.words, s.name AS source, r.in_title,
    r.start AS span_start, r.end AS span_end, r.cue_start, r.cue_end, rule.text AS rule
FROM relation r
LEFT JOIN joined aj ON aj.part = r.key JOIN key a ON a.id = coalesce(aj.key, r.key)
LEFT JOIN joined bj ON bj.part = r.target JOIN key b ON b.id = coalesce(bj.key, r.target)
LEFT JOIN joined ej ON ej.part = r.effective_with LEFT JOIN key ew ON ew.id = coalesce(ej.key, r.effective_with)
JOIN word w ON w.id = r.relation JOIN word m ON m.id = r.mood JOIN word e ON e.id = r.extent
JOIN source s ON s.id = r.source AND s.id <= (SELECT source FROM settled) JOIN word rule ON rule.id = r.rule
LEFT JOIN word act ON act.id = r.act;

CREATE VIEW effects AS
SELECT k.text AS key, e.text AS extent, x.provisions, x.except_for, x.begins, w.text AS begins_with, x.until, f.text AS date_from,
    x.own, x.words, s.name AS source, x.start AS span_start, x.end AS span_end
FROM effect x
LEFT JOIN joined j ON j.part = x.key JOIN key k ON k.id = coalesce(j.key, x.key)
JOIN word e ON e.id = x.extent JOIN word f ON f.id = x.date_from JOIN source s ON s.id = x.source AND s.id <= (SELECT source FROM settled)
LEFT JOIN joined wj ON wj.part = x.begins_with LEFT JOIN key w ON w.id = coalesce(wj.key, x.begins_with);

CREATE VIEW conflicts AS
SELECT k.text AS key, f.text AS field, c.value, s.name AS source
FROM conflict c JOIN key k ON k.id = c.key JOIN word f ON f.id = c.field JOIN source s ON s.id = c.source;

CREATE VIEW diagnostics AS
SELECT s.name AS source, d.n AS n, c.text AS code, d.start AS span_start, d.end AS span_end, d.message
FROM diagnostic d JOIN source s ON s.id = d.source AND s.id <= (SELECT source FROM settled) JOIN word c ON c.id = d.code;

-- The closures are walked for each key that is asked for, and only for those; a key and those joined to it are walked as one. The
-- relations are those by which a document depends on another; a test compares them with the closed set.
CREATE VIEW depends AS
SELECT k.text AS key, o.text AS on_key
FROM key k
CROSS JOIN json_each((
    WITH RECURSIVE reach (id) AS (
        SELECT k.id
        UNION
        SELECT r.target FROM reach JOIN relation r ON r.key = reach.id AND r.source <= (SELECT source FROM settled) AND r.relation IN (SELECT id FROM word WHERE text IN
            ('based_on', 'implements', 'guides', 'amends', 'suspends', 'corrects', 'extends', 'consolidates', 'reviews'))
        UNION
        SELECT j.part FROM reach JOIN joined j ON j.key = reach.id
        UNION
        SELECT j.key FROM reach JOIN joined j ON j.part = reach.id
    )
    SELECT json_group_array(id) FROM reach WHERE id NOT IN (SELECT part FROM joined)
)) x
CROSS JOIN key o ON o.id = x.value
WHERE o.id <> k.id AND k.id NOT IN (SELECT part FROM joined);

CREATE VIEW dependents AS
SELECT k.text AS key, o.text AS by_key
FROM key k
CROSS JOIN json_each((
    WITH RECURSIVE reach (id) AS (
        SELECT k.id
        UNION
        SELECT r.key FROM reach JOIN relation r ON r.target = reach.id AND r.source <= (SELECT source FROM settled) AND r.relation IN (SELECT id FROM word WHERE text IN
            ('based_on', 'implements', 'guides', 'amends', 'suspends', 'corrects', 'extends', 'consolidates', 'reviews'))
        UNION
        SELECT j.part FROM reach JOIN joined j ON j.key = reach.id
        UNION
        SELECT j.key FROM reach JOIN joined j ON j.part = reach.id
    )
    SELECT json_group_array(id) FROM reach WHERE id NOT IN (SELECT part FROM joined)
)) x
CROSS JOIN key o ON o.id = x.value
WHERE o.id <> k.id AND k.id NOT IN (SELECT part FROM joined);

CREATE VIEW ends AS
SELECT b.text AS key, a.text AS by_key, w.text AS relation,
    CASE WHEN r.effective IS NOT NULL THEN r.effective WHEN r.effective_open THEN NULL WHEN r.effective_with IS NULL THEN d.effective
        ELSE (SELECT x.effective FROM identity x WHERE x.key = coalesce(ej.key, r.effective_with) AND x.shown) END AS ended_on,
    s.name AS source
FROM relation r
LEFT JOIN joined ej ON ej.part = r.effective_with
LEFT JOIN joined aj ON aj.part = r.key JOIN key a ON a.id = coalesce(aj.key, r.key)
LEFT JOIN joined bj ON bj.part = r.target JOIN key b ON b.id = coalesce(bj.key, r.target)
JOIN word w ON w.id = r.relation JOIN word m ON m.id = r.mood JOIN word e ON e.id = r.extent
JOIN source s ON s.id = r.source AND s.id <= (SELECT source FROM settled)
JOIN identity d ON d.key = a.id AND d.shown
WHERE w.text IN ('replaces', 'repeals') AND m.text = 'asserted' AND e.text = 'whole';

CREATE VIEW validity AS
SELECT k.text AS key, d.effective AS effective,
    (SELECT e.ended_on FROM ends e WHERE e.key = k.text ORDER BY e.ended_on IS NULL, e.ended_on, e.by_key LIMIT 1) AS ended_on,
    (SELECT e.by_key FROM ends e WHERE e.key = k.text ORDER BY e.ended_on IS NULL, e.ended_on, e.by_key LIMIT 1) AS ended_by,
    (length(d.effective) = 10 AND NOT EXISTS (
        SELECT 1 FROM ends e WHERE e.key = k.text AND (e.ended_on IS NULL OR length(e.ended_on) < 10)
    )) IS TRUE AS known
FROM identity d JOIN key k ON k.id = d.key
WHERE d.shown;
