//! Text to normalised text: NFC, look-alike letters, spaces, dashes and slashes, and what has no width.

use super::{Normalized, Run};
use foldhash::fast::FixedState;
use std::borrow::Cow;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;
use viendan_fragments::{Fragments, Pattern};

/// Look-alikes by code point; the rows of `grammar/confusables.tsv`.
#[derive(Debug, Clone)]
pub(crate) struct Confusables {
    map: HashMap<char, Option<char>, FixedState>,
    /// The first bytes of characters that may have to change: those of the table, and combining marks.
    suspects: Fragments,
}

impl Default for Confusables {
    fn default() -> Self {
        Self { map: HashMap::default(), suspects: suspects(&mut std::iter::empty()) }
    }
}

/// Combining marks, and `others`.
fn suspects(others: &mut dyn Iterator<Item = char>) -> Fragments {
    let mut buffer = [0; 4];
    let patterns: Vec<Pattern> =
        MARK.chain(others).map(|c| Pattern::of(c.encode_utf8(&mut buffer).as_bytes())).collect();
    Fragments::new(&patterns)
}

/// No more combining marks than this are joined to one letter: more is no writing, and the work stays linear.
const MARKS: usize = 8;

impl Confusables {
    /// `from` is read as `to`, or dropped.
    pub(crate) fn insert(&mut self, from: char, to: Option<char>) {
        self.map.insert(from, to);
    }

    /// Called once when all are there.
    pub(crate) fn finish(&mut self) {
        self.suspects = suspects(&mut self.map.keys().copied());
    }

    /// Normalises `source`.
    pub(crate) fn normalize<'t>(&self, source: &'t str) -> Normalized<'t> {
        let mut places = Vec::new();
        self.suspects.find(source.as_bytes(), &mut places);
        let mut out = Builder { source, text: String::new(), runs: Vec::new(), copied: 0, cluster: String::new() };
        let mut at = 0;
        for place in places {
            // what has been changed is not looked at again
            if place as usize >= at {
                at = self.change(source, place as usize, &mut out);
            }
        }
        out.finish()
    }

    /// Looks at the character at `at`; changes it in `out` where it must. Gives where to go on.
    fn change(&self, source: &str, at: usize, out: &mut Builder<'_>) -> usize {
        let Some(c) = source.get(at..).and_then(|rest| rest.chars().next()) else { return at + 1 };
        let end = at + c.len_utf8();
        if let Some(to) = self.map.get(&c) {
            let mut buffer = [0; 4];
            out.replace(at, end, to.map_or("", |to| to.encode_utf8(&mut buffer)));
            return end;
        }
        if is_mark(c) {
            // the mark joins the letter before it
            let start = super::fold::before(source.as_bytes(), at).unwrap_or(at);
            if start < out.copied || start == at {
                return end;
            }
            let mut stop = end;
            for mark in source.get(end..).unwrap_or("").chars().take_while(|c| is_mark(*c)).take(MARKS) {
                stop += mark.len_utf8();
            }
            let cluster = source.get(start..stop).unwrap_or("");
            let mut composed = std::mem::take(&mut out.cluster);
            composed.clear();
            match one_letter(cluster) {
                Some(letter) => composed.push(letter),
                None => composed.extend(cluster.nfc()),
            }
            if composed != cluster {
                out.replace(start, stop, &composed);
            }
            out.cluster = composed;
            return stop;
        }
        end
    }
}

/// Combining marks.
const MARK: std::ops::RangeInclusive<char> = '\u{300}'..='\u{36F}';

fn is_mark(c: char) -> bool {
    MARK.contains(&c)
}

/// The letter that a letter and its marks are in NFC, where each mark joins what is there before the next: an equal text
/// that is one composed letter is the NFC, and the order of the marks is not to be looked at. Most marks do.
fn one_letter(cluster: &str) -> Option<char> {
    let mut chars = cluster.chars();
    let first = chars.next()?;
    chars.try_fold(first, compose)
}

