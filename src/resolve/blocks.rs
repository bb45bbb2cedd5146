//! Amending text in quotation marks: what stands inside belongs to the act that is amended.

use super::Work;
use crate::lexicon::Role;
use crate::parse::{Grammar, after_space, position, tail};
use crate::text::fold::decode;

/// A quoted block, without its quotation marks, and the instruction it follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub start: usize,
    pub end: usize,
    /// Where the instruction ends (`như sau:`).
    pub instruction: usize,
}

/// Finds the blocks that follow `như sau:` (also `sau đây:`) and a quotation mark.
pub(crate) fn amending_blocks(work: &Work<'_>) -> Vec<Block> {
    let g = Grammar { lexicon: work.lexicon };
    let bytes = work.bytes;
    let mut out: Vec<Block> = Vec::new();
    // a colon leads to each of them
    if memchr::memchr(b':', bytes).is_none() {
        return out;
    }
    // only instructions bring them: a text without amending lines has none
    let starts = work
        .runs
        .iter()
        .filter(|run| run.amending.is_some())
        .map(|run| run.span.end as usize)
        .chain(work.items.iter().map(|item| item.end));
    let mut starts: Vec<usize> = starts.collect();
    starts.sort_unstable();
    for from in starts {
        if out.last().is_some_and(|block| from < block.end) {
            continue;
        }
        let Some((instruction, open)) = opening(&g, bytes, from) else { continue };
        if let Some((start, end)) = quoted(bytes, open).or_else(|| unclosed(&g, bytes, open)) {
            out.push(Block { start, end, instruction });
        }
    }
    out
}

/// "như sau" , [ ":" ] , quotation mark, within a short way on the same line
fn opening(g: &Grammar<'_>, bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let limit = (from + 400).min(bytes.len());
    let text = bytes.get(from..limit)?;
    let stop = memchr::memchr(b'\n', text).unwrap_or(text.len());
    let colon = memchr::memchr(b':', text.get(..stop)?)?;
    // the words before the colon are `như sau`, or the provision itself stands there (`khoản 2:`)
    let end = from + colon;
    let word = crate::text::word::word_start(bytes, crate::text::word::skip_space_back(bytes, end));
    let before = crate::text::word::word_start(bytes, crate::text::word::skip_space_back(bytes, word));
    let follows = g.lexicon.word(bytes, before, &[Role::Follows]).is_some_and(|found| found.end <= end);
    let at = after_space(tail(bytes, end + 1));
    let open = position(bytes, at);
    // `được sửa đổi, bổ sung nhu sau:` – a slip, but the line ends and a quotation follows
    let ends = bytes.get(end + 1..open).is_some_and(|gap| gap.contains(&b'\n'));
    if !follows && colon > 4 && !ends {
        return None;
    }
    matches!(decode(bytes, open).and_then(|(point, _)| char::from_u32(point)), Some('“' | '"' | '”'))
        .then_some((end, open))
}

/// From the opening quotation mark to the one that closes it: the last before a full stop or line end at depth
/// zero. A block that is never closed runs to the next instruction line.
fn quoted(bytes: &[u8], open: usize) -> Option<(usize, usize)> {
    let (mark, length) = decode(bytes, open)?;
    let straight = char::from_u32(mark) == Some('"');
    let start = open + length;
    let mut depth = 1;
    let mut at = start;
    let limit = (start + 400_000).min(bytes.len());
    while at < limit {
        let found = bytes.get(at..limit)?.iter().position(|b| matches!(b, b'"' | 0xE2))?;
        at += found;
        let (point, length) = decode(bytes, at)?;
        let next = at + length;
        match char::from_u32(point) {
            // a mark that opens a line opens the text again: the one before was never closed
            Some('“') if bytes.get(at - 1) != Some(&b'\n') => depth += 1,
            Some('”') if !straight || closes(bytes, next) => {
                depth -= 1;
                if depth <= 0 || closes(bytes, next) && block_end(bytes, next) {
                    return Some((start, at));
                }
            }
            Some('"') if straight && closes(bytes, next) || block_end(bytes, next) => return Some((start, at)),
            _ => {}
        }
        at = next;
    }
    None
}

/// A block whose closing mark is missing runs to the next instruction line, or to the end.
fn unclosed(g: &Grammar<'_>, bytes: &[u8], open: usize) -> Option<(usize, usize)> {
    let (mark, length) = decode(bytes, open)?;
    if char::from_u32(mark) != Some('“') {
        return None;
    }
    let start = open + length;
    let lines = memchr::memchr_iter(b'\n', tail(bytes, start)).map(|offset| start + offset + 1);
    let instruction = lines.take(4000).find(|line| {
        let at = super::sentence::after_numbering(bytes, *line);
        g.lexicon.word(bytes, at, &[Role::Amending]).is_some() || at > *line && follows(g, bytes, at)
    });
    Some((start, instruction.unwrap_or(bytes.len())))
}

/// `2. Khoản 6 Điều 108 được sửa đổi, bổ sung như sau:` – a line that ends so.
fn follows(g: &Grammar<'_>, bytes: &[u8], at: usize) -> bool {
    let line = tail(bytes, at);
    let line = line.get(..line.iter().take(400).position(|b| *b == b'\n').unwrap_or(0)).unwrap_or_default();
    let Some(colon) = line.iter().rposition(|b| *b == b':') else { return false };
    let word = crate::text::word::word_start(line, crate::text::word::skip_space_back(line, colon));
    let before = crate::text::word::word_start(line, crate::text::word::skip_space_back(line, word));
    g.lexicon.word(line, before, &[Role::Follows]).is_some_and(|found| found.end <= colon)
}

/// After the closing mark come a full stop, semicolon, or the end of the line.
fn closes(bytes: &[u8], at: usize) -> bool {
    let rest = tail(bytes, at);
    let skip = rest.iter().take(6).take_while(|b| matches!(b, b'.' | b';' | b',' | b' ')).count();
    tail(rest, skip).first().is_none_or(|b| matches!(b, b'\n' | b'\r')) || matches!(rest.first(), Some(b'.' | b';'))
}

/// The closing mark ends its line.
fn block_end(bytes: &[u8], at: usize) -> bool {
    let rest = tail(bytes, at);
    let skip = rest.iter().take(6).take_while(|b| matches!(b, b'.' | b';' | b' ')).count();
    tail(rest, skip).first().is_none_or(|b| matches!(b, b'\n' | b'\r'))
}

impl Work<'_> {
    /// The amending block around `at`.
    pub(crate) fn block_at(&self, at: usize) -> Option<usize> {
        let index = self.blocks.partition_point(|block| block.start <= at).checked_sub(1)?;
        self.blocks.get(index).filter(|block| at < block.end).map(|_| index)
    }
}
