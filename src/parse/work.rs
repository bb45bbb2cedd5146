//! Titles of works cited by name: strategies, programmes, plans, schemes, regulations, charters.

use super::input::{Grammar, Next, after_space, digits, first, starts_in_word, starts_upper, tail};
use crate::lexicon::{Anchor, Role};
use crate::text::fold::decode;
use crate::text::opening::Opening;
use crate::text::word::{gap, word_at};

/// No title is longer, in words.
const WORDS: usize = 90;

/// The title of a work: its start and end in bytes from the end of the type word.
///
/// ```ebnf
/// work_name = [ ":" ] , to_end | [ opening_quote ] , to_quote ;
/// ```
pub(crate) fn work_name(g: &Grammar<'_>, i: &[u8], quoted: bool, proper_alone: bool) -> Option<(usize, usize)> {
    let mut start = crate::text::word::skip_space(i, 0);
    // a title in quotation marks of its own: `Đề án “Cử cán bộ …”`
    if !quoted
        && let Some((point, length)) = decode(i, start)
        && matches!(char::from_u32(point), Some('“' | '"' | '«' | '”'))
    {
        let inside = crate::text::word::skip_space(i, start + length);
        return to_quote(tail(i, inside)).map(|end| (inside, inside + end));
    }
    if i.get(start) == Some(&b':') && !quoted {
        start = crate::text::word::skip_space(i, start + 1);
        if !starts_upper(tail(i, start)) {
            return None;
        }
    }
    let at = tail(i, start);
    if !quoted && let Some(end) = quoted_after_words(at) {
        return Some((start, start + end));
    }
    let end = if quoted { to_quote(at)? } else { to_end(g, at, proper_alone)? };
    Some((start, start + end))
}

/// `Chương trình quốc gia “Nâng cao năng suất …”`: a few words, then a title in quotation marks, all of it the name.
fn quoted_after_words(i: &[u8]) -> Option<usize> {
    let mut at = 0;
    for _ in 0..4 {
        let word = word_at(i, at).filter(|word| !word.upper_first && !word.digits)?;
        at = crate::text::word::skip_space(i, word.end);
        let (point, length) = decode(i, at)?;
        if char::from_u32(point) == Some('“') {
            let inside = at + length;
            let end = inside + to_quote(tail(i, inside))?;
            let (point, length) = decode(i, end)?;
            return Some(if char::from_u32(point) == Some('”') { end + length } else { end });
        }
    }
    None
}

/// False where no title can begin after a type word whatever stands before it; `next` is what stands after it.
pub(super) fn may_name(g: &Grammar<'_>, i: &[u8], next: Next) -> bool {
    // inside quotation marks anything goes; else see `to_end`
    if matches!(next.first, b'"' | b':' | 0xC2 | 0xE2) {
        return true;
    }
    let at = after_space(i);
    let begins = next.roles.any(BEGINS_NOTHING) && g.role(at, BEGINS_NOTHING).is_some();
    !begins && !next.first.is_ascii_digit() || quoted_after_words(at).is_some()
}

/// Words that no title begins with.
const BEGINS_NOTHING: &[Role] =
    &[Role::NameEnd, Role::NameSoft, Role::This, Role::Back, Role::And, Role::Of, Role::Number];

/// Inside quotation marks the title runs to the closing one.
///
/// ```ebnf
/// to_quote = word , { ? any character ? } , closing_quote ;
/// ```
fn to_quote(i: &[u8]) -> Option<usize> {
    word_at(i, 0)?;
    let mut at = 0;
    let mut depth = 0;
    while at < i.len().min(900) {
        let (point, length) = decode(i, at)?;
        match char::from_u32(point)? {
            '“' => depth += 1,
            '”' | '"' | '»' if depth == 0 => return Some(trim(i, at)),
            '”' => depth -= 1,
            '\n' if i.get(at + 1) == Some(&b'\n') => return None,
            _ => {}
        }
        at += length;
    }
    None
}

