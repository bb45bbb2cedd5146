//! Short names that a text gives to documents, and their later uses: `(sau đây gọi tắt là Quy chế)`, `(Đề án 896)`.

use crate::lexicon::{Anchor, Lexicon, TypeClass};
use crate::model::DocType;
use crate::parse::{Identifier, Mention};
use crate::resolve::{AliasText, Reading};
use crate::span::Span;
use crate::text::word::{skip_space, skip_space_back, word_at, word_start};
use memchr::memmem::Finder;

/// A text that defines more short names than this is a glossary.
const ALIASES: usize = 64;

/// What a short name begins with.
#[derive(Clone, Copy)]
enum Head {
    /// A type word, up to here.
    Type(DocType, usize),
    /// An acronym of the table.
    Acronym,
    /// Capitals that stand after the type word: `Hiệp định ATIGA`.
    Capitals,
}

/// Adds a mention for every use of a document's short name after its definition, in place of what was read there by
/// its form alone.
pub(super) fn add_uses(lexicon: &Lexicon, bytes: &[u8], reading: &mut Reading) {
    glosses(bytes, reading);
    let mentions = &reading.mentions;
    reading.aliases.retain(|alias| match head(lexicon, bytes, alias.text) {
        // capitals alone are a document's only right after it
        Some(Head::Capitals) => {
            mentions.iter().any(|m| (m.core.end as usize) <= alias.at && alias.at - m.core.end as usize <= 2)
        }
        found => found.is_some(),
    });
    reading.aliases.truncate(ALIASES);
    let Some(first) = reading.aliases.iter().map(|alias| alias.text.end as usize).min() else { return };
    let places = Places::of(bytes, reading.aliases.iter().filter_map(|alias| bytes.get(alias.text.range())), first);
    let mut found = Vec::new();
    let mut taken = 0;
    let mut reach = 0;
    let mut replaced = Vec::new();
    for (start, end) in places {
        let whole = word_start(bytes, start) == start && word_at(bytes, end).is_none();
        if !whole {
            continue;
        }
        // the latest definition of the words before this place
        let text = bytes.get(start..end);
        let defined = |alias: &AliasText| alias.text.end as usize <= start && bytes.get(alias.text.range()) == text;
        let Some(index) = reading.aliases.iter().rposition(defined) else { continue };
        let Some((start, doc_type, type_end)) = place(lexicon, bytes, start, end) else { continue };
        while let Some(m) = reading.mentions.get(taken).filter(|m| (m.core.start as usize) < start) {
            reach = reach.max(m.core.end as usize);
            taken += 1;
        }
        if reach > start {
            continue;
        }
        if let Some(m) = reading.mentions.get(taken).filter(|m| m.core.start as usize == start) {
            // by its number, with what the text says of it
            if matches!(m.identifier, Identifier::Number { .. }) && m.core.end as usize == end {
                continue;
            }
            let group = reading.aliases.get(index).is_some_and(|alias| alias.group);
            if !(by_form(m) || group && whole_name(m)) && m.core.end as usize >= end {
                continue;
            }
            // `Chương trình mục tiêu quốc gia … giai đoạn 2021-2030` is another than the one called `Chương trình`
            if doc_type.is_some() && type_end == end && distinct(bytes, end, m.core.end as usize) {
                continue;
            }
            replaced.push(taken);
        }
        // `Hiệp định Khu vực thương mại tự do …` is not the agreement called `Hiệp định` before
        let named = bytes.get(end) == Some(&b' ') && word_at(bytes, end + 1).is_some_and(|next| next.upper_first);
        if doc_type.is_some() && type_end == end && named {
            continue;
        }
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
    if found.is_empty() {
        return;
    }
    let mut index = 0;
    reading.mentions.retain(|_| {
        index += 1;
        replaced.binary_search(&(index - 1)).is_err()
    });
    reading.mentions.append(&mut found);
    reading.mentions.sort_by_key(|m| (m.core.start, u32::MAX - m.core.end));
}

/// Where short names stand, from left to right: of those that begin together the longest, and none inside another. Few
/// texts define more than two, and to look for each by itself costs less than building one automaton.
struct Places<'t> {
    bytes: &'t [u8],
    names: Vec<Place<'t>>,
    /// Where the last one ended.
    at: usize,
}

struct Place<'t> {
    finder: Finder<'t>,
    /// Where the name stands next; none when it does not come again.
    next: Option<usize>,
}

impl<'t> Places<'t> {
    fn of(bytes: &'t [u8], texts: impl Iterator<Item = &'t [u8]>, first: usize) -> Self {
        let mut places = Self { bytes, names: Vec::new(), at: first };
        for text in texts.filter(|text| !text.is_empty()) {
            if !places.names.iter().any(|name| name.finder.needle() == text) {
                let mut name = Place { finder: Finder::new(text), next: None };
                name.seek(bytes, first);
                places.names.push(name);
            }
        }
        places
    }
}

impl Place<'_> {
    fn seek(&mut self, bytes: &[u8], from: usize) {
        self.next = bytes.get(from..).and_then(|rest| self.finder.find(rest)).map(|found| from + found);
    }
}

