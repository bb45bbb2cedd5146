//! Where sentences, clauses and lines begin and end.

use crate::text::fold::{decode, letter};

/// How two places of a text are parted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Break {
    /// Nothing, or commas.
    None,
    /// A semicolon.
    Semicolon,
    /// A new sentence, item or paragraph.
    Sentence,
}

/// True when a sentence ends with the full stop at `at`.
fn full_stop(bytes: &[u8], at: usize) -> bool {
    let next = bytes.get(at + 1);
    if !next.is_none_or(|b| b.is_ascii_whitespace() || *b == b'"' || *b == 0xE2) {
        return false;
    }
    // `TP. Hà Nội`, `ThS. A`: an abbreviation in capitals before a capital
    let start = crate::text::word::word_start(bytes, at);
    let short = at - start <= 2 && at > start && bytes.get(start).is_some_and(u8::is_ascii_uppercase);
    let mut rest = at + 1;
    while bytes.get(rest).is_some_and(|b| matches!(b, b' ' | b'\t' | b'"' | b'\r')) {
        rest += 1;
    }
    match decode(bytes, rest) {
        None => true,
        Some((10, _)) => true,
        Some((point, _)) => {
            let c = letter(point);
            !short && (c.upper || c.base.is_ascii_digit() || c.shape == 0)
        }
    }
}

/// True when the line break at `at` parts two sentences rather than two halves of one.
fn line_break(bytes: &[u8], at: usize) -> bool {
    let mut end = at;
    while end > 0 && bytes.get(end - 1).is_some_and(|b| matches!(b, b' ' | b'\t' | b'\r' | b'|')) {
        end -= 1;
    }
    if end == 0 {
        return true;
    }
    let mut next = at + 1;
    while bytes.get(next).is_some_and(|b| matches!(b, b' ' | b'\t' | b'\r' | b'|')) {
        next += 1;
    }
    if bytes.get(next).is_none_or(|b| *b == b'\n') {
        return true;
    }
    let closes = bytes.get(end - 1).is_some_and(|b| matches!(b, b'.' | b';' | b':' | b'!' | b'?'));
    if closes || bytes.get(next).is_some_and(|b| matches!(b, b'-' | b'+' | b'*' | b'#')) {
        return true;
    }
    if after_numbering(bytes, next) > next {
        return true;
    }
    match decode(bytes, next) {
        Some((point, _)) => {
            let c = letter(point);
            // a line that goes on starts small; after a comma or hyphen any line goes on
            c.upper && !bytes.get(end - 1).is_some_and(|b| matches!(b, b',' | b'-')) || c.shape == 0 && point > 0x7F
        }
        None => true,
    }
}

/// The strongest break in `from..to`, and one past the last break of any strength.
pub(crate) fn strongest_break(bytes: &[u8], from: usize, to: usize) -> (Break, usize) {
    let mut found = (Break::None, from);
    let Some(gap) = bytes.get(from..to) else { return found };
    // from behind: the last break is wanted, and no break is stronger than that of a sentence
    for offset in memchr::memrchr3_iter(b'.', b';', b'\n', gap) {
        let at = from + offset;
        let kind = match gap.get(offset) {
            Some(b';') => Break::Semicolon,
            Some(b'.') if full_stop(bytes, at) => Break::Sentence,
            Some(b'\n') if line_break(bytes, at) => Break::Sentence,
            _ => continue,
        };
        let last = if found.0 == Break::None { at + 1 } else { found.1 };
        found = (kind.max(found.0), last);
        if kind == Break::Sentence {
            break;
        }
    }
    found
}

/// Where the sentence that runs through `at` ends: the first break after it, at most `most` bytes on.
pub(crate) fn sentence_end(bytes: &[u8], at: usize, most: usize) -> usize {
    let limit = (at + most).min(bytes.len());
    let Some(rest) = bytes.get(at..limit) else { return at };
    for offset in memchr::memchr2_iter(b'.', b'\n', rest) {
        let here = at + offset;
        let ends = match rest.get(offset) {
            Some(b'.') => full_stop(bytes, here),
            _ => line_break(bytes, here),
        };
        if ends {
            return here;
        }
    }
    // never inside a character
    let mut end = limit;
    while end > at && bytes.get(end).is_some_and(|b| b & 0xC0 == 0x80) {
        end -= 1;
    }
    end
}

