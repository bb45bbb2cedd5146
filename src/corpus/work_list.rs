//! What the tables lack, over many texts: the next rows to be written.

use crate::extract::Extraction;
use crate::model::UnknownKind;
use crate::span::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Characters of context on each side of an example.
const CONTEXT: usize = 60;

/// Counts what no table knows.
///
/// The result does not depend on the order in which texts are added, as long as each has a source name.
///
/// ```
/// use viendan::{Extractor, UnknownKind, WorkList};
/// let extractor = Extractor::new();
/// let mut list = WorkList::new();
/// list.add(&extractor.extract("Quyết định số 12/2013/QĐ-XYZ ngày 05/3/2013 về việc tuyển dụng")?);
/// let codes = list.items(UnknownKind::Code);
/// assert_eq!((codes[0].name.as_str(), codes[0].count, codes[0].documents), ("XYZ", 1, 1));
/// # Ok::<(), viendan::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct WorkList {
    entries: BTreeMap<(UnknownKind, String), Entry>,
    texts: usize,
}

#[derive(Debug, Clone)]
struct Entry {
    count: u32,
    documents: u32,
    example: WorkExample,
}

/// One place where a [`WorkItem`] stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct WorkExample {
    /// The text; a number for one without a source name.
    pub source: Arc<str>,
    /// Where the mention stands, in bytes of that text.
    pub span: Span,
    /// The mention with some words around it, white space folded.
    pub text: String,
}

/// Something that no row knows, and how often it was met.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WorkItem {
    /// Which table lacks it.
    pub kind: UnknownKind,
    /// As written.
    pub name: String,
    /// How many times it was met.
    pub count: u32,
    /// In how many texts.
    pub documents: u32,
    /// The first place, by source name and position.
    pub example: WorkExample,
}

impl WorkList {
    /// An empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what one text has. A text without a source name is known by a number.
    pub fn add(&mut self, extraction: &Extraction<'_>) {
        let mut one = Self { entries: BTreeMap::new(), texts: 1 };
        let source: Arc<str> = match &extraction.source {
            Some(source) => source.as_str().into(),
            None => format!("#{}", self.texts).into(),
        };
        for unknown in extraction.unknown() {
            one.entries.entry((unknown.kind, unknown.name)).and_modify(|entry| entry.count += 1).or_insert_with(|| {
                Entry {
                    count: 1,
                    documents: 1,
                    example: WorkExample {
                        source: Arc::clone(&source),
                        span: unknown.span,
                        text: context(extraction, unknown.span),
                    },
                }
            });
        }
        self.append(one);
    }

    /// Adds all of another list.
    pub fn append(&mut self, other: Self) {
        self.texts += other.texts;
        for (key, entry) in other.entries {
            match self.entries.get_mut(&key) {
                Some(own) => {
                    own.count += entry.count;
                    own.documents += entry.documents;
                    if entry.example < own.example {
                        own.example = entry.example;
                    }
                }
                None => {
                    self.entries.insert(key, entry);
                }
            }
        }
    }

    /// Number of texts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts
    }

    /// True when no text was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts == 0
    }

    /// All of one kind, the most frequent first, then by name.
    #[must_use]
    pub fn items(&self, kind: UnknownKind) -> Vec<WorkItem> {
        let mut items: Vec<WorkItem> = self
            .entries
            .iter()
            .filter(|((of, _), _)| *of == kind)
            .map(|((kind, name), entry)| WorkItem {
                kind: *kind,
                name: name.clone(),
                count: entry.count,
                documents: entry.documents,
                example: entry.example.clone(),
            })
            .collect();
        // the map is in the order of names, and the sort is stable
        items.sort_by_key(|item| std::cmp::Reverse(item.count));
        items
    }
}

/// The words of a span with those around it, as far as whole characters go.
fn context(extraction: &Extraction<'_>, span: Span) -> String {
    let text = extraction.text;
    let (from, to) = (span.start as usize, span.end as usize);
    let left = text.get(..from).unwrap_or_default().char_indices().rev().take(CONTEXT).last();
    let right = text.get(to..).unwrap_or_default().char_indices().nth(CONTEXT);
    let start = left.map_or(from, |(at, _)| at);
    let end = right.map_or(text.len(), |(at, _)| to + at);
    extraction.folded(Span::at(start, end)).trim().to_owned()
}
