//! What stands between two mentions: cues, brackets, quotation marks, separators.

use super::Work;
use super::sentence::{after_numbering, heads_line};
use crate::lexicon::{ACTING, Anchor, Cue, CueScope, Role, SMALL, Set, Sets, Voice};
use crate::model::{Act, DocType, Extent, Mood, Relation};
use crate::parse::{Grammar, tail};
use crate::text::fold::decode;
use crate::text::opening::Opening;
use crate::text::word::{skip_space_back, word_start};
use compact_str::CompactString;

/// A cue found in a text.
#[derive(Clone, Debug)]
pub(super) struct Cued {
    pub id: CompactString,
    pub start: usize,
    pub end: usize,
    pub relation: Option<Relation>,
    pub voice: Voice,
    pub scope: CueScope,
    pub act: Option<Act>,
    pub extent: Option<Extent>,
    /// The verb of a noun right before it: `các Nghị định hướng dẫn thi hành Luật A`.
    pub relative: Option<DocType>,
}

impl Cued {
    fn read(work: &Work<'_>, cue: &Cue, start: usize, end: usize, relative: Option<DocType>) -> Self {
        Self {
            id: cue.id.clone(),
            start,
            end,
            relation: cue.relation.map(|relation| super::carrying::governed(work, start, relation)),
            voice: if cue.relation.is_none() { Voice::None } else { cue.voice },
            scope: cue.scope,
            act: cue.act,
            extent: cue.extent,
            relative,
        }
    }
}

/// A stretch of text before a mention.
#[derive(Clone, Debug, Default)]
pub(super) struct Gap {
    pub start: usize,
    pub end: usize,
    pub cues: Vec<Cued>,
    /// Starts of words, for distances.
    pub(super) word_starts: Vec<usize>,
    pub words: usize,
    /// It opens with `về`, a quotation mark or a colon.
    pub opens_title: bool,
    pub opens_bracket: bool,
    /// A cue stands right at its start.
    pub cue_first: bool,
    /// A separator stands right before the mention.
    pub ends_separated: bool,
    /// It is a list of provisions, of which the mention ends the last.
    pub list: bool,
    pub open_bracket: bool,
    pub open_quote: bool,
    pub closes_quote: bool,
    /// Where the last quotation mark closed.
    pub quote_end: Option<usize>,
    /// A quotation mark opens after one has closed: the next title of a list.
    pub reopens_quote: bool,
    /// Only `các` and the like.
    pub only_plural: bool,
    /// Nothing but numbering stands before the mention on its line.
    pub heads: bool,
    negations: Vec<usize>,
    plans: Vec<usize>,
    conditions: Vec<usize>,
    drafts: Vec<usize>,
}

/// What stands at a place, and its length in bytes.
enum Piece {
    Blank(usize),
    Mark(char, usize),
    Word,
}

/// Tells what stands at `at`, where a word that begins there would end at `word_end`.
#[inline]
fn piece(bytes: &[u8], at: usize, word_end: usize) -> Piece {
    match bytes.get(at..).unwrap_or_default() {
        [byte, ..] if byte.is_ascii_alphanumeric() => return Piece::Word,
        // nearly all marked letters of the language; not the signs × and ÷
        [0xC4..=0xC6, ..] | [0xE1, 0xBA | 0xBB, ..] if word_end > at => return Piece::Word,
        [0xC3, second, ..] if !matches!(second, 0x97 | 0xB7) && word_end > at => return Piece::Word,
        _ => {}
    }
    let (point, length) = decode(bytes, at).unwrap_or((u32::from(b' '), 1));
    match char::from_u32(point).unwrap_or(' ') {
        c if c.is_whitespace() => Piece::Blank(length),
        c if !c.is_alphanumeric() => Piece::Mark(c, length),
        _ if word_end == at => Piece::Blank(length),
        _ => Piece::Word,
    }
}

/// What is looked for in a gap.
const WANTED: Sets = Sets::of(&[Set::Cue, Set::Small, Set::Type]);

