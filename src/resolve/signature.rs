//! Who signed: the block at the foot of a document.

use super::fold_spaces;
use super::own::{HEAD, Piece, pieces};
use crate::lexicon::{Lexicon, Role};
use crate::model::Signer;
use crate::parse::tail;
use crate::text::word::word_at;

/// The signature lies within this many bytes before the end of the main text.
const FOOT: usize = 6000;

/// capacity , office , [ "(Đã ký)" ] , name at the foot of the main text
///
/// `head` has the pieces of the head of the text: of a short one they are all.
pub(super) fn signer(lexicon: &Lexicon, bytes: &[u8], head: &[Piece]) -> Option<Signer> {
    let from = bytes.len().saturating_sub(FOOT);
    let mut start = from;
    while start < bytes.len() && bytes.get(start).is_some_and(|b| b & 0xC0 == 0x80) {
        start += 1;
    }
    let foot = tail(bytes, start);
    let cut;
    let pieces = if bytes.len() > HEAD {
        cut = pieces(foot, foot.len());
        cut.as_slice()
    } else {
        head
    };
    let mut capacity = None;
    let mut role: Option<String> = None;
    let mut open = false;
    for piece in pieces {
        // most lines of the foot are still the text
        if !open && !lexicon.may_play(foot, piece.start, &[Role::Capacity, Role::Officer]) {
            continue;
        }
        if let Some(found) = lexicon.word(foot, piece.start, &[Role::Capacity]) {
            capacity = Some(found.value.to_owned());
            role = Some(text_of(foot, piece.start + found.end, piece.end)).filter(|text| !text.is_empty());
            open = true;
            continue;
        }
        let word = word_at(foot, piece.start);
        let caps = word.is_some_and(|word| word.upper_all && word.chars > 1);
        if caps && lexicon.word(foot, piece.start, &[Role::Officer]).is_some() {
            role = Some(text_of(foot, piece.start, piece.end));
            open = true;
            continue;
        }
        if !open || foot.get(piece.start) == Some(&b'(') {
            continue;
        }
        if let Some(name) = person(foot, *piece) {
            return Some(Signer { name, role: role.map(|role| sentence_case(&role)), capacity });
        }
        if !caps && piece.end - piece.start > 60 {
            open = false;
        }
    }
    None
}

fn text_of(bytes: &[u8], start: usize, end: usize) -> String {
    let text = bytes.get(start..end).and_then(|text| std::str::from_utf8(text).ok()).unwrap_or("");
    fold_spaces(text.trim_start_matches(['.', ':', ' ']))
}

/// Two to five capitalised words, nothing else.
fn person(bytes: &[u8], piece: Piece) -> Option<String> {
    let mut at = piece.start;
    let mut words = 0;
    let mut all_caps = true;
    while at < piece.end {
        let word = word_at(bytes, at)?;
        if !word.upper_first || word.digits || word.end > piece.end {
            return None;
        }
        all_caps &= word.upper_all && word.chars > 1;
        words += 1;
        at = word.end;
        while at < piece.end && bytes.get(at) == Some(&b' ') {
            at += 1;
        }
    }
    ((2..=5).contains(&words) && !all_caps).then(|| text_of(bytes, piece.start, piece.end))
}

/// `PHÓ TRƯỞNG BAN` → `Phó Trưởng ban`: office words keep a capital except the last.
fn sentence_case(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let last = words.len().saturating_sub(1);
    let mut out = String::new();
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        let mut chars = word.chars();
        if let Some(first) = chars.next() {
            if index == 0 || index < last && index < 2 {
                out.extend(first.to_uppercase());
            } else {
                out.extend(first.to_lowercase());
            }
        }
        out.extend(chars.flat_map(char::to_lowercase));
    }
    out
}
