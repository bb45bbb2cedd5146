//! The grammar's tables as the code sees them: typed, checked, and findable in a text.
//!
//! Everything that is a word, a spelling or a name comes from `grammar/*.tsv` through this room. Users' own rows
//! go through the same loader.

mod anchors;
mod codes;
mod cues;
mod facts;
mod issuers;
mod known;
mod laws;
pub(crate) mod phrase;
mod places;
mod roles;
mod starts;
mod terms;
mod types;
mod words;

use crate::error::Error;
use crate::model::{DocType, Issuer, IssuerId, PartialDate, PlaceId, Unit};
use crate::table::Table;
use crate::text::Confusables;
use crate::text::opening::Opening;
use compact_str::CompactString;
use phrase::{Found, Phrases};
use std::sync::{Arc, LazyLock};
use xxhash_rust::xxh64::xxh64;

pub(crate) use codes::CodeIs;
pub(crate) use cues::{ACTING, Cue, CueScope, DERIVING, Voice};
pub use facts::Law;
pub(crate) use issuers::{BodyFamily, IssuerRow};
pub(crate) use laws::{LawId, LawRow};
pub(crate) use places::PlaceRow;
pub(crate) use roles::{Role, Roles};
pub(crate) use starts::{SMALL, Set, Sets, Starts};
pub(crate) use types::TypeClass;

/// A table of the grammar, one for each file of the folder `grammar`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[non_exhaustive]
pub enum GrammarTable {
    /// `doc_types.tsv`
    DocTypes,
    /// `issuers.tsv`
    Issuers,
    /// `units.tsv`
    Units,
    /// `cues.tsv`
    Cues,
    /// `aliases.tsv`
    Aliases,
    /// `laws.tsv`
    Laws,
    /// `places.tsv`
    Places,
    /// `confusables.tsv`
    Confusables,
    /// `words.tsv`
    Words,
    /// `terms.tsv`
    Terms,
}

/// A table's kind, file name and built-in text.
type BuiltIn = (GrammarTable, &'static str, &'static str);

impl GrammarTable {
    /// In the order in which they are read: later tables refer to earlier ones.
    const ORDER: [BuiltIn; 10] = [
        (Self::Confusables, "confusables.tsv", include_str!("../../grammar/confusables.tsv")),
        (Self::Words, "words.tsv", include_str!("../../grammar/words.tsv")),
        (Self::Terms, "terms.tsv", include_str!("../../grammar/terms.tsv")),
        (Self::DocTypes, "doc_types.tsv", include_str!("../../grammar/doc_types.tsv")),
        (Self::Units, "units.tsv", include_str!("../../grammar/units.tsv")),
        (Self::Places, "places.tsv", include_str!("../../grammar/places.tsv")),
        (Self::Issuers, "issuers.tsv", include_str!("../../grammar/issuers.tsv")),
        (Self::Aliases, "aliases.tsv", include_str!("../../grammar/aliases.tsv")),
        (Self::Laws, "laws.tsv", include_str!("../../grammar/laws.tsv")),
        (Self::Cues, "cues.tsv", include_str!("../../grammar/cues.tsv")),
    ];

    /// Every table.
    pub const ALL: [Self; 10] = [
        Self::DocTypes,
        Self::Issuers,
        Self::Units,
        Self::Cues,
        Self::Aliases,
        Self::Laws,
        Self::Places,
        Self::Confusables,
        Self::Words,
        Self::Terms,
    ];

    /// The table of a file name such as `issuers.tsv`.
    #[must_use]
    pub fn from_file_name(name: &str) -> Option<Self> {
        Self::ORDER.iter().find(|(_, file, _)| *file == name).map(|(table, _, _)| *table)
    }

    /// Its file name.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        Self::ORDER.iter().find(|(table, _, _)| *table == self).map_or("", |(_, file, _)| file)
    }

    /// Its built-in rows, as tab-separated text with a header line.
    #[must_use]
    pub fn built_in(self) -> &'static str {
        Self::ORDER.iter().find(|(table, _, _)| *table == self).map_or("", |(_, _, text)| text)
    }
}

