//! A text as a plain list of characters, each with the bytes of the source it stands for; words and phrases of it.

use crate::tables::Tables;
use unicode_normalization::UnicodeNormalization;

/// Characters as they are meant, and where each comes from.
pub(crate) struct Text {
    pub(crate) chars: Vec<char>,
    from: Vec<usize>,
    to: Vec<usize>,
}

/// One word in the form in which words are compared: letters first, then tones; nothing of case.
pub(crate) type Fold = Vec<char>;

/// A piece of a phrase: a word, or a comma that must stand there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Piece {
    Word(Fold),
    Comma,
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

impl Text {
    pub(crate) fn new(tables: &Tables, source: &str) -> Self {
        let mut text = Self { chars: Vec::new(), from: Vec::new(), to: Vec::new() };
        let all: Vec<(usize, char)> = source.char_indices().collect();
        let mut at = 0;
        while let Some((start, c)) = all.get(at).copied() {
            let mut stop = at + 1;
            while all.get(stop).is_some_and(|(_, c)| is_mark(*c)) {
                stop += 1;
            }
            let end = all.get(stop).map_or(source.len(), |(end, _)| *end);
            let cluster: String = all.iter().take(stop).skip(at).map(|(_, c)| *c).collect();
            match tables.look_alikes.iter().find(|(from, _)| *from == c) {
                Some((_, Some(to))) => text.push(*to, start, end),
                Some((_, None)) => {}
                None => cluster.nfc().for_each(|c| text.push(c, start, end)),
            }
            at = stop;
        }
        text
    }

    fn push(&mut self, c: char, from: usize, to: usize) {
        self.chars.push(c);
        self.from.push(from);
        self.to.push(to);
    }

    /// The character at `at`; a zero past the end.
    pub(crate) fn c(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or('\0')
    }

    pub(crate) fn string(&self, from: usize, to: usize) -> String {
        self.chars.iter().take(to).skip(from).collect()
    }

    /// Bytes of the source under the characters `from..to`.
    pub(crate) fn bytes(&self, from: usize, to: usize) -> (usize, usize) {
        let start = self.from.get(from).copied().unwrap_or(0);
        (start, to.checked_sub(1).and_then(|last| self.to.get(last)).copied().unwrap_or(start))
    }

    /// The first character that stands at or after a byte of the source.
    pub(crate) fn at_byte(&self, byte: usize) -> usize {
        self.from.iter().position(|from| *from >= byte).unwrap_or(self.chars.len())
    }

    pub(crate) fn in_word(&self, at: usize) -> bool {
        let c = self.c(at);
        c.is_alphanumeric() || c == '&'
    }

    pub(crate) fn starts_word(&self, at: usize) -> bool {
        self.in_word(at) && (at == 0 || !self.in_word(at - 1))
    }

    /// The end of the run of letters and figures from `at`.
    pub(crate) fn word_end(&self, at: usize) -> usize {
        let mut end = at;
        while self.in_word(end) {
            end += 1;
        }
        end
    }

    /// The start of the word that ends at `end`.
    pub(crate) fn word_start(&self, end: usize) -> usize {
        let mut start = end;
        while start > 0 && self.in_word(start - 1) {
            start -= 1;
        }
        start
    }

    pub(crate) fn is_space(&self, at: usize) -> bool {
        matches!(self.c(at), ' ' | '\t' | '\r' | '\n')
    }

    /// After white space with at most one line break.
    pub(crate) fn skip(&self, at: usize) -> usize {
        let (mut at, mut breaks) = (at, 0);
        while self.is_space(at) {
            breaks += usize::from(self.c(at) == '\n');
            if breaks > 1 {
                break;
            }
            at += 1;
        }
        at
    }

    /// Before white space with at most one line break.
    pub(crate) fn skip_back(&self, at: usize) -> usize {
        let (mut at, mut breaks) = (at, 0);
        while at > 0 && self.is_space(at - 1) {
            breaks += usize::from(self.c(at - 1) == '\n');
            if breaks > 1 {
                break;
            }
            at -= 1;
        }
        at
    }

    pub(crate) fn figures(&self, at: usize) -> usize {
        (at..self.chars.len()).take_while(|at| self.c(*at).is_ascii_digit()).count()
    }

    /// A phrase at `at`: where it ends. Between its words stand white space with one line break, one hyphen, dot or
    /// stroke; a comma only where the phrase has one.
    fn phrase(&self, at: usize, phrase: &[Piece]) -> Option<usize> {
        let mut at = at;
        let mut end = at;
        let mut rest = phrase;
        while let [Piece::Word(word), tail @ ..] = rest {
            end = self.word_end(at);
            if end == at || fold(&self.string(at, end)) != *word {
                return None;
            }
            if tail.is_empty() {
                return Some(end);
            }
            let (mut next, mut breaks, mut marks, mut comma) = (end, 0, 0, false);
            loop {
                match self.c(next) {
                    ' ' | '\t' | '\r' => {}
                    '\n' if breaks == 0 => breaks += 1,
                    '-' | '.' | '/' if marks == 0 && !comma => marks += 1,
                    ',' if marks == 0 && !comma => comma = true,
                    _ => break,
                }
                next += 1;
            }
            if next == end || comma != matches!(tail.first(), Some(Piece::Comma)) {
                return None;
            }
            rest = if comma { tail.get(1..)? } else { tail };
            at = next;
        }
        Some(end).filter(|_| rest.is_empty())
    }

    /// The longest of `phrases` at `at`: which, and where it ends. The first of equals wins.
    pub(crate) fn longest<'p, T>(&self, at: usize, phrases: &'p [(Vec<Piece>, T)]) -> Option<(&'p T, usize)> {
        let mut best: Option<(&T, usize)> = None;
        let first = Piece::Word(fold(&self.string(at, self.word_end(at))));
        for (phrase, what) in phrases.iter().filter(|(phrase, _)| phrase.first() == Some(&first)) {
            if let Some(end) = self.phrase(at, phrase)
                && best.is_none_or(|(_, best)| end > best)
            {
                best = Some((what, end));
            }
        }
        best
    }
}

/// A word without case and with its tones at the end; `y` is `i`.
pub(crate) fn fold(word: &str) -> Fold {
    let (mut letters, mut tones) = (Vec::new(), Vec::new());
    for c in word.chars().flat_map(char::to_lowercase).nfd() {
        match c {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tones.push(c),
            'y' => letters.push('i'),
            c => letters.push(c),
        }
    }
    // the place of a mark within its syllable does not matter, nor the order of two marks on one letter
    letters.extend(tones);
    letters
}

/// The forms of a phrase of the tables: with its commas and without them.
pub(crate) fn pieces(phrase: &str) -> Vec<Vec<Piece>> {
    let mut with = Vec::new();
    let mut word = String::new();
    for c in phrase.chars().chain([' ']) {
        if c.is_alphanumeric() || c == '&' {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            with.push(Piece::Word(fold(&word)));
            word.clear();
        }
        if c == ',' {
            with.push(Piece::Comma);
        }
    }
    let without: Vec<Piece> = with.iter().filter(|piece| **piece != Piece::Comma).cloned().collect();
    if with == without { vec![with] } else { vec![with, without] }
}