/// Where the sentence that runs through `at` starts: after the last break before it, at most `most` bytes back.
pub(crate) fn sentence_start(bytes: &[u8], at: usize, most: usize) -> usize {
    let floor = at.saturating_sub(most);
    let Some(text) = bytes.get(floor..at) else { return at };
    let mut end = text.len();
    while let Some(found) = text.get(..end).and_then(|text| memchr::memrchr3(b'.', b'\n', b';', text)) {
        let here = floor + found;
        let ends = match text.get(found) {
            Some(b';') => true,
            Some(b'.') => full_stop(bytes, here),
            _ => line_break(bytes, here),
        };
        if ends {
            return here + 1;
        }
        end = found;
    }
    let mut start = floor;
    while start < at && bytes.get(start).is_some_and(|b| b & 0xC0 == 0x80) {
        start += 1;
    }
    start
}

/// Passes blanks, quotation marks, bullets and numbering (`1.`, `a)`, `1.2.`, `-`, `Điều 1.` is none) at the
/// head of a line.
pub(crate) fn after_numbering(bytes: &[u8], line: usize) -> usize {
    let mut at = line;
    loop {
        match decode(bytes, at).and_then(|(point, _)| char::from_u32(point)) {
            Some(' ' | '\t' | '\r' | '-' | '+' | '*' | '"' | '“' | '|' | '•' | '\'') if at - line < 120 => {
                at += decode(bytes, at).map_or(1, |(_, length)| length);
            }
            _ => break,
        }
    }
    // figures with dots, or one letter, before a dot or bracket
    let mut end = at;
    let mut digits = 0;
    while bytes
        .get(end)
        .is_some_and(|b| b.is_ascii_digit() || *b == b'.' && bytes.get(end + 1).is_some_and(u8::is_ascii_digit))
        && end - at < 12
    {
        end += 1;
        digits += 1;
    }
    // an inserted letter (`1a.`), or a letter alone (`a)`, `đ)`, `a1)`)
    if let Some((point, length)) = decode(bytes, end) {
        let c = letter(point);
        if c.base.is_ascii_lowercase() && c.tone == 0 {
            end += length;
            while digits == 0 && bytes.get(end).is_some_and(u8::is_ascii_digit) {
                end += 1;
            }
        }
    }
    let marked = end > at
        && bytes
            .get(end)
            .is_some_and(|b| matches!(b, b'.' | b')') || *b == b'/' && digits > 0 && bytes.get(end + 1) == Some(&b' '));
    if !marked {
        return at;
    }
    end += 1;
    while bytes.get(end).is_some_and(|b| matches!(b, b' ' | b'\t' | b'.' | b'-')) {
        end += 1;
    }
    end
}

/// True when nothing but blanks, quotation marks and numbering stands between the head of the line or sentence
/// and `at`.
pub(crate) fn heads_line(bytes: &[u8], at: usize) -> bool {
    if after_word(bytes, at) {
        return false;
    }
    let start = sentence_start(bytes, at, 200);
    after_numbering(bytes, start) >= at
        || bytes.get(start..at).is_some_and(|text| {
            text.iter().all(|b| b.is_ascii_whitespace() || matches!(b, b'-' | b'+' | b'*' | b'"' | b'|'))
        })
}

/// True when a letter or figure and one blank stand before `at`: numbering ends in a mark.
fn after_word(bytes: &[u8], at: usize) -> bool {
    let Some([before @ .., last, b' ']) = bytes.get(at.saturating_sub(4)..at) else { return false };
    // bullets and quotation marks have three bytes and begin with this one
    last.is_ascii_alphanumeric() || !last.is_ascii() && before.len() == 2 && before.first() != Some(&0xE2)
}

#[cfg(test)]
mod tests {
    use super::{Break, after_numbering, strongest_break};

    #[test]
    fn breaks() {
        let kind = |text: &str| strongest_break(text.as_bytes(), 0, text.len()).0;
        assert_eq!(kind("của UBND TP. Hà Nội, về"), Break::None);
        assert_eq!(kind("theo đúng quy định. Bãi bỏ"), Break::Sentence);
        assert_eq!(kind("năm 2013; Quyết định"), Break::Semicolon);
        assert_eq!(kind("của Ban Chấp hành\ntrung ương"), Break::None);
        assert_eq!(kind("./.\nNơi nhận"), Break::Sentence);
        assert_eq!(kind("số 1.500 đồng"), Break::None);
    }

    #[test]
    fn numbering() {
        let rest = |text: &str| text.get(after_numbering(text.as_bytes(), 0)..).unwrap().to_owned();
        assert_eq!(rest("1. Sửa đổi"), "Sửa đổi");
        assert_eq!(rest("  a) Sửa đổi"), "Sửa đổi");
        assert_eq!(rest("đ) Sửa đổi"), "Sửa đổi");
        assert_eq!(rest("1.2. Sửa đổi"), "Sửa đổi");
        assert_eq!(rest("- Sửa đổi"), "Sửa đổi");
        assert_eq!(rest("Sửa đổi"), "Sửa đổi");
        assert_eq!(rest("a1) Sửa đổi"), "Sửa đổi");
    }
}
