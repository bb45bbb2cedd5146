//! Later uses of the short names that a text gives to documents: `(sau đây gọi tắt là Quy chế)`.

use crate::lexicon::{Anchor, Lexicon, TypeClass};
use crate::parse::{Identifier, Mention};
use crate::resolve::Reading;
use crate::span::Span;
use crate::text::word::{word_at, word_start};
use aho_corasick::{AhoCorasick, MatchKind};

/// A text that defines more short names than this is a glossary.
const ALIASES: usize = 64;

/// Adds a mention for every use of a document's short name after its definition that nothing else has read.
pub(super) fn add_uses(lexicon: &Lexicon, bytes: &[u8], reading: &mut Reading) {
    reading.aliases.retain(|alias| type_word(lexicon, bytes, alias.text).is_some());
    reading.aliases.truncate(ALIASES);
    let texts: Vec<&[u8]> = reading.aliases.iter().filter_map(|alias| bytes.get(alias.text.range())).collect();
    let Some(first) = reading.aliases.first().map(|alias| alias.text.end as usize) else { return };
    let Ok(finder) = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&texts) else { return };
    let mut found = Vec::new();
    let mut taken = reading.mentions.iter().map(|m| m.core).peekable();
    let mut reach = 0;
    for hit in finder.find_iter(bytes.get(first..).unwrap_or_default()) {
        let (start, end) = (first + hit.start(), first + hit.end());
        // the latest definition of the words before this place
        let Some(index) = reading.aliases.iter().rposition(|alias| {
            alias.text.end as usize <= start && bytes.get(alias.text.range()) == bytes.get(start..end)
        }) else {
            continue;
        };
        while let Some(core) = taken.next_if(|core| (core.start as usize) < end) {
            reach = reach.max(core.end as usize);
        }
        let whole = word_start(bytes, start) == start && word_at(bytes, end).is_none();
        let Some(doc_type) = type_word(lexicon, bytes, Span::at(start, end)).filter(|_| whole && reach <= start) else {
            continue;
        };
        let (doc_type, type_end) = doc_type;
        found.push(Mention {
            core: Span::at(start, end),
            doc_type,
            type_word: doc_type.map(|_| Span::at(start, type_end)),
            short_type: false,
            plural: false,
            identifier: Identifier::Alias(u32::try_from(index).unwrap_or(u32::MAX)),
            symbol: None,
            name: (type_end < end).then(|| Span::at(type_end, end)),
            date: None,
            year: None,
        });
    }
    if !found.is_empty() {
        reading.mentions.append(&mut found);
        reading.mentions.sort_by_key(|m| (m.core.start, u32::MAX - m.core.end));
    }
}

/// The type a short name begins with and the end of its word; `None` inside for an acronym; nothing where the name is
/// not a document's.
fn type_word(lexicon: &Lexicon, bytes: &[u8], text: Span) -> Option<(Option<crate::model::DocType>, usize)> {
    let start = text.start as usize;
    match lexicon.anchor(bytes, start)? {
        (Anchor::Type { doc_type, .. }, end) if end <= text.end as usize => {
            let document =
                !matches!(lexicon.type_class(doc_type), TypeClass::Private | TypeClass::Copy | TypeClass::Judgment);
            // a bare type word is a name only with its capital
            let capital = end < text.end as usize || word_at(bytes, start).is_some_and(|word| word.upper_first);
            (document && capital).then_some((Some(doc_type), end))
        }
        (Anchor::Acronym(_), end) => Some((None, end.min(text.end as usize))),
        _ => None,
    }
}
