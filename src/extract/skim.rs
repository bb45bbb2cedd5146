//! A quick look: symbols and named acts, and nothing that needs the rest of the document.

use super::{Extractor, read};
use crate::error::Error;
use crate::model::{DocType, PartialDate};
use crate::parse::{Identifier, Mention, Silent};
use crate::scan::Scanner;
use crate::span::Span;
use crate::text::Normalized;
use compact_str::CompactString;

/// A symbol or a named act as its own words tell it.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Skimmed {
    /// Where it stands, with its type word and its date.
    pub span: Span,
    /// The type that is written, else the one that the symbol says.
    pub doc_type: Option<DocType>,
    /// The symbol in its official form.
    pub symbol: Option<CompactString>,
    /// Where the name of an act stands.
    pub name: Option<Span>,
    /// The year of the symbol, of the date or after the name.
    pub year: Option<i16>,
    /// The date that is written.
    pub date: Option<PartialDate>,
}

impl Extractor {
    /// Finds symbols (`30/2020/NĐ-CP`) and named acts (`Luật Đất đai năm 2013`, `BLHS`), and nothing else: no provisions,
    /// no issuers, no references back, nobody's identity. Several times as fast as [`Self::extract`], for those who want to
    /// mark or to count. What is found depends on the words around it alone, so that a text can be skimmed in pieces.
    ///
    /// ```
    /// let text = "theo Điều 5 Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 và Luật Đất đai năm 2013";
    /// let found = viendan::Extractor::new().skim(text)?;
    /// assert_eq!(found[0].symbol.as_deref(), Some("30/2020/NĐ-CP"));
    /// assert_eq!(found[1].span.of(text), "Luật Đất đai năm 2013");
    /// # Ok::<(), viendan::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`crate::ErrorKind::TooLarge`] for more than 4 GiB.
    pub fn skim(&self, text: &str) -> Result<Vec<Skimmed>, Error> {
        if u32::try_from(text.len()).is_err() {
            return Err(Error::too_large(text.len()));
        }
        let normalized = self.lexicon.confusables().normalize(text);
        let mut candidates = Vec::new();
        let scanner = self.scanners.acts.get_or_init(|| Scanner::of_acts(&self.lexicon));
        scanner.candidates(normalized.bytes(), &mut candidates);
        let reading = read::read(&self.lexicon, normalized.bytes(), &candidates, &mut Silent);
        Ok(reading.mentions.iter().filter_map(|mention| skimmed(&normalized, mention)).collect())
    }
}

/// What a mention tells, unless it needs others.
fn skimmed(normalized: &Normalized<'_>, mention: &Mention) -> Option<Skimmed> {
    let (symbol, year) = match &mention.identifier {
        Identifier::Symbol(symbol) | Identifier::Law { symbol: Some(symbol), .. } => {
            (Some(symbol.text.clone()).filter(|_| !symbol.range), symbol.year)
        }
        Identifier::Law { .. } | Identifier::Acronym(_) => (None, None),
        _ => return None,
    };
    let date = mention.date.and_then(|(read, _)| read.value);
    Some(Skimmed {
        span: normalized.to_source(mention.core),
        doc_type: mention.doc_type,
        symbol,
        name: mention.name.map(|name| normalized.to_source(name)),
        year: year.or(mention.year).or_else(|| date.map(PartialDate::the_year)),
        date,
    })
}