struct Builder<'t> {
    source: &'t str,
    text: String,
    runs: Vec<Run>,
    /// Bytes of source already in `text` or dropped.
    copied: usize,
    /// Of the last letter that marks were joined to; kept, for there are many.
    cluster: String,
}

#[expect(clippy::cast_possible_truncation, reason = "extraction refuses texts over u32::MAX bytes")]
impl<'t> Builder<'t> {
    fn copy_to(&mut self, end: usize) {
        if end > self.copied {
            self.runs.push(Run { norm: self.text.len() as u32, source: self.copied as u32, source_len: 0 });
            self.text.push_str(self.source.get(self.copied..end).unwrap_or(""));
            self.copied = end;
        }
    }

    fn replace(&mut self, start: usize, end: usize, with: &str) {
        if self.runs.is_empty() {
            self.text.reserve(self.source.len());
        }
        self.copy_to(start);
        if !with.is_empty() {
            self.runs.push(Run {
                norm: self.text.len() as u32,
                source: start as u32,
                source_len: (end - start) as u32,
            });
            self.text.push_str(with);
        } else if self.runs.is_empty() {
            // something dropped at the very start: the map must not stay empty
            self.runs.push(Run { norm: 0, source: end as u32, source_len: 0 });
        }
        self.copied = end;
    }

    fn finish(mut self) -> Normalized<'t> {
        if self.runs.is_empty() {
            return Normalized { text: Cow::Borrowed(self.source), runs: Vec::new() };
        }
        self.copy_to(self.source.len());
        Normalized { text: Cow::Owned(self.text), runs: self.runs }
    }
}

#[cfg(test)]
mod tests {
    use super::{Confusables, MARK, one_letter};
    use crate::span::Span;
    use unicode_normalization::UnicodeNormalization;

    fn table() -> Confusables {
        let mut table = Confusables::default();
        table.insert('Ð', Some('Đ'));
        table.insert('\u{A0}', Some(' '));
        table.insert('–', Some('-'));
        table.insert('\u{200B}', None);
        table.insert('\u{FEFF}', None);
        table.finish();
        table
    }

    #[test]
    fn clean_text_is_borrowed() {
        let text = "Nghị định số 30/2020/NĐ-CP “Về”";
        assert!(table().normalize(text).is_borrowed());
    }

    #[test]
    fn one_letter_is_what_nfc_makes() {
        let mut joined = 0;
        for letter in
            ('!'..='\u{17F}').chain('\u{1A0}'..='\u{1B0}').chain('\u{384}'..='\u{45F}').chain('Ạ'..='\u{1FFF}')
        {
            for one in MARK {
                let two = ['\u{300}', '\u{302}', '\u{306}', '\u{31B}', '\u{323}', '\u{344}'];
                let ends = two.map(|mark| mark.to_string()).into_iter().chain([String::new()]);
                for cluster in ends.map(|end| format!("{letter}{one}{end}")) {
                    if let Some(found) = one_letter(&cluster) {
                        joined += 1;
                        assert!(cluster.nfc().eq([found]), "{cluster:?}");
                    }
                }
            }
        }
        assert!(joined > 800, "{joined}");
    }

    #[test]
    fn spans_come_back_to_the_source() {
        let source = "\u{FEFF}Nghi\u{323} di\u{323}nh\u{A0}30/2020/NÐ–CP\u{200B}.";
        let normalized = table().normalize(source);
        assert_eq!(normalized.text(), "Nghị dịnh 30/2020/NĐ-CP.");
        let start = normalized.text().find("30").unwrap();
        let end = normalized.text().find('.').unwrap();
        assert_eq!(normalized.to_source(Span::at(start, end)).of(source), "30/2020/NÐ–CP");
        let word = normalized.to_source(Span::at(0, "Nghị".len()));
        assert_eq!(word.of(source), "Nghi\u{323}");
    }
}