/// What can stand at the start of a mention; see [`Lexicon::anchor`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Anchor {
    /// A type word, or an abbreviation of one.
    Type { doc_type: DocType, short: bool },
    /// A unit word.
    Unit(Unit),
    /// An acronym that stands for a law, with its index in the alias rows.
    Acronym(u32),
    /// `gọi tắt là` and the like.
    Alias,
    /// A phrase that only looks like a type or unit word; `typed` where it begins with a type word.
    Nothing { typed: bool },
}

/// The tables, ready for use. Built once and shared: [`Lexicon::built_in`], or [`Lexicon::builder`] with rows of your own.
#[derive(Debug, Clone)]
pub struct Lexicon {
    confusables: Confusables,
    words: words::Words,
    types: types::Types,
    units: Vec<UnitRow>,
    places: places::Places,
    issuers: issuers::Issuers,
    codes: codes::Capitals,
    laws: laws::Laws,
    terms: terms::Terms,
    cues: cues::Cues,
    anchors: Phrases,
    anchor_tags: Vec<Anchor>,
    starts: Starts,
    /// Hash of the tables it was read from.
    fingerprint: u64,
}

/// A row of `units.tsv`.
#[derive(Debug, Clone)]
pub(crate) struct UnitRow {
    pub unit: Unit,
    pub words: Vec<String>,
}

/// Own rows, added to the built-in tables or put in their place.
///
/// Rows are text in the form of `grammar/*.tsv`: a header line, then one row a line, cells separated by tabs. The
/// header names the columns that the rows have; what a column means stands in `grammar/README.md`.
///
/// ```
/// use std::sync::Arc;
/// use viendan::{Extractor, GrammarTable, Lexicon};
/// let rows = "code\tnames\tlevel\nXYZ\tCơ quan Xyz\ttw\n";
/// let lexicon = Lexicon::builder().add(GrammarTable::Issuers, "issuers.tsv", rows).build()?;
/// let extractor = Extractor::with_lexicon(Arc::new(lexicon));
/// let found = extractor.extract("Căn cứ Quyết định số 12/2020/QĐ-XYZ của Cơ quan Xyz;")?;
/// let issuer = found.citations[0].issuers.first().expect("a body of the table");
/// assert_eq!(found.issuer_name(issuer).as_deref(), Some("Cơ quan Xyz"));
///
/// let wrong = Lexicon::builder().add(GrammarTable::Issuers, "mine.tsv", "code\tnames\nXYZ\n").build();
/// assert_eq!(wrong.unwrap_err().to_string(), "mine.tsv:2:4: 1 cells where the header has 2");
/// # Ok::<(), viendan::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
#[must_use = "a builder does nothing until `build`"]
pub struct LexiconBuilder {
    own: Vec<(GrammarTable, String, String)>,
    replaced: Vec<GrammarTable>,
}

impl LexiconBuilder {
    /// Adds rows to `table`. `file` names the text in errors; columns may be left out where their cells may be empty.
    /// Nothing is read before [`Self::build`].
    pub fn add(mut self, table: GrammarTable, file: impl Into<String>, text: impl Into<String>) -> Self {
        self.own.push((table, file.into(), text.into()));
        self
    }

    /// Uses these rows in place of the built-in ones.
    pub fn replace(mut self, table: GrammarTable, file: impl Into<String>, text: impl Into<String>) -> Self {
        self.replaced.push(table);
        self.add(table, file, text)
    }

    /// Reads all tables.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Table`] for the first wrong row, with the file, the line and the column in characters, both
    /// from 1.
    pub fn build(self) -> Result<Lexicon, Error> {
        let mut lexicon = Lexicon::empty();
        for (table, file, text) in GrammarTable::ORDER {
            if !self.replaced.contains(&table) {
                lexicon.read(table, file, text)?;
            }
            for (_, file, text) in self.own.iter().filter(|(own, _, _)| *own == table) {
                lexicon.read(table, file, text)?;
            }
        }
        lexicon.finish();
        Ok(lexicon)
    }
}

static BUILT_IN: LazyLock<Arc<Lexicon>> = LazyLock::new(|| {
    // the built-in tables are tested; a wrong one leaves an empty lexicon rather than a panic in a user's program
    Arc::new(LexiconBuilder::default().build().unwrap_or_else(|_| Lexicon::empty()))
});

