//! What texts say of a document, and the one document that comes of it.

use super::intern::{Interned, body};
use crate::corpus::{Corpus, CorpusDocument, CorpusText, Provenance, Record};
use crate::model::{DocType, From, Key, PartialDate};
use foldhash::fast::FixedState;
use rusqlite::{Connection, OptionalExtension as _, Result, Row, params};
use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hash};
use std::sync::Arc;

/// A statement in the store's own terms: one row of `identity`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Statement {
    pub own: Own,
    pub mentions: u32,
    urn: Option<String>,
    doc_type: Option<i64>,
    type_name: Option<i64>,
    symbol: Option<String>,
    number: Option<String>,
    name: Option<String>,
    title: Option<String>,
    year: Option<i16>,
    date: Option<String>,
    date_from: Option<i64>,
    effective: Option<String>,
    issuers: Option<i64>,
}

/// Whether a text speaks of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Own {
    No = 0,
    /// It mentions the document that it is, as any other.
    Mentioned = 1,
    /// What it is.
    Text = 2,
}

/// The columns of a statement, in the order of [`Statement::read`].
pub(super) const COLUMNS: &str = "own, mentions, urn, type, type_name, symbol, number, name, title, year, date, date_from, \
                                  effective, issuers";

impl Statement {
    pub(super) fn new(db: &Connection, interned: &mut Interned, document: &CorpusDocument, own: &Key) -> Result<Self> {
        let CorpusDocument {
            key,
            urn,
            doc_type,
            type_name,
            symbol,
            number,
            name,
            title,
            year,
            date,
            date_from,
            effective,
            issuers,
            // which texts they are is known by their own keys
            sources,
            mentions,
            // counted from the citations
            wordings: _,
        } = document;
        let mut word = |text: Option<&str>| text.map(|text| interned.word(db, text)).transpose();
        Ok(Self {
            own: match (key == own, sources.is_empty()) {
                (false, _) => Own::No,
                (true, true) => Own::Mentioned,
                (true, false) => Own::Text,
            },
            mentions: *mentions,
            urn: urn.as_deref().map(str::to_owned),
            doc_type: word(doc_type.map(DocType::code))?,
            type_name: word(type_name.as_deref())?,
            date_from: word(date_from.as_ref().map(|date_from| date_from.from.code()))?,
            symbol: symbol.as_deref().map(str::to_owned),
            number: number.as_deref().map(str::to_owned),
            name: name.as_deref().map(str::to_owned),
            title: title.as_deref().map(str::to_owned),
            year: *year,
            date: date.map(|date| date.to_string()),
            effective: effective.map(|date| date.to_string()),
            issuers: interned.list(db, issuers)?,
        })
    }

    /// Of the columns [`COLUMNS`] from `first` on.
    pub(super) fn read(row: &Row<'_>, first: usize) -> Result<Self> {
        Ok(Self {
            own: match row.get(first)? {
                0 => Own::No,
                1 => Own::Mentioned,
                _ => Own::Text,
            },
            mentions: row.get(first + 1)?,
            urn: row.get(first + 2)?,
            doc_type: row.get(first + 3)?,
            type_name: row.get(first + 4)?,
            symbol: row.get(first + 5)?,
            number: row.get(first + 6)?,
            name: row.get(first + 7)?,
            title: row.get(first + 8)?,
            year: row.get(first + 9)?,
            date: row.get(first + 10)?,
            date_from: row.get(first + 11)?,
            effective: row.get(first + 12)?,
            issuers: row.get(first + 13)?,
        })
    }

    /// `n` is its number among those of its key, `texts` how many texts say so, `first` the one of the least name.
    pub(super) fn write(
        &self,
        db: &Connection,
        key: i64,
        n: i64,
        shown: bool,
        texts: i64,
        first: Option<i64>,
    ) -> Result<()> {
        db.prepare_cached(
            "INSERT INTO identity (key, n, shown, texts, first, own, mentions, urn, type, type_name, symbol, number, \
             name, title, year, date, date_from, effective, issuers) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            key,
            n,
            shown,
            texts,
            first,
            self.own as u8,
            self.mentions,
            self.urn,
            self.doc_type,
            self.type_name,
            self.symbol,
            self.number,
            self.name,
            self.title,
            self.year,
            self.date,
            self.date_from,
            self.effective,
            self.issuers
        ])?;
        Ok(())
    }

    /// What tells it from the other statements of its key.
    pub(super) fn hash_of(&self) -> u64 {
        FixedState::default().hash_one(self)
    }

    /// As `corpus` has it; `source` is the first of the `texts` that say so.
    pub(super) fn document(&self, names: &Names, key: &Key, source: &Arc<str>, texts: u32) -> CorpusDocument {
        let word = |id: Option<i64>| id.and_then(|id| names.words.get(&id));
        let date = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<PartialDate>().ok());
        let mut document = CorpusDocument::bare(key.clone());
        document.urn = self.urn.as_deref().map(Into::into);
        document.doc_type = word(self.doc_type).and_then(|code| DocType::from_code(code));
        document.type_name = word(self.type_name).map(Into::into);
        document.symbol = self.symbol.as_deref().map(Into::into);
        document.number = self.number.as_deref().map(Into::into);
        document.name = self.name.as_deref().map(Into::into);
        document.title = self.title.as_deref().map(Into::into);
        document.year = self.year;
        document.date = date(&self.date);
        document.date_from = word(self.date_from)
            .and_then(|code| From::from_code(code))
            .map(|from| Provenance { from, source: Arc::clone(source) });
        document.effective = date(&self.effective);
        document.issuers = self.issuers.and_then(|list| names.lists.get(&list)).cloned().unwrap_or_default();
        document.mentions = self.mentions * texts;
        if self.own == Own::Text {
            document.sources = vec![Arc::clone(source)];
        }
        document
    }
}