/// Without trailing spaces, commas and the like.
fn trim(i: &[u8], mut end: usize) -> usize {
    while end > 0
        && i.get(end - 1).is_some_and(|b| matches!(b, b' ' | b'\n' | b'\t' | b',' | b'.' | b';' | b'-' | b':'))
    {
        end -= 1;
    }
    end
}

struct Walk {
    end: usize,
    words: usize,
    proper: bool,
    period: bool,
}

/// Without quotation marks the title runs to a full stop, semicolon or bracket, to words that end a name, to a
/// period with its years, or to a line that does not go on.
///
/// ```ebnf
/// to_end = ( word | bound_word | period ) , { [ "," ] , ( word | bound_word | period ) } ;
/// ```
fn to_end(g: &Grammar<'_>, i: &[u8], proper_alone: bool) -> Option<usize> {
    let first_word = word_at(i, 0)?;
    if g.role(i, BEGINS_NOTHING).is_some() || first_word.digits {
        return None;
    }
    let mut walk = Walk { end: 0, words: 0, proper: false, period: false };
    let mut at = 0;
    while walk.words < WORDS {
        let opening = Opening::at(i, at);
        let end = opening.word_end(i, at);
        if end == at {
            break;
        }
        // most words only go on
        let special = g.lexicon.roles(opening).any(SPECIAL);
        if special && walk.words > 0 && ends_name(g, i, at, &walk) {
            break;
        }
        if special && let Some(end) = period(g, tail(i, at)) {
            walk.end = at + end;
            walk.words += 2;
            walk.period = true;
        } else if special && let Some(found) = g.lexicon.word(i, at, &[Role::Bound]) {
            walk.end = found.end;
            walk.words += 1;
        } else {
            walk.end = end;
            walk.words += 1;
            walk.proper |= starts_upper(tail(i, at));
        }
        match step(g, i, walk.end, &walk) {
            Some(next) => at = next,
            None => break,
        }
    }
    let distinctive = walk.period || walk.words >= 4 || walk.proper && (walk.words >= 2 || proper_alone);
    distinctive.then_some(walk.end)
}

/// Words that do more than to go on with a title; see [`ends_name`] and [`period`].
const SPECIAL: &[Role] = &[
    Role::NameEnd,
    Role::Annexed,
    Role::NameSoft,
    Role::Number,
    Role::And,
    Role::Period,
    Role::Year,
    Role::From,
    Role::Bound,
];

/// Where the next word of the title starts; none where the title ends.
fn step(g: &Grammar<'_>, i: &[u8], end: usize, walk: &Walk) -> Option<usize> {
    let mut at = end;
    let mut comma = false;
    let mut breaks = 0;
    loop {
        match i.get(at)? {
            b' ' | b'\t' | b'\r' => {}
            b'\n' => breaks += 1,
            b',' if !comma => comma = true,
            b'-' | b'/' | b'&' => {}
            _ => break,
        }
        at += 1;
    }
    if at == end || breaks > 1 {
        return None;
    }
    let next = tail(i, at);
    if !starts_in_word(next) && first(next) != Some(b'&') {
        return None;
    }
    let title = || word_at(next, 0).is_some_and(|word| word.upper_first && !word.upper_all);
    if breaks == 1 && title() && !line_goes_on(g, next) {
        return None;
    }
    if walk.period && g.role(next, &[Role::Period]).is_none() {
        // after its years a title goes on only with an outlook
        return None;
    }
    if comma && title() && g.lexicon.issuer_at(next, 0).is_none() {
        // a capital after a comma begins another work or clause
        return (g.lexicon.anchor(next, 0).is_none() && walk.words >= 2 && next_is_proper(next)).then_some(at);
    }
    Some(at)
}

/// `Thể dục, Thể thao`: one capitalised word after a comma that is followed by small letters.
fn next_is_proper(i: &[u8]) -> bool {
    word_at(i, 0).is_some_and(|word| {
        let after = gap(i, word.end);
        word_at(i, after.next).is_some_and(|next| !next.upper_first)
    })
}

