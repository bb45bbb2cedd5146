//! Looking for documents by some of their words.

use super::find::{fold_symbol, words};
use crate::corpus::CorpusDocument;
use crate::graph::CitationGraph;
use petgraph::graph::NodeIndex;
use std::cmp::Reverse;

/// In which way a document has the words that were looked for, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum HowFound {
    /// They are its key.
    Key,
    /// They are its symbol, with or without the type word.
    Symbol,
    /// They are its name, with or without the type word and the year.
    Name,
    /// Its symbol begins so: `30/2020` for `30/2020/NĐ-CP`.
    SymbolBegins,
    /// Its name or title has them one after another.
    Phrase,
    /// They stand somewhere in its type, symbol, name, title, year or issuer.
    Words,
}

impl HowFound {
    /// The code used on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Symbol => "symbol",
            Self::Name => "name",
            Self::SymbolBegins => "symbol_begins",
            Self::Phrase => "phrase",
            Self::Words => "words",
        }
    }
}

/// A document that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Match {
    /// The document.
    pub node: NodeIndex,
    /// How it was found.
    pub how: HowFound,
    /// It has the words with the same tones and accents, too.
    pub exact: bool,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Search {
    /// By [`HowFound`]; of equals first those with the same tones, then those that most texts mention, then in the
    /// order of their keys.
    pub matches: Vec<Match>,
    /// When there is none: the names most like it, the likest first.
    pub nearest: Vec<String>,
}

/// The words that are looked for, in the forms in which they are compared.
struct Wanted {
    text: String,
    lower: Vec<String>,
    words: Vec<String>,
    symbol: Option<String>,
}

impl Wanted {
    fn read(text: &str) -> Self {
        let text = text.trim();
        Self {
            lower: text.to_lowercase().split_whitespace().map(str::to_owned).collect(),
            words: words(text),
            // one with a figure and without a space
            symbol: Some(text)
                .filter(|text| text.contains(|c: char| c.is_ascii_digit()) && !text.contains(char::is_whitespace))
                .map(fold_symbol),
            text: text.to_owned(),
        }
    }

    fn how(&self, document: &CorpusDocument) -> Option<HowFound> {
        if document.key.as_str() == self.text {
            return Some(HowFound::Key);
        }
        let kind = document.type_name.as_deref().map(words).unwrap_or_default();
        let bare = self.words.strip_prefix(kind.as_slice()).unwrap_or(&self.words);
        if let Some(symbol) = document.symbol.as_deref().or(document.number.as_deref()) {
            if words(symbol) == bare {
                return Some(HowFound::Symbol);
            }
            let folded = fold_symbol(symbol);
            if let Some(wanted) = &self.symbol {
                if folded == *wanted {
                    return Some(HowFound::Symbol);
                }
                // up to the end of a part: `30` is not the beginning of `302/2013`
                if folded.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.starts_with('-')) {
                    return Some(HowFound::SymbolBegins);
                }
            }
        }
        let year = document.year.map(|year| year.to_string());
        let name = document.name.as_deref().map(words).unwrap_or_default();
        let title = document.title.as_deref().map(words).unwrap_or_default();
        let rest = (!name.is_empty()).then(|| bare.strip_prefix(name.as_slice())).flatten();
        if rest.is_some_and(|rest| rest.last().is_none_or(|last| rest.len() < 3 && Some(last) == year.as_ref())) {
            return Some(HowFound::Name);
        }
        if !bare.is_empty() && [&name, &title].iter().any(|text| text.windows(bare.len()).any(|part| part == bare)) {
            return Some(HowFound::Phrase);
        }
        let issuers: Vec<String> = document.issuers.iter().flat_map(|body| words(&body.name)).collect();
        let symbol = document.symbol.as_deref().map(words).unwrap_or_default();
        let all = [&kind, &name, &title, &symbol, &issuers];
        let has = |word: &String| Some(word) == year.as_ref() || all.iter().any(|words| words.contains(word));
        self.words.iter().all(has).then_some(HowFound::Words)
    }

    /// The words stand in the document as they were typed, but for letter case.
    fn is_exact(&self, document: &CorpusDocument) -> bool {
        let issuers = document.issuers.iter().map(|body| &*body.name);
        let fields = [document.type_name.as_deref(), document.symbol.as_deref(), document.number.as_deref()];
        let texts = [document.name.as_deref(), document.title.as_deref()];
        let all: Vec<String> =
            fields.into_iter().chain(texts).flatten().chain(issuers).map(str::to_lowercase).collect();
        self.lower.iter().all(|word| all.iter().any(|text| text.contains(word.as_str())))
    }
}

impl CitationGraph {
    /// The documents that have these words: their key, symbol or name, or any words of their type, symbol, name,
    /// title, year and issuers. Letter case does not matter; tones and accents matter only for the order.
    ///
    /// ```
    /// use viendan::{CitationGraph, Corpus, Extractor, HowFound};
    /// let mut corpus = Corpus::new();
    /// corpus.add(&Extractor::new().extract("Căn cứ Luật Đất đai năm 2013; Nghị định số 43/2014/NĐ-CP")?);
    /// let graph = CitationGraph::from(&corpus);
    /// let found = graph.search("luat dat dai");
    /// assert_eq!((found.matches[0].how, found.matches[0].exact), (HowFound::Name, false));
    /// assert_eq!(graph.search("43/2014").matches[0].how, HowFound::SymbolBegins);
    /// assert_eq!(graph.search("luật đất đay").nearest, ["Luật Đất đai"]);
    /// # Ok::<(), viendan::Error>(())
    /// ```
    #[must_use]
    pub fn search(&self, text: &str) -> Search {
        let wanted = Wanted::read(text);
        if wanted.words.is_empty() {
            return Search::default();
        }
        let mut matches: Vec<Match> = self
            .documents()
            .iter()
            .enumerate()
            .filter_map(|(index, document)| {
                let how = wanted.how(document)?;
                Some(Match { node: NodeIndex::new(index), how, exact: wanted.is_exact(document) })
            })
            .collect();
        let mentions = |node| self.document(node).map_or(0, |document| document.mentions);
        matches.sort_by_cached_key(|found| (found.how, !found.exact, Reverse(mentions(found.node)), found.node));
        let nearest = if matches.is_empty() { self.nearest(&wanted.words.join(" ")) } else { Vec::new() };
        Search { matches, nearest }
    }
}