impl Iterator for Places<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let mut best: Option<(usize, usize)> = None;
        for name in &mut self.names {
            if name.next.is_some_and(|next| next < self.at) {
                name.seek(self.bytes, self.at);
            }
            let Some(start) = name.next else { continue };
            let end = start + name.finder.needle().len();
            if best.is_none_or(|best| start < best.0 || start == best.0 && end > best.1) {
                best = Some((start, end));
            }
        }
        self.at = best?.1;
        best
    }
}

/// `… đến năm 2020 (Đề án 896)`: a mention alone in its brackets, by number only.
fn glosses(bytes: &[u8], reading: &mut Reading) {
    let alone = reading.mentions.iter().filter(|m| {
        let end = m.core.end as usize;
        matches!(m.identifier, Identifier::Number { year: None, .. })
            && m.date.is_none()
            && bytes.get(..m.core.start as usize).is_some_and(|text| text.ends_with(b"("))
            && bytes.get(end) == Some(&b')')
    });
    let mut more: Vec<AliasText> =
        alone.map(|m| AliasText { at: m.core.start as usize - 1, text: m.core, group: false }).collect();
    // with a period: `(Chương trình 135 giai đoạn 1999 - 2005)`
    for m in &reading.mentions {
        let start = m.core.start as usize;
        let opened = bytes.get(..start).is_some_and(|text| text.ends_with(b"("));
        if opened && matches!(m.identifier, Identifier::Number { year: None, .. }) && m.date.is_none() {
            let rest = bytes.get(m.core.end as usize..).unwrap_or_default();
            let close = rest.iter().take(60).position(|b| matches!(b, b')' | b'\n' | b',' | b';' | b'('));
            if let Some(close) = close.filter(|close| *close > 0 && rest.get(*close) == Some(&b')')) {
                more.push(AliasText {
                    at: start - 1,
                    text: Span::at(start, m.core.end as usize + close),
                    group: false,
                });
            }
        }
    }
    reading.aliases.append(&mut more);
    reading.aliases.sort_by_key(|alias| alias.text.start);
}

/// Where the mention of a short name at `start..end` begins, its type, and where the type word ends.
fn place(lexicon: &Lexicon, bytes: &[u8], start: usize, end: usize) -> Option<(usize, Option<DocType>, usize)> {
    match head(lexicon, bytes, Span::at(start, end))? {
        Head::Type(doc_type, type_end) => Some((start, Some(doc_type), type_end)),
        Head::Acronym => Some((start, None, end)),
        Head::Capitals => {
            let stop = skip_space_back(bytes, start);
            let mut word = stop;
            for _ in 0..3 {
                word = word_start(bytes, skip_space_back(bytes, word));
                match lexicon.anchor(bytes, word) {
                    Some((Anchor::Type { doc_type, .. }, at)) if at == stop => return Some((word, Some(doc_type), at)),
                    _ => {}
                }
            }
            None
        }
    }
}

/// What a short name begins with; nothing where it is not a document's.
fn head(lexicon: &Lexicon, bytes: &[u8], text: Span) -> Option<Head> {
    let (start, stop) = (text.start as usize, text.end as usize);
    let word = word_at(bytes, start)?;
    match lexicon.anchor(bytes, start) {
        Some((Anchor::Type { doc_type, .. }, end)) if end <= stop => {
            let class = lexicon.type_class(doc_type);
            let document = !matches!(class, TypeClass::Private | TypeClass::Copy | TypeClass::Judgment);
            // a bare type word is a name only with its capital
            (document && (end < stop || word.upper_first)).then_some(Head::Type(doc_type, end))
        }
        Some((Anchor::Acronym(_), _)) => Some(Head::Acronym),
        _ => (word.upper_all && word.chars >= 3 && word.end == stop).then_some(Head::Capitals),
    }
}

/// Years or an acronym stand in `from..to`: a name of its own.
fn distinct(bytes: &[u8], from: usize, to: usize) -> bool {
    let mut at = skip_space(bytes, from);
    while let Some(word) = word_at(bytes, at).filter(|word| word.end <= to) {
        if word.digits && word.chars == 4 || word.upper_all && word.chars >= 4 {
            return true;
        }
        at = next_word(bytes, word.end, to);
    }
    false
}

/// Where the next word before `to` begins.
fn next_word(bytes: &[u8], from: usize, to: usize) -> usize {
    (from..to).find(|at| word_at(bytes, *at).is_some()).unwrap_or(to)
}

/// A known name with neither number nor date of its own.
fn whole_name(m: &Mention) -> bool {
    matches!(m.identifier, Identifier::Law { symbol: None, .. }) && m.date.is_none() && m.year.is_none()
}

/// Read by its form, without a number of its own or a name of the table.
fn by_form(m: &Mention) -> bool {
    match &m.identifier {
        Identifier::Law { name: Some(name), symbol: None, .. } => name.laws.is_empty() && m.date.is_none(),
        Identifier::Number { year, .. } => year.is_none() && m.date.is_none(),
        Identifier::Work { quoted } => !quoted,
        Identifier::Foreign => true,
        _ => false,
    }
}