/// A line broken inside the title: the next one starts with a proper name or body.
fn line_goes_on(g: &Grammar<'_>, i: &[u8]) -> bool {
    g.lexicon.issuer_at(i, 0).is_some()
        || g.lexicon.place_at(i, 0).is_some()
        || g.lexicon.word(i, 0, &[Role::Body]).is_some() && g.lexicon.anchor(i, 0).is_none()
}

/// Words that no title runs over, and mentions joined by `và`.
fn ends_name(g: &Grammar<'_>, i: &[u8], at: usize, walk: &Walk) -> bool {
    let here = tail(i, at);
    if g.role(here, &[Role::NameEnd, Role::Annexed]).is_some() {
        return true;
    }
    // `tại Quyết định số …`, `theo quy định`: a preposition ends a title only before a mention or provision
    if let Some(rest) = g.role(here, &[Role::NameSoft]) {
        let after = after_space(rest);
        return matches!(g.lexicon.anchor(after, 0), Some((Anchor::Type { .. } | Anchor::Unit(_), _)));
    }
    if let Some(rest) = g.role(here, &[Role::Number]) {
        return first(after_space(rest)).is_some_and(|b| b.is_ascii_digit() || b == b':') && !embedded_number(g, i, at);
    }
    if let Some(rest) = g.role(here, &[Role::And]) {
        let after = after_space(rest);
        let new_mention = matches!(g.lexicon.anchor(after, 0), Some((Anchor::Type { .. }, _))) && starts_upper(after);
        let all_caps = word_at(i, 0).is_some_and(|word| word.upper_all);
        return new_mention && (!all_caps || walk.words > 6)
            || g.role(after, &[Role::Plural]).is_some() && walk.words > 3;
    }
    false
}

/// The length in bytes of a period: `giai đoạn 2015 - 2020`, `đến năm 2025`, `định hướng đến năm 2030`.
///
/// ```ebnf
/// period = ( period_word | year_word | from_word ) , { [ to_word | year_word | period_word | and_word
///     | "-" ] , ? four digits ? } ;
/// ```
fn period(g: &Grammar<'_>, i: &[u8]) -> Option<usize> {
    let found = g.lexicon.word(i, 0, &[Role::Period, Role::Year, Role::From])?;
    let mut end = found.end;
    let mut years = 0;
    for _ in 0..5 {
        let at = crate::text::word::skip_space(i, end);
        let here = tail(i, at);
        if digits(here) == 4 {
            years += 1;
            end = at + 4;
        } else if matches!(first(here), Some(b'-')) && digits(after_space(tail(here, 1))) == 4 {
            end = at + 1;
        } else if let Some(word) = g.lexicon.word(here, 0, &[Role::To, Role::Year, Role::Period, Role::And]) {
            if years == 0 && word.role == Role::And {
                break;
            }
            // `đến năm` leads to a further year only
            let after = crate::text::word::skip_space(i, at + word.end);
            let reaches = digits(tail(i, after)) == 4 || g.lexicon.word(i, after, &[Role::Year]).is_some();
            if !reaches {
                break;
            }
            end = at + word.end;
        } else {
            break;
        }
    }
    (years > 0).then_some(end)
}

/// `Kế hoạch thực hiện Nghị quyết số 18-NQ/TW`: the number of a document that the title names.
fn embedded_number(g: &Grammar<'_>, i: &[u8], at: usize) -> bool {
    let end = crate::text::word::skip_space_back(i, at);
    let mut word = crate::text::word::word_start(i, end);
    for _ in 0..4 {
        if let Some((Anchor::Type { .. }, stop)) = g.lexicon.anchor(i, word)
            && stop == end
        {
            return true;
        }
        let left = crate::text::word::skip_space_back(i, word);
        let next = crate::text::word::word_start(i, left);
        if next == left {
            break;
        }
        word = next;
    }
    false
}