impl Lexicon {
    /// The built-in tables.
    #[must_use]
    pub fn built_in() -> Arc<Self> {
        Arc::clone(&BUILT_IN)
    }

    /// A number for the rows that this lexicon was read from, the same in every run: equal rows, equal readings.
    #[must_use]
    pub const fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// A builder that starts from the built-in tables.
    pub fn builder() -> LexiconBuilder {
        LexiconBuilder::default()
    }

    fn empty() -> Self {
        Self {
            confusables: Confusables::default(),
            words: words::Words::default(),
            types: types::Types::default(),
            units: Vec::new(),
            places: places::Places::default(),
            issuers: issuers::Issuers::default(),
            codes: codes::Capitals::default(),
            laws: laws::Laws::default(),
            terms: terms::Terms::default(),
            cues: cues::Cues::default(),
            anchors: Phrases::busy(),
            anchor_tags: Vec::new(),
            starts: Starts::default(),
            fingerprint: 0,
        }
    }

    fn read(&mut self, table: GrammarTable, file: &str, text: &str) -> Result<(), Error> {
        let read = |wanted: &[&str]| Table::read(file, text, wanted);
        self.fingerprint = xxh64(text.as_bytes(), self.fingerprint ^ xxh64(table.file_name().as_bytes(), 0));
        match table {
            GrammarTable::Confusables => {
                for row in read(&["from", "to"])?.rows() {
                    let (from, to) = words::confusable(&row)?;
                    self.confusables.insert(from, to);
                }
            }
            GrammarTable::Words => self.words.read(&read(&["role", "text"])?)?,
            GrammarTable::Terms => self.terms.read(&read(&["body", "term", "from", "to"])?)?,
            GrammarTable::DocTypes => self.types.read(&read(&["slug", "name"])?)?,
            GrammarTable::Units => {
                for row in read(&["path", "words"])?.rows() {
                    let code = row.required("path")?;
                    let unit =
                        Unit::from_code(code).ok_or_else(|| row.error("path", format!("unknown unit `{code}`")))?;
                    self.units.push(UnitRow { unit, words: row.list("words").map(str::to_owned).collect() });
                }
            }
            GrammarTable::Places => self.places.read(&read(&["slug", "name", "kind"])?)?,
            GrammarTable::Issuers => self.issuers.read(&read(&["code", "names"])?)?,
            GrammarTable::Aliases => self.laws.read_aliases(&read(&["alias", "kind", "name"])?)?,
            GrammarTable::Laws => self.laws.read(&read(&["number", "type", "title"])?)?,
            GrammarTable::Cues => self.cues.read(&read(&["id", "pattern", "relation"])?, &mut self.starts)?,
        }
        Ok(())
    }

    fn finish(&mut self) {
        self.confusables.finish();
        self.laws.finish();
        let mut capitals = codes::Capitals::default();
        for code in self.types.codes().chain(self.issuers.codes()) {
            capitals.enter(code, &self.code_in_capitals(code));
        }
        self.codes = capitals;
        let mut add = |anchors: &mut Phrases, text: &str, tag: Anchor| {
            let value = u32::try_from(self.anchor_tags.len()).unwrap_or(u32::MAX);
            self.anchor_tags.push(tag);
            anchors.insert(text, value);
        };
        // rows that come first win where two spell the same
        for text in self.words.of(Role::Nothing) {
            add(&mut self.anchors, text, Anchor::Nothing { typed: false });
        }
        for row in self.types.rows() {
            for text in &row.words {
                add(&mut self.anchors, text, Anchor::Type { doc_type: row.doc_type, short: false });
                self.starts.insert(text, Set::Type);
            }
            for text in &row.abbreviations {
                add(&mut self.anchors, text, Anchor::Type { doc_type: row.doc_type, short: true });
            }
        }
        for row in &self.units {
            for text in &row.words {
                add(&mut self.anchors, text, Anchor::Unit(row.unit));
            }
        }
        for (index, alias) in self.laws.acronyms() {
            add(&mut self.anchors, alias, Anchor::Acronym(index));
        }
        for text in self.words.of(Role::Alias) {
            add(&mut self.anchors, text, Anchor::Alias);
        }
        let typed: Vec<bool> = self.words.of(Role::Nothing).map(|text| self.type_begins(text)).collect();
        for (tag, typed) in self.anchor_tags.iter_mut().zip(typed) {
            *tag = Anchor::Nothing { typed };
        }
        for text in SMALL.iter().flat_map(|role| self.words.of(*role)) {
            self.starts.insert(text, Set::Small);
        }
        for text in self.words.of(Role::Plural) {
            self.starts.insert_words(text, Set::Deriving);
        }
    }