/// No gap is read further back than this, in bytes.
const LONGEST: usize = 900;

/// What is halted or prolonged stands at most so many words after the verb.
const HALTED: usize = 6;

/// Where a gap is read from: only the part next to the mention says something of it.
fn read_from(bytes: &[u8], from: usize, to: usize) -> usize {
    if to.saturating_sub(from) <= LONGEST {
        return from;
    }
    let mut at = to - LONGEST;
    while at < to && bytes.get(at).is_some_and(|b| b & 0xC0 == 0x80) {
        at += 1;
    }
    at
}

/// Reads the gap `from..to`; `follows` tells that a mention stands right before it.
pub(super) fn read_gap(work: &Work<'_>, from: usize, to: usize, follows: bool) -> Gap {
    let bytes = work.bytes;
    let starts = work.lexicon.starts();
    let mut gap = Gap { start: from, end: to, ..Gap::default() };
    let mut at = read_from(bytes, from, to);
    // a word has five bytes and a blank
    gap.word_starts.reserve(to.saturating_sub(at) / 5);
    let mut first = follows && at == from;
    let mut last_mark = None;
    let mut plural_only = true;
    let mut last_type = None;
    while at < to {
        if bytes.get(at) == Some(&b' ') {
            at += 1;
            continue;
        }
        let opening = Opening::at(bytes, at);
        let word_end = opening.word_end(bytes, at);
        match piece(bytes, at, word_end) {
            Piece::Blank(length) => {
                at += length;
                continue;
            }
            Piece::Mark(c, length) => {
                gap.mark(c, first, bytes, at);
                last_mark = Some(c);
                first = first && matches!(c, '”' | '"');
                at += length;
                continue;
            }
            Piece::Word => {}
        }
        gap.word_starts.push(at);
        gap.words += 1;
        let begins = starts.at(bytes, opening, word_end, WANTED);
        if begins.has(Set::Cue)
            && let Some((cue, end)) = work.lexicon.cue_opening(bytes, at, opening).filter(|(_, end)| *end <= to)
        {
            gap.cues.push(Cued::read(work, cue, at, end, last_type.take()));
            gap.cue_first |= first;
            first = false;
            last_mark = None;
            plural_only = false;
            at = end.max(word_end);
            continue;
        }
        if begins.has(Set::Small)
            && let Some(found) = work.lexicon.word_opening(bytes, at, opening, &SMALL)
        {
            match found.role {
                Role::Title => gap.opens_title |= first,
                Role::Negation => gap.negations.push(at),
                Role::Planned => gap.plans.push(at),
                Role::Matter if !work.in_own_title(at) => gap.plans.push(at),
                Role::Conditional => gap.conditions.push(at),
                Role::Draft => gap.drafts.push(at),
                Role::And => {
                    last_mark = Some(',');
                    first = false;
                    at = found.end;
                    continue;
                }
                _ => {}
            }
            if found.role != Role::Plural {
                plural_only = false;
                last_mark = None;
            }
            first = false;
            last_type = None;
            at = found.end.max(word_end);
            continue;
        }
        plural_only = false;
        first = false;
        last_mark = None;
        last_type = None;
        if begins.has(Set::Type)
            && let Some((Anchor::Type { doc_type, short: false }, end)) =
                work.lexicon.anchor_opening(bytes, at, opening)
            && end <= to
        {
            last_type = Some(doc_type);
            at = end;
            continue;
        }
        at = word_end;
    }
    gap.ends_separated = matches!(last_mark, Some(',' | ';' | '”' | '"'));
    gap.only_plural = plural_only;
    gap.heads = heads_line(bytes, to) || gap.plural_heads(work, to);
    gap.halt();
    gap
}

impl Gap {
    /// Takes out what halts or prolongs something else than a document: `đình chỉ hoạt động … trong trường hợp …`, `gia
    /// hạn thời hạn nộp thuế …`.
    fn halt(&mut self) {
        let halts = |cue: &Cued| matches!(cue.relation, Some(Relation::Suspends | Relation::Extends));
        if self.cues.iter().any(halts) {
            let mut cues = std::mem::take(&mut self.cues);
            cues.retain(|cue| !halts(cue) || self.words_between(cue.end, self.end) <= HALTED);
            self.cues = cues;
        }
    }

