-- The tables of a store, schema 1. They are the library's own and may change with the schema; `views.sql` is what others read.
-- Texts that come again are held once and named by small integers: keys, codes, bodies, lists of bodies.

-- codes of closed sets, rows of the cue table, names of types
CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;

-- the way from a text to its number is made later; see `key.sql`
CREATE TABLE key (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;

-- a text that was read: the hash of what it was read from, the document it is, the numbers of its links between bodies
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    stamp BLOB NOT NULL,
    key INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    links BLOB NOT NULL
) STRICT;
CREATE INDEX source_key ON source (key);

-- The last text of which the documents know. What texts with higher numbers say stands in the tables and is not shown; the
-- documents are made of it when the run ends, or by the next one.
CREATE TABLE settled (source INTEGER NOT NULL) STRICT;
INSERT INTO settled VALUES (0);

-- Runs that read whole inputs, nothing of which has changed here since: a stamp of the inputs, and the number of their texts.
-- Whoever writes anything forgets them all.
CREATE TABLE run (stamp BLOB PRIMARY KEY, texts INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE body (id INTEGER PRIMARY KEY, handle TEXT NOT NULL, code TEXT, place TEXT, name TEXT NOT NULL) STRICT;
CREATE INDEX body_handle ON body (handle);

-- the issuers of a document, in their order; equal lists are one
CREATE TABLE body_list (list INTEGER NOT NULL, n INTEGER NOT NULL, body INTEGER NOT NULL, PRIMARY KEY (list, n)) STRICT, WITHOUT ROWID;

-- how bodies stand to each other, and how many texts need to know
CREATE TABLE link (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL,
    relation INTEGER NOT NULL,
    target INTEGER NOT NULL,
    uses INTEGER NOT NULL
) STRICT;

-- What texts say of a document, each different statement once, with the number of `texts` that say so: `first` is the one of
-- the least name. `own` is 2 where the text is the document, 1 where it is and speaks of itself as of another. `mentions` is
-- how often each of the texts counts as a mention. Row 0 of a key is what comes of all its statements where that is
-- something else than its only one; there, and only there, each field names its own source. `shown` marks the one row
-- of a key that the views show; an incomplete key that was joined to a full one has none. `place` is a number for type,
-- number and day where all are known.
CREATE TABLE identity (
    key INTEGER NOT NULL,
    n INTEGER NOT NULL,
    shown INTEGER NOT NULL,
    texts INTEGER NOT NULL,
    first INTEGER,
    own INTEGER NOT NULL,
    mentions INTEGER NOT NULL,
    urn TEXT,
    type INTEGER,
    type_name INTEGER,
    symbol TEXT,
    number TEXT,
    name TEXT,
    title TEXT,
    called TEXT,
    year INTEGER,
    date TEXT,
    date_from INTEGER,
    effective TEXT,
    effective_from INTEGER,
    issuers INTEGER,
    issuers_from INTEGER,
    place INTEGER,
    date_source INTEGER,
    effective_source INTEGER,
    issuers_source INTEGER,
    parent INTEGER,
    PRIMARY KEY (key, n)
) STRICT, WITHOUT ROWID;

-- which text says what of which document
CREATE TABLE mention (source INTEGER NOT NULL, key INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (source, key, n)) STRICT, WITHOUT ROWID;

-- keys by place: an incomplete one is compared with the full ones beside it
CREATE TABLE place (place INTEGER NOT NULL, key INTEGER NOT NULL, complete INTEGER NOT NULL, PRIMARY KEY (place, key)) STRICT, WITHOUT ROWID;

-- incomplete keys that are joined to full ones, the text that mentions the document so, and the fields that agree
CREATE TABLE joined (part INTEGER PRIMARY KEY, key INTEGER NOT NULL, source INTEGER NOT NULL, evidence TEXT NOT NULL) STRICT;
CREATE INDEX joined_key ON joined (key);

-- the full keys that an incomplete one may be, where nothing decides
CREATE TABLE candidate (key INTEGER NOT NULL, n INTEGER NOT NULL, other INTEGER NOT NULL, PRIMARY KEY (key, n)) STRICT, WITHOUT ROWID;

-- who issues or approves what, as a text asserts
CREATE TABLE issue (target INTEGER NOT NULL, key INTEGER NOT NULL, source INTEGER NOT NULL, PRIMARY KEY (target, key, source)) STRICT, WITHOUT ROWID;
CREATE INDEX issue_key ON issue (key, target);
CREATE INDEX issue_source ON issue (source);

-- what texts disagree on
CREATE TABLE conflict (
    key INTEGER NOT NULL,
    field INTEGER NOT NULL,
    value TEXT NOT NULL,
    source INTEGER NOT NULL,
    PRIMARY KEY (key, field, value, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE citation (
    source INTEGER NOT NULL,
    n INTEGER NOT NULL,
    form INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    core_start INTEGER NOT NULL,
    core_end INTEGER NOT NULL,
    words TEXT NOT NULL,
    type INTEGER,
    year INTEGER,
    date TEXT,
    effective TEXT,
    provisions TEXT,
    target INTEGER,
    own INTEGER NOT NULL,
    unresolved INTEGER,
    confidence REAL NOT NULL,
    PRIMARY KEY (source, n)
) STRICT, WITHOUT ROWID;

-- the documents of a plural mention (`may_be` 0) and those that an open one may mean (1)
CREATE TABLE citation_target (
    source INTEGER NOT NULL,
    citation INTEGER NOT NULL,
    may_be INTEGER NOT NULL,
    n INTEGER NOT NULL,
    key INTEGER NOT NULL,
    PRIMARY KEY (source, citation, may_be, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE relation (
    source INTEGER NOT NULL,
    n INTEGER NOT NULL,
    key INTEGER NOT NULL,
    relation INTEGER NOT NULL,
    target INTEGER NOT NULL,
    mood INTEGER NOT NULL,
    extent INTEGER NOT NULL,
    act INTEGER,
    effective TEXT,
    effective_with INTEGER,
    effective_open INTEGER NOT NULL,
    until TEXT,
    provisions TEXT,
    own_provisions TEXT,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    cue_start INTEGER,
    cue_end INTEGER,
    rule INTEGER NOT NULL,
    in_title INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (source, n)
) STRICT, WITHOUT ROWID;

-- what texts say of times of effect; `own` where the document says it of itself
CREATE TABLE effect (
    key INTEGER NOT NULL,
    source INTEGER NOT NULL,
    n INTEGER NOT NULL,
    extent INTEGER NOT NULL,
    provisions TEXT,
    except_for TEXT,
    begins TEXT,
    begins_with INTEGER,
    until TEXT,
    date_from INTEGER NOT NULL,
    own INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (key, source, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX effect_source ON effect (source);

CREATE TABLE diagnostic (
    source INTEGER NOT NULL,
    n INTEGER NOT NULL,
    code INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (source, n)
) STRICT, WITHOUT ROWID;