/// What the numbers of the small tables stand for.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub words: HashMap<i64, String, FixedState>,
    pub bodies: HashMap<i64, crate::corpus::Body, FixedState>,
    pub lists: HashMap<i64, Vec<crate::corpus::Body>, FixedState>,
}

impl Names {
    pub(super) fn read(db: &Connection) -> Result<Self> {
        let mut names = Self::default();
        names.more(db)?;
        Ok(names)
    }

    /// Learns what was added since.
    pub(super) fn more(&mut self, db: &Connection) -> Result<()> {
        let known = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
        let mut rows = db.prepare_cached("SELECT id, text FROM word WHERE id > ?")?;
        for row in rows.query_map([known(self.words.len())], |row| Ok((row.get(0)?, row.get(1)?)))? {
            self.words.extend([row?]);
        }
        let mut rows = db.prepare_cached("SELECT id, code, place, name FROM body WHERE id > ?")?;
        for row in rows.query_map([known(self.bodies.len())], |row| Ok((row.get(0)?, body(row, 1)?)))? {
            self.bodies.extend([row?]);
        }
        let mut rows = db.prepare_cached("SELECT list, body FROM body_list WHERE list > ? ORDER BY list, n")?;
        for row in rows.query_map([known(self.lists.len())], |row| Ok((row.get(0)?, row.get(1)?)))? {
            let (list, body): (i64, i64) = row?;
            self.lists.entry(list).or_default().extend(self.bodies.get(&body).cloned());
        }
        Ok(())
    }
}

/// A statement with the number of texts that say so and the first of them.
struct Stated {
    statement: Statement,
    texts: u32,
    first: i64,
    source: Arc<str>,
}

/// Makes the one document of a key anew from what is said of it. Gives false when nothing is said any more.
pub(super) fn settle(db: &Connection, interned: &mut Interned, names: &Names, key: i64) -> Result<bool> {
    let said = stated(db, key)?;
    db.prepare_cached("DELETE FROM conflict WHERE key = ?")?.execute([key])?;
    db.prepare_cached("DELETE FROM identity WHERE key = ? AND n = 0")?.execute([key])?;
    db.prepare_cached("UPDATE identity SET shown = ?2 WHERE key = ?1 AND shown <> ?2")?
        .execute(params![key, said.len() == 1])?;
    if said.len() < 2 {
        return Ok(!said.is_empty());
    }
    let text: Option<String> =
        db.prepare_cached("SELECT text FROM key WHERE id = ?")?.query_row([key], |row| row.get(0)).optional()?;
    let name = Key::new(text.unwrap_or_default());
    // the room that knows how statements are joined is asked about this key alone
    let records = said.iter().map(|stated| {
        let own = if stated.statement.own == Own::No { Key::new("") } else { name.clone() };
        Record {
            source: Arc::clone(&stated.source),
            own: own.clone(),
            documents: vec![stated.statement.document(names, &name, &stated.source, stated.texts)],
            facts: Vec::new(),
            bodies: Vec::new(),
            text: CorpusText::bare(Arc::clone(&stated.source), own),
        }
    });
    let resolved = Corpus::from_records(records.collect()).resolve();
    let first_of = |wanted: &str| said.iter().find(|stated| *stated.source == *wanted).map(|stated| stated.first);
    for merged in resolved.documents.iter().filter(|merged| merged.key == name) {
        let first = merged.date_from.as_ref().and_then(|from| first_of(&from.source));
        Statement::new(db, interned, merged, &name)?.write(db, key, 0, true, 1, first)?;
    }
    for conflict in resolved.conflicts {
        let field = interned.word(db, conflict.field)?;
        for (value, source) in conflict.values {
            db.prepare_cached("INSERT OR IGNORE INTO conflict (key, field, value, source) VALUES (?, ?, ?, ?)")?
                .execute(params![key, field, value, first_of(&source)])?;
        }
    }
    Ok(true)
}

fn stated(db: &Connection, key: i64) -> Result<Vec<Stated>> {
    let mut query = db.prepare_cached(&format!(
        "SELECT (SELECT s.name FROM source s WHERE s.id = first), first, texts, {COLUMNS} FROM identity \
         WHERE key = ? AND n > 0"
    ))?;
    let mut said = Vec::new();
    for row in query.query_map([key], |row| {
        Ok(Stated {
            source: row.get::<_, String>(0)?.into(),
            first: row.get(1)?,
            texts: row.get(2)?,
            statement: Statement::read(row, 3)?,
        })
    })? {
        said.push(row?);
    }
    // of one text what it is comes first, as it does in `corpus`
    said.sort_by_key(|stated| stated.statement.mentions);
    Ok(said)
}
