-- Ways from a document back to the texts. They are made at the end of the first run, which is much faster than row by row.
CREATE INDEX IF NOT EXISTS citation_target_of ON citation (target);
CREATE INDEX IF NOT EXISTS relation_key ON relation (key, relation, target);
CREATE INDEX IF NOT EXISTS relation_target ON relation (target, relation, key);
CREATE INDEX IF NOT EXISTS identity_issuers ON identity (issuers) WHERE shown;