    pub(crate) fn confusables(&self) -> &Confusables {
        &self.confusables
    }

    /// The document type of a slug (`nghi-dinh`) or name (`Nghị định`).
    #[must_use]
    pub fn doc_type(&self, name: &str) -> Option<DocType> {
        DocType::from_code(name).or_else(|| self.types.by_name(name))
    }

    /// The name of a document type: `Quyết định`.
    #[must_use]
    pub fn type_name(&self, doc_type: DocType) -> &str {
        self.types.name(doc_type)
    }

    pub(crate) fn type_class(&self, doc_type: DocType) -> TypeClass {
        self.types.class(doc_type)
    }

    /// The type word that ends at `end` when tones and vowel marks are disregarded; for damaged text.
    pub(crate) fn bare_type_before(&self, bytes: &[u8], end: usize) -> Option<(DocType, usize)> {
        self.types.bare_before(bytes, end)
    }

    pub(crate) fn type_code(&self, code: &str) -> Option<&codes::TypeCode> {
        match self.codes.get(code) {
            Some(known) => known.kind,
            None => self.types.code(code),
        }
    }

    /// What a code of a symbol may be: a type, a body, the beginning of another code.
    pub(crate) fn code(&self, code: &str) -> codes::CodeIs<'_> {
        self.codes.get(code).unwrap_or_else(|| self.code_in_capitals(&codes::upper(code)))
    }

    fn code_in_capitals(&self, code: &CompactString) -> codes::CodeIs<'_> {
        let (kind, body) = (self.types.by_upper(code), self.issuers.by_upper(code));
        codes::CodeIs { kind, body, begins: self.issuers.begins_code(code) }
    }

    pub(crate) fn issuer_code(&self, code: &str) -> Option<issuers::CodeFound> {
        match self.codes.get(code) {
            Some(known) => known.body,
            None => self.issuers.by_code(code),
        }
    }

    pub(crate) fn issuer_at(&self, bytes: &[u8], at: usize) -> Option<Found<'_>> {
        self.issuers.phrases().longest(bytes, at)
    }

    pub(crate) fn issuer(&self, id: IssuerId) -> Option<&IssuerRow> {
        self.issuers.get(id)
    }

    pub(crate) fn issuer_id(&self, code: &str) -> Option<IssuerId> {
        self.issuers.id(code)
    }

    /// The bodies of a family, in table order.
    pub(crate) fn bodies(&self, family: BodyFamily) -> impl Iterator<Item = (IssuerId, &IssuerRow)> {
        self.issuers.of_family(family)
    }

    /// The term of the first body of a family that `date` falls into.
    pub(crate) fn term_of(&self, family: BodyFamily, date: PartialDate) -> Option<u16> {
        self.terms.of(&self.bodies(family).next()?.1.code, date)
    }

    /// True when the term of the National Assembly reached into `year`.
    pub(crate) fn is_session(&self, term: u16, year: i16) -> bool {
        self.bodies(BodyFamily::Assembly).next().is_some_and(|(_, row)| self.terms.agrees(&row.code, term, year))
    }

    pub(crate) fn place_at(&self, bytes: &[u8], at: usize) -> Option<Found<'_>> {
        self.places.phrases().longest(bytes, at)
    }

    pub(crate) fn place(&self, id: PlaceId) -> Option<&PlaceRow> {
        self.places.get(id)
    }

    pub(crate) fn laws_at(&self, bytes: &[u8], at: usize) -> Option<Found<'_>> {
        self.laws.names().longest(bytes, at)
    }

    /// Some act of the table has a name that begins with this word.
    pub(crate) fn begins_law(&self, bytes: &[u8]) -> bool {
        self.laws.names().begins(bytes)
    }

    pub(crate) fn law_row(&self, id: LawId) -> Option<&LawRow> {
        self.laws.get(id)
    }

    pub(crate) fn law_by_symbol(&self, doc_type: DocType, symbol: &str) -> Option<LawId> {
        self.laws.by_symbol(doc_type, symbol)
    }

    pub(crate) fn laws_of_type(&self, doc_type: DocType) -> Vec<LawId> {
        self.laws.of_type(doc_type)
    }

    pub(crate) fn laws_of_acronym(&self, index: u32) -> (DocType, &[LawId], &str) {
        self.laws.of_acronym(index)
    }

    pub(crate) fn cue_at(&self, bytes: &[u8], at: usize) -> Option<(&Cue, usize)> {
        self.cues.at(bytes, at, Opening::at(bytes, at))
    }

    /// The same where a word opens as the caller has seen.
    #[inline]
    pub(crate) fn cue_opening(&self, bytes: &[u8], at: usize, opening: Opening) -> Option<(&Cue, usize)> {
        self.cues.at(bytes, at, opening)
    }

    /// How the phrases begin that are looked for in gaps.
    #[inline]
    pub(crate) fn starts(&self) -> &Starts {
        &self.starts
    }

    /// A cue of a relation by which one document is made for another may begin with a word that opens so.
    #[inline]
    pub(crate) fn may_derive(&self, opening: Opening) -> bool {
        self.cues.may_derive(opening)
    }

    pub(crate) fn adjacent_cue_at(&self, bytes: &[u8], at: usize) -> Option<(&Cue, usize)> {
        self.cues.adjacent_at(bytes, at)
    }

    /// The name of an issuer with its place: `Ủy ban nhân dân tỉnh Quảng Ninh`.
    #[must_use]
    pub fn issuer_name(&self, issuer: &Issuer) -> Option<String> {
        let row = self.issuer(issuer.id?)?;
        let mut name = row.name().to_owned();
        if row.local
            && let Some(place) = issuer.place.and_then(|id| self.place(id))
        {
            name = self.words.local_name(row, &name, place);
        }
        Some(name)
    }

    /// The code of an issuer: the table's, else the one written in the symbol.
    #[must_use]
    pub fn issuer_code_of<'a>(&'a self, issuer: &'a Issuer) -> Option<&'a str> {
        issuer.id.and_then(|id| self.issuer(id)).map(|row| row.code.as_str()).or(issuer.code.as_deref())
    }

    /// The body an issuer is subordinate to, with its province where that body is a local one too.
    #[must_use]
    pub fn superior(&self, issuer: &Issuer) -> Option<Issuer> {
        self.related(self.issuer(issuer.id?)?.superior.as_deref()?, issuer.place)
    }

    /// The bodies that took the place of an issuer: by reorganisation, and by the merger of its province.
    #[must_use]
    pub fn successors(&self, issuer: &Issuer) -> Vec<Issuer> {
        let Some(row) = issuer.id.and_then(|id| self.issuer(id)) else { return Vec::new() };
        let mut out: Vec<Issuer> = row.successors.iter().filter_map(|code| self.related(code, issuer.place)).collect();
        if row.local
            && let Some(place) = issuer.place.and_then(|id| self.place(id))
        {
            let merged = place.successors.iter().filter_map(|slug| self.places.id(slug));
            out.extend(merged.map(|place| Issuer { id: issuer.id, place: Some(place), ..Issuer::default() }));
        }
        out
    }

    /// The body of a code of the table, in the same province if it is a local one.
    fn related(&self, code: &str, place: Option<PlaceId>) -> Option<Issuer> {
        let id = self.issuer_id(code)?;
        let local = self.issuer(id).is_some_and(|row| row.local);
        (!local || place.is_some()).then(|| Issuer {
            id: Some(id),
            place: place.filter(|_| local),
            ..Issuer::default()
        })
    }

    /// The slug of a place, as keys write it.
    #[must_use]
    pub fn place_slug(&self, id: PlaceId) -> Option<&str> {
        self.place(id).map(|row| row.slug.as_str())
    }

    /// The name of a place.
    #[must_use]
    pub fn place_name(&self, id: PlaceId) -> Option<&str> {
        self.place(id).map(|row| row.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Lexicon;

    #[test]
    fn the_built_in_tables_are_right() {
        if let Err(error) = Lexicon::builder().build() {
            panic!("{error}");
        }
    }
}
