//! What a text says of a document, and the document that comes of all, as rows.

use super::intern::{Interned, body};
use crate::corpus::{BodyLink, BodyRelation, CorpusDocument, Provenance, place_of};
use crate::model::{DocType, From, Key, PartialDate};
use foldhash::fast::FixedState;
use rusqlite::{Connection, Result, Row, params};
use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hash};
use std::sync::Arc;

/// A statement in the store's own terms: one row of `identity`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Statement {
    pub own: Own,
    pub mentions: u32,
    urn: Option<Box<str>>,
    doc_type: Option<i64>,
    type_name: Option<i64>,
    symbol: Option<Box<str>>,
    number: Option<Box<str>>,
    name: Option<Box<str>>,
    title: Option<Box<str>>,
    called: Option<Box<str>>,
    year: Option<i16>,
    date: Option<Box<str>>,
    date_from: Option<i64>,
    effective: Option<Box<str>>,
    effective_from: Option<i64>,
    issuers: Option<i64>,
    issuers_from: Option<i64>,
    /// A number for type, number and day.
    pub place: Option<i64>,
}

/// What row 0 has beside a statement: the texts that its fields come from, and the document that issues it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Settled {
    pub date: Option<i64>,
    pub effective: Option<i64>,
    pub issuers: Option<i64>,
    pub parent: Option<i64>,
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
pub(super) const COLUMNS: &str = "own, mentions, urn, type, type_name, symbol, number, name, title, called, year, date, \
                                  date_from, effective, effective_from, issuers, issuers_from, place";

/// How many they are.
pub(super) const COUNT: usize = 18;

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
            called,
            year,
            date,
            date_from,
            effective,
            effective_from,
            issuers,
            issuers_from,
            mentions,
            // which texts they are is known by their own keys
            sources,
            // these come of many statements; see `settle`
            parent: _,
            joined: _,
            candidates: _,
            // counted from the citations
            wordings: _,
        } = document;
        let mut word = |text: Option<&str>| text.map(|text| interned.word(db, text)).transpose();
        let text = |text: Option<&str>| text.map(Box::from);
        let from = |from: &Option<Provenance>| from.as_ref().map(|from| from.from.code());
        Ok(Self {
            own: match (key == own, sources.is_empty()) {
                (false, _) => Own::No,
                (true, true) => Own::Mentioned,
                (true, false) => Own::Text,
            },
            mentions: *mentions,
            urn: text(urn.as_deref()),
            doc_type: word(doc_type.map(DocType::code))?,
            type_name: word(type_name.as_deref())?,
            symbol: text(symbol.as_deref()),
            number: text(number.as_deref()),
            name: text(name.as_deref()),
            title: text(title.as_deref()),
            called: text(called.as_deref()),
            year: *year,
            date: date.map(|date| date.to_string().into()),
            date_from: word(from(date_from))?,
            effective: effective.map(|date| date.to_string().into()),
            effective_from: word(from(effective_from))?,
            issuers_from: word(from(issuers_from))?,
            issuers: interned.list(db, issuers)?,
            place: place_of(document).map(u64::cast_signed),
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
            called: row.get(first + 9)?,
            year: row.get(first + 10)?,
            date: row.get(first + 11)?,
            date_from: row.get(first + 12)?,
            effective: row.get(first + 13)?,
            effective_from: row.get(first + 14)?,
            issuers: row.get(first + 15)?,
            issuers_from: row.get(first + 16)?,
            place: row.get(first + 17)?,
        })
    }

    /// A row of a key. `n` is its number, `texts` how many texts say so, `first` the one of the least name; row 0 is what
    /// was settled.
    pub(super) fn write(
        &self,
        db: &Connection,
        (key, n): (i64, i64),
        shown: bool,
        first: Option<i64>,
        texts: u32,
        settled: Settled,
    ) -> Result<()> {
        db.prepare_cached(
            "INSERT INTO identity (key, n, shown, texts, first, own, mentions, urn, type, type_name, symbol, number, \
             name, title, called, year, date, date_from, effective, effective_from, issuers, issuers_from, place, \
             date_source, effective_source, issuers_source, parent) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
            self.called,
            self.year,
            self.date,
            self.date_from,
            self.effective,
            self.effective_from,
            self.issuers,
            self.issuers_from,
            self.place,
            settled.date,
            settled.effective,
            settled.issuers,
            settled.parent
        ])?;
        Ok(())
    }

    /// The date of issue.
    pub(super) fn date(&self) -> Option<PartialDate> {
        self.date.as_deref().and_then(|date| date.parse().ok())
    }

    /// True where a name and no number is known.
    pub(super) fn is_named_only(&self) -> bool {
        self.symbol.is_none() && self.number.is_none()
    }

    /// What tells it from the other statements of its key.
    pub(super) fn hash_of(&self) -> u64 {
        FixedState::default().hash_one(self)
    }

    /// True when both tell the same, whoever says it.
    pub(super) fn tells_the_same(&self, other: &Self) -> bool {
        let told = |statement: &Self| Self { own: Own::No, mentions: 0, place: None, ..statement.clone() };
        told(self) == told(other)
    }

    /// As `corpus` has it; `source` is the first of the `texts` that say so.
    pub(super) fn document(&self, names: &Names, key: &Key, source: &Arc<str>, texts: u32) -> CorpusDocument {
        let word = |id: Option<i64>| id.and_then(|id| names.words.get(&id));
        let date = |text: &Option<Box<str>>| text.as_deref().and_then(|text| text.parse::<PartialDate>().ok());
        let from = |id: Option<i64>| {
            let from = word(id).and_then(|code| From::from_code(code))?;
            Some(Provenance { from, source: Arc::clone(source) })
        };
        let mut document = CorpusDocument::bare(key.clone());
        document.urn = self.urn.as_deref().map(Into::into);
        document.doc_type = word(self.doc_type).and_then(|code| DocType::from_code(code));
        document.type_name = word(self.type_name).map(Into::into);
        document.symbol = self.symbol.as_deref().map(Into::into);
        document.number = self.number.as_deref().map(Into::into);
        document.name = self.name.as_deref().map(Into::into);
        document.title = self.title.as_deref().map(Into::into);
        document.called = self.called.as_deref().map(Into::into);
        document.year = self.year;
        document.date = date(&self.date);
        document.date_from = from(self.date_from);
        document.effective = date(&self.effective);
        document.effective_from = from(self.effective_from);
        document.issuers = self.issuers.and_then(|list| names.lists.get(&list)).cloned().unwrap_or_default();
        document.issuers_from = from(self.issuers_from);
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

    /// A link between bodies.
    pub(super) fn link(&self, source: i64, relation: i64, target: i64) -> Option<BodyLink> {
        let relation = self.words.get(&relation).and_then(|code| BodyRelation::from_code(code))?;
        let body = |id: i64| self.bodies.get(&id).cloned();
        Some(BodyLink { source: body(source)?, relation, target: body(target)? })
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
