//! The extractor: the only room that knows the order of scanning, parsing and resolving.

mod aliased;
mod assemble;
mod derived;
mod explain;
mod extraction;
mod listed;
mod metadata;
mod read;
mod skim;
mod timed;
mod unknown;
mod urn;

pub use explain::{AnchorKind, AnchorTrace, Explanation, Tried};
pub use extraction::{Extraction, ProvisionRef};
pub use skim::Skimmed;

use crate::error::Error;
use crate::lexicon::Lexicon;
use crate::model::Metadata;
use crate::parse::Silent;
use crate::resolve::{
    Work, amending_blocks, attach_issuers, attach_provisions, clause_dates, effects, find_relations, find_titles,
    identify, own_effect, read_own,
};
use crate::scan::Scanner;
use std::sync::{Arc, LazyLock, OnceLock};
use xxhash_rust::xxh64::xxh64;

/// For the built-in tables.
static SCANNERS: LazyLock<Arc<Scanners>> = LazyLock::new(|| Scanners::new(&Lexicon::built_in()));

/// Raised when a change of the code lets texts be read otherwise and the version of the package stays.
const RULES: u64 = 1;

/// Reads texts. Cheap to clone, shared freely between threads.
///
/// ```
/// let extractor = viendan::Extractor::new();
/// let found = extractor.extract("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;")?;
/// let citation = &found.citations[0];
/// assert_eq!(citation.symbol.as_deref(), Some("30/2020/NĐ-CP"));
/// assert_eq!(found.words(citation.core), "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020");
/// assert_eq!(found.target(citation).map(|d| d.key.as_str()), Some("vn:nghi-dinh:30/2020:cp"));
/// # Ok::<(), viendan::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Extractor {
    lexicon: Arc<Lexicon>,
    scanners: Arc<Scanners>,
}

/// What finds the places that are worth parsing; the second is made when it is first needed.
#[derive(Debug)]
struct Scanners {
    all: Scanner,
    acts: OnceLock<Scanner>,
}

impl Scanners {
    fn new(lexicon: &Lexicon) -> Arc<Self> {
        Arc::new(Self { all: Scanner::new(lexicon), acts: OnceLock::new() })
    }
}

impl Default for Extractor {
    fn default() -> Self {
        Self::new()
    }
}

impl Extractor {
    /// With the built-in tables.
    #[must_use]
    pub fn new() -> Self {
        Self::with_lexicon(Lexicon::built_in())
    }

    /// With tables of one's own.
    #[must_use]
    pub fn with_lexicon(lexicon: Arc<Lexicon>) -> Self {
        // they take a while to make, and nearly everybody has the built-in tables
        let built_in = Arc::ptr_eq(&lexicon, &Lexicon::built_in());
        let scanners = if built_in { Arc::clone(&SCANNERS) } else { Scanners::new(&lexicon) };
        Self { lexicon, scanners }
    }

    /// The tables.
    #[must_use]
    pub fn lexicon(&self) -> &Arc<Lexicon> {
        &self.lexicon
    }

    /// A number for the rules and tables it reads by, the same in every run. What was read under another number may be
    /// read otherwise now.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        xxh64(env!("CARGO_PKG_VERSION").as_bytes(), self.lexicon.fingerprint() ^ RULES)
    }

    /// Reads a text.
    ///
    /// # Errors
    /// [`crate::ErrorKind::TooLarge`] for more than 4 GiB. What a text says is never an error.
    pub fn extract<'t>(&self, text: &'t str) -> Result<Extraction<'t>, Error> {
        self.extract_record(text, None, &Metadata::default())
    }

    /// Reads bytes.
    ///
    /// # Errors
    /// [`crate::ErrorKind::InvalidUtf8`] with the offset of the first wrong byte, and as [`Self::extract`].
    pub fn extract_bytes<'t>(&self, bytes: &'t [u8]) -> Result<Extraction<'t>, Error> {
        let text = simdutf8::compat::from_utf8(bytes).map_err(|e| Error::invalid_utf8(e.valid_up_to()))?;
        self.extract(text)
    }

    /// Reads a record: a text with a name and with what is known of it beforehand.
    ///
    /// # Errors
    /// As [`Self::extract`].
    pub fn extract_record<'t>(
        &self,
        text: &'t str,
        source: Option<&str>,
        metadata: &Metadata,
    ) -> Result<Extraction<'t>, Error> {
        if u32::try_from(text.len()).is_err() {
            return Err(Error::too_large(text.len()));
        }
        let hash = source.map_or_else(|| xxh64(text.as_bytes(), 1), |source| xxh64(source.as_bytes(), 0));
        let mut extraction = self.run(text, hash, metadata, false);
        extraction.source = source.map(str::to_owned);
        if let Some(title) = &metadata.title {
            metadata::add_title(self, &mut extraction, title, metadata, hash);
        }
        derived::add_derived(&mut extraction);
        listed::keep_meant(&mut extraction);
        Ok(extraction)
    }

    /// The passes over one text, in their order. A title has no header of its own.
    fn run<'t>(&self, text: &'t str, hash: u64, metadata: &Metadata, is_title: bool) -> Extraction<'t> {
        let normalized = self.lexicon.confusables().normalize(text);
        let mut candidates = Vec::new();
        self.scanners.all.candidates(normalized.bytes(), &mut candidates);
        let mut reading = read::read(&self.lexicon, normalized.bytes(), &candidates, &mut Silent);
        aliased::add_uses(&self.lexicon, normalized.bytes(), &mut reading);
        let mut work = Work::new(&self.lexicon, normalized.bytes(), reading, hash);
        attach_issuers(&mut work);
        work.title_only = is_title;
        if !is_title {
            read_own(&mut work);
        }
        let conflicts = metadata.apply(&mut work);
        work.blocks = amending_blocks(&work);
        attach_provisions(&mut work);
        find_titles(&mut work);
        identify(&mut work);
        let relations = find_relations(&work);
        let dates = clause_dates(&work, &relations);
        let effects = effects(&work, &relations);
        let own = own_effect(&effects);
        let mut extraction = assemble::assemble(&self.lexicon, text, &normalized, work, relations, &dates);
        timed::add_effects(&mut extraction, &normalized, effects, own);
        extraction.diagnostics.extend(conflicts);
        extraction
    }

    /// Reads the title of a record.
    fn extract_title<'t>(&self, title: &'t str, metadata: &Metadata, hash: u64) -> Extraction<'t> {
        self.run(title, hash, metadata, true)
    }
}

/// Reads a text with the built-in tables.
///
/// # Errors
/// As [`Extractor::extract`].
pub fn extract(text: &str) -> Result<Extraction<'_>, Error> {
    Extractor::new().extract(text)
}