    /// `d) Các Điều 3, 5 và 44 của Nghị định …`: a plural word stands between the head of the line and the mention.
    fn plural_heads(&self, work: &Work<'_>, to: usize) -> bool {
        let Some(start) = self.word_starts.last().copied() else { return false };
        let ends = |end| crate::text::word::skip_space(work.bytes, end) >= to;
        heads_line(work.bytes, start)
            && work.lexicon.word(work.bytes, start, &[Role::Plural]).is_some_and(|found| ends(found.end))
    }

    /// Takes a mark of punctuation at `at`; `first` when nothing but marks stand before it.
    fn mark(&mut self, c: char, first: bool, bytes: &[u8], at: usize) {
        match c {
            '(' | '[' => {
                self.opens_bracket |= first;
                self.open_bracket = true;
            }
            ')' | ']' => self.open_bracket = false,
            '“' | '«' => {
                self.opens_title |= first;
                self.reopens_quote |= self.closes_quote;
                self.open_quote = true;
            }
            '”' | '»' => {
                self.closes_quote = true;
                self.quote_end = Some(at);
                self.open_quote = false;
            }
            '"' => {
                self.opens_title |= first
                    && bytes.get(at + 1).is_some_and(|b| !b.is_ascii_whitespace() && !matches!(b, b',' | b';' | b'.'));
                let closing = self.open_quote || first && !self.opens_title;
                self.closes_quote |= closing;
                if closing {
                    self.quote_end = Some(at);
                }
                self.open_quote = !self.open_quote;
            }
            ':' => self.opens_title |= first,
            _ => {}
        }
    }

    /// Words that start in `from..to`.
    pub(super) fn words_between(&self, from: usize, to: usize) -> usize {
        let before = |place: usize| self.word_starts.partition_point(|start| *start < place);
        before(to).saturating_sub(before(from))
    }

    /// Whether what the cue says is said as a fact.
    pub(super) fn mood(&self, cue: &Cued) -> Mood {
        let near = |marks: &[usize], words: usize| {
            marks.iter().any(|mark| *mark <= cue.start && self.words_between(*mark, cue.start) <= words)
        };
        if near(&self.drafts, 8) {
            Mood::Draft
        } else if near(&self.negations, 3) {
            Mood::Negated
        } else if near(&self.conditions, 40)
            && !matches!(
                cue.relation,
                Some(Relation::Implements | Relation::BasedOn | Relation::OnProposalOf | Relation::RepliesTo)
            )
        {
            Mood::Conditional
        } else if near(&self.plans, 5)
            && !matches!(
                cue.relation,
                Some(
                    Relation::Implements
                        | Relation::BasedOn
                        | Relation::OnProposalOf
                        | Relation::RepliesTo
                        | Relation::Reviews
                        | Relation::Cites
                )
            )
        {
            Mood::Planned
        } else {
            Mood::Asserted
        }
    }

    /// Nothing but numbering, quotation marks and conjunctions stands between the start of the clause and `at`.
    pub(super) fn heads_at(&self, work: &Work<'_>, clause: usize, at: usize) -> bool {
        let g = Grammar { lexicon: work.lexicon };
        let mut start = after_numbering(work.bytes, clause);
        for _ in 0..3 {
            if start >= at {
                return true;
            }
            let here = tail(work.bytes, start);
            // `Kể từ ngày 01 tháng 7 năm 2022, bãi bỏ …`
            let dated = || crate::parse::since(&g, here).ok().map(|(rest, _)| rest);
            match g.role(here, &[Role::And, Role::Lead]).or_else(dated) {
                Some(rest) => {
                    start = work.bytes.len() - rest.len();
                    while work.bytes.get(start).is_some_and(|b| b.is_ascii_whitespace() || *b == b',') {
                        start += 1;
                    }
                }
                None => break,
            }
        }
        start >= at
    }

