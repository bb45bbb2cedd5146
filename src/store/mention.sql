-- The way from a statement back to its texts: documents are made anew in its order.
CREATE INDEX IF NOT EXISTS mention_key ON mention (key, n, source);
