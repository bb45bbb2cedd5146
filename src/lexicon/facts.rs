//! What the tables say of an act or a body, for those who ask them directly.

use super::Lexicon;
use crate::model::{DocType, Issuer, PartialDate};

/// A row of the law table: an act of the National Assembly or its Standing Committee, or a constitution.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct Law<'l> {
    /// Its symbol; empty for a constitution.
    pub symbol: &'l str,
    /// Constitution, code, law or ordinance.
    pub doc_type: DocType,
    /// The name without the type word.
    pub title: &'l str,
    /// The day it was passed.
    pub date: Option<PartialDate>,
    /// The day from which it is in force.
    pub effective: Option<PartialDate>,
    amends: &'l [compact_str::CompactString],
    amended_by: &'l [compact_str::CompactString],
    replaced_by: &'l [compact_str::CompactString],
}

impl<'l> Law<'l> {
    /// What it amends: symbols, or names where the symbol is not known.
    pub fn amends(&self) -> impl Iterator<Item = &'l str> {
        self.amends.iter().map(compact_str::CompactString::as_str)
    }

    /// What amends it.
    pub fn amended_by(&self) -> impl Iterator<Item = &'l str> {
        self.amended_by.iter().map(compact_str::CompactString::as_str)
    }

    /// What took its place.
    pub fn replaced_by(&self) -> impl Iterator<Item = &'l str> {
        self.replaced_by.iter().map(compact_str::CompactString::as_str)
    }
}

impl Lexicon {
    /// The act of a type with a symbol, as `laws.tsv` knows it.
    ///
    /// ```
    /// let lexicon = viendan::Lexicon::built_in();
    /// let law = lexicon.law(viendan::DocType::Luat, "45/2013/QH13").expect("the land law of 2013");
    /// assert_eq!(law.title, "Đất đai");
    /// ```
    #[must_use]
    pub fn law(&self, doc_type: DocType, symbol: &str) -> Option<Law<'_>> {
        let row = self.law_row(self.law_by_symbol(doc_type, symbol)?)?;
        Some(Law {
            symbol: &row.number,
            doc_type: row.doc_type,
            title: &row.title,
            date: row.date,
            effective: row.effective,
            amends: &row.amends,
            amended_by: &row.amended_by,
            replaced_by: &row.replaced_by,
        })
    }

    /// The party a body belongs to: the name of the last of its superiors.
    pub(crate) fn party_name(&self, issuer: &Issuer) -> Option<&str> {
        let mut row = self.issuer(issuer.id?).filter(|row| row.party)?;
        for _ in 0..8 {
            match row.superior.as_deref().and_then(|code| self.issuer_id(code)).and_then(|id| self.issuer(id)) {
                Some(above) => row = above,
                None => break,
            }
        }
        Some(row.name())
    }

    /// From when to when a body existed, as far as the tables know: its own days, and for a local body those of its
    /// province. Both days are inclusive; `None` is open or not known.
    #[must_use]
    pub fn existed(&self, issuer: &Issuer) -> (Option<PartialDate>, Option<PartialDate>) {
        let body = issuer.id.and_then(|id| self.issuer(id));
        let place = issuer.place.and_then(|id| self.place(id));
        let from = body.and_then(|row| row.from).max(place.and_then(|row| row.from));
        let ends = [body.and_then(|row| row.to), place.and_then(|row| row.to)];
        (from, ends.into_iter().flatten().min())
    }
}