    /// `của` stands right before the mention.
    pub(super) fn ends_with_of(&self, work: &Work<'_>) -> bool {
        let end = skip_space_back(work.bytes, self.end);
        let word = word_start(work.bytes, end);
        word < end && work.lexicon.word(work.bytes, word, &[Role::Of]).is_some_and(|found| found.end == end)
    }

    /// `ban hành Nghị định sửa đổi …`: the type word before the cue is that of the document itself.
    pub(super) fn enacts_own(&self, work: &Work<'_>, cue: usize) -> bool {
        let Some(own) = work.own.doc_type else { return false };
        let end = skip_space_back(work.bytes, cue);
        let mut word = word_start(work.bytes, end);
        for _ in 0..4 {
            if let Some((Anchor::Type { doc_type, .. }, stop)) = work.lexicon.anchor(work.bytes, word)
                && stop == end
            {
                return super::aliases::same_type(own, doc_type);
            }
            let left = skip_space_back(work.bytes, word);
            let next = word_start(work.bytes, left);
            if next == left {
                break;
            }
            word = next;
        }
        false
    }
}

/// The row for a work and the decision that stands right after it: `tại`, `theo`.
pub(super) fn adjacent_cue(work: &Work<'_>, gap: &Gap) -> Option<Cued> {
    let start = *gap.word_starts.first()?;
    let (cue, end) = work.lexicon.adjacent_cue_at(work.bytes, start)?;
    (skip_space_back(work.bytes, gap.end) <= end).then(|| Cued {
        id: cue.id.clone(),
        start,
        end,
        relation: cue.relation,
        voice: Voice::Issued,
        scope: cue.scope,
        act: None,
        extent: None,
        relative: None,
    })
}

/// A strong cue on a line that ends with a colon: `bãi bỏ các văn bản sau đây:`.
pub(super) fn cue_before_colon(work: &Work<'_>, from: usize, to: usize, acts: bool) -> Option<Cued> {
    let mut end = skip_space_back(work.bytes, to);
    while end > from && work.bytes.get(end - 1) == Some(&b'\n') {
        end = skip_space_back(work.bytes, end - 1);
    }
    // the line that ends with a colon may not be the last before the mention
    let text = work.bytes.get(from..end)?;
    let colon = memchr::memrchr_iter(b':', text)
        .map(|at| from + at)
        .find(|at| work.bytes.get(at + 1).is_none_or(|b| matches!(b, b'\n' | b'\r' | b' ')))?;
    let line = memchr::memrchr(b'\n', work.bytes.get(from..colon)?).map_or(from, |at| from + at + 1);
    if !list_goes_on(work, colon + 1) {
        return None;
    }
    if !may_begin(work, line, colon, Sets::of(&[Set::Acting])) {
        return None;
    }
    let gap = read_gap(work, line, colon, false);
    let cue =
        gap.cues.iter().rev().find(|cue| cue.relation.is_some_and(|relation| ACTING.contains(&relation)))?.clone();
    let heads = acts || gap.heads_at(work, line, cue.start) || cue.voice == Voice::Inverted;
    let asserted = gap.mood(&cue) == Mood::Asserted;
    (heads && asserted && cue.voice != Voice::Passive).then(|| Cued { voice: Voice::Active, ..cue })
}

/// Some word of what a gap from `from` to `to` is read of may begin a phrase of the `wanted` sets.
pub(super) fn may_begin(work: &Work<'_>, from: usize, to: usize, wanted: Sets) -> bool {
    work.lexicon.starts().any(work.bytes, read_from(work.bytes, from, to), to, wanted)
}

/// The next line is an item of a list.
pub(super) fn list_goes_on(work: &Work<'_>, at: usize) -> bool {
    let mut start = at;
    while work.bytes.get(start).is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b'.' | b';')) {
        start += 1;
    }
    after_numbering(work.bytes, start) > start
}
