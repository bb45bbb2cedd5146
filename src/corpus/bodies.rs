//! Issuing bodies and how they stand to each other.

use crate::extract::Extraction;
use crate::model::{Issuer, IssuerId, PlaceId, closed_set};
use compact_str::CompactString;

/// An issuing body by code and name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Body {
    /// Code of the issuer table, or as the symbol writes it.
    pub code: Option<CompactString>,
    /// Slug of the province, for bodies that exist in each.
    pub place: Option<CompactString>,
    /// Name with its place.
    pub name: Box<str>,
}

impl Body {
    /// What tells it from other bodies: the code with its province, else the folded name.
    #[must_use]
    pub fn id(&self) -> String {
        match (&self.code, &self.place) {
            (Some(code), Some(place)) => format!("{code}@{place}"),
            (Some(code), None) => code.to_string(),
            (None, _) => crate::text::fold::ascii_name(&self.name, '.'),
        }
    }
}

closed_set! {
/// How one body stands to another.
pub enum BodyRelation {
    /// It is below the other.
    SubordinateTo = "subordinate_to",
    /// It took the other's place.
    Succeeds = "succeeds",
}
}

/// A relation of two bodies that the issuer table or the table of places states.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct BodyLink {
    /// The lower or later one.
    pub source: Body,
    /// How they stand.
    pub relation: BodyRelation,
    /// The higher or earlier one.
    pub target: Body,
}

/// No hierarchy is deeper; a loop in a user's table ends here.
const DEPTH: usize = 8;

/// The body of an issuer; `written` is its name where the table does not know it.
pub(super) fn body(extraction: &Extraction<'_>, issuer: &Issuer, written: Option<&str>) -> Option<Body> {
    let lexicon = extraction.lexicon();
    let name = lexicon
        .issuer_name(issuer)
        .or_else(|| written.map(str::to_owned))
        .or_else(|| issuer.code.as_ref().map(ToString::to_string))?;
    Some(Body {
        code: lexicon.issuer_code_of(issuer).map(Into::into),
        place: issuer.place.and_then(|id| lexicon.place_slug(id)).map(Into::into),
        name: name.into(),
    })
}

/// All that the tables say of the bodies of an extraction: upwards, and to those that took their place.
pub(super) fn hierarchy(extraction: &Extraction<'_>) -> Vec<BodyLink> {
    let mut seen: Vec<(IssuerId, Option<PlaceId>)> = Vec::new();
    let mut out = Vec::new();
    for issuer in extraction.documents.iter().flat_map(|document| &document.issuers).chain(&extraction.document.issuer)
    {
        let Some(id) = issuer.id else { continue };
        if !seen.contains(&(id, issuer.place)) {
            seen.push((id, issuer.place));
            climb(extraction, issuer, &mut out);
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

fn climb(extraction: &Extraction<'_>, issuer: &Issuer, out: &mut Vec<BodyLink>) {
    let lexicon = extraction.lexicon();
    let mut link = |source: &Issuer, relation, target: &Issuer| {
        if let (Some(source), Some(target)) = (body(extraction, source, None), body(extraction, target, None)) {
            out.push(BodyLink { source, relation, target });
        }
    };
    let mut todo = vec![(issuer.clone(), 0)];
    while let Some((issuer, depth)) = todo.pop() {
        let next = depth + 1;
        if let Some(superior) = lexicon.superior(&issuer) {
            link(&issuer, BodyRelation::SubordinateTo, &superior);
            todo.extend((next < DEPTH).then_some((superior, next)));
        }
        for successor in lexicon.successors(&issuer) {
            link(&successor, BodyRelation::Succeeds, &issuer);
            todo.extend((next < DEPTH).then_some((successor, next)));
        }
    }
}
