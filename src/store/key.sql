-- The way from a key to its number. Keys come in no order, so that it is made at the end of the first run, too.
CREATE UNIQUE INDEX IF NOT EXISTS key_text ON key (text);
