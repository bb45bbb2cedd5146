//! From a key, symbol or title to the document that is meant.

use crate::corpus::{Body, CorpusDocument};
use crate::error::Error;
use crate::graph::CitationGraph;
use crate::model::DocType;
use crate::text::fold::ascii_name;
use petgraph::graph::NodeIndex;

/// The documents that a name can mean.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Found {
    /// What was asked for.
    pub wanted: String,
    /// Documents of that key, symbol or title, in the order of their keys.
    pub matches: Vec<NodeIndex>,
    /// When there is none: the names most like it, the likest first.
    pub nearest: Vec<String>,
}

impl Found {
    /// The one document.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Unknown`] when there is none or more than one.
    pub fn one(&self) -> Result<NodeIndex, Error> {
        match self.matches.as_slice() {
            [node] => Ok(*node),
            [] => Err(Error::unknown(format!("`{}`: no such document", self.wanted))),
            several => Err(Error::unknown(format!("`{}`: {} documents are called so", self.wanted, several.len()))),
        }
    }
}

/// No more names are offered.
const NEAREST: usize = 5;

/// What was asked for, in the forms in which it is compared.
struct Wanted {
    doc_type: Option<DocType>,
    /// Folded words after the type word.
    words: Vec<String>,
    /// Folded words with the type word.
    all: Vec<String>,
    symbol: String,
}

impl Wanted {
    fn read(text: &str) -> Self {
        let all = words(text);
        let named = DocType::ALL
            .iter()
            .map(|doc_type| (*doc_type, doc_type.code().split('-').count()))
            .filter(|(doc_type, count)| {
                all.len() > *count && doc_type.code().split('-').eq(all.iter().take(*count).map(String::as_str))
            })
            .max_by_key(|(_, count)| *count);
        let after = named.map_or(0, |(_, count)| count);
        // what has a figure and no space is a symbol: the part from the first figure on
        let symbol = text
            .find(|c: char| c.is_ascii_digit())
            .and_then(|start| text.get(start..))
            .map(fold_symbol)
            .unwrap_or_default();
        Self {
            doc_type: named.map(|(doc_type, _)| doc_type),
            words: all.get(after..).unwrap_or_default().to_vec(),
            all,
            symbol,
        }
    }
}

pub(super) fn words(text: &str) -> Vec<String> {
    ascii_name(text, ' ').split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A symbol without case, spaces, strokes and leading zeros.
pub(super) fn fold_symbol(symbol: &str) -> String {
    ascii_name(symbol, '-').trim_start_matches('0').to_owned()
}

impl CitationGraph {
    /// The documents that `text` can mean: a key, a symbol (`16-KL/TW`, also after its type word; the number, where
    /// that is all there is), or a title.
    ///
    /// Case, tones and spaces do not matter. A title is the beginning of a name, whole words, with or without
    /// its type word; the name of an act may be followed by its year.
    #[must_use]
    pub fn find(&self, text: &str) -> Found {
        let mut found = Found { wanted: text.trim().to_owned(), matches: Vec::new(), nearest: Vec::new() };
        if let Some(node) = self.node(found.wanted.as_str()) {
            found.matches.push(node);
            return found;
        }
        let wanted = Wanted::read(&found.wanted);
        if wanted.all.is_empty() {
            return found;
        }
        for how in [by_symbol, by_whole_name, by_title] {
            found.matches = self
                .documents()
                .iter()
                .enumerate()
                .filter(|(_, document)| how(&wanted, document))
                .map(|(index, _)| NodeIndex::new(index))
                .collect();
            if !found.matches.is_empty() {
                return found;
            }
        }
        found.nearest = self.nearest(&wanted.all.join(" "));
        found
    }

    /// The bodies that `text` can mean: a code (`TTg`, `UBND`), also with its province (`UBND@quang.ninh`), or a
    /// whole name. A code without province means the body of every province.
    #[must_use]
    pub fn find_issuer(&self, text: &str) -> Vec<NodeIndex> {
        let first = self.documents().len();
        let folded = ascii_name(text, ' ');
        let wanted = |body: &Body| {
            body.id() == text || body.code.as_deref() == Some(text) || ascii_name(&body.name, ' ') == folded
        };
        self.bodies()
            .iter()
            .enumerate()
            .filter(|(_, body)| wanted(body))
            .map(|(index, _)| NodeIndex::new(first + index))
            .collect()
    }

    /// The names most like a text of folded words.
    pub(super) fn nearest(&self, text: &str) -> Vec<String> {
        let mut near: Vec<(f64, String)> = self
            .documents()
            .iter()
            .flat_map(|document| [Some(document.label()), by_name(document)].into_iter().flatten())
            .map(|label| {
                let folded = ascii_name(&label, ' ');
                // a long title is compared by as much of it as was asked for
                let head: String = folded.chars().take(text.len() + 8).collect();
                (strsim::sorensen_dice(text, &head), label)
            })
            .filter(|(likeness, _)| *likeness > 0.4)
            .collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        near.dedup_by(|a, b| a.1 == b.1);
        near.into_iter().take(NEAREST).map(|(_, label)| label).collect()
    }
}

/// The name of an act that is called by its symbol.
fn by_name(document: &CorpusDocument) -> Option<String> {
    let name = document.symbol.as_ref().and(document.name.as_deref())?;
    Some(document.type_name.as_deref().map_or_else(|| name.to_owned(), |kind| format!("{kind} {name}")))
}

fn of_type(wanted: &Wanted, document: &CorpusDocument) -> bool {
    wanted.doc_type.is_none_or(|doc_type| document.doc_type == Some(doc_type))
}

fn by_symbol(wanted: &Wanted, document: &CorpusDocument) -> bool {
    !wanted.symbol.is_empty()
        && of_type(wanted, document)
        && document
            .symbol
            .as_ref()
            .or(document.number.as_ref())
            .is_some_and(|symbol| fold_symbol(symbol) == wanted.symbol)
}

/// The name and nothing more, or the name and the year.
fn by_whole_name(wanted: &Wanted, document: &CorpusDocument) -> bool {
    let Some(name) = document.name.as_deref().map(words) else { return false };
    if !of_type(wanted, document) {
        return false;
    }
    let year = document.year.map(|year| year.to_string());
    let rest = wanted.words.strip_prefix(name.as_slice());
    rest.is_some_and(|rest| match rest {
        [] => true,
        [last] => Some(last) == year.as_ref(),
        // `năm 2013`
        [_, last] => Some(last) == year.as_ref(),
        _ => false,
    })
}

/// The beginning of a name; or of a title, after the words that open it (`về việc`).
fn by_title(wanted: &Wanted, document: &CorpusDocument) -> bool {
    if !of_type(wanted, document) {
        return false;
    }
    let begins = |words: &[String]| !wanted.words.is_empty() && words.starts_with(&wanted.words);
    let name = document.name.as_deref().map(words).unwrap_or_default();
    if begins(&name) {
        return true;
    }
    let title = document.title.as_deref().map(words).unwrap_or_default();
    (0..3).filter_map(|skip| title.get(skip..)).any(begins)
}
