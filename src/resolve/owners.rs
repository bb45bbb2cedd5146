//! Whose provisions these are: the document to their right, the present one, or the act being amended.

use super::aliases::same_type;
use super::possible::quoted_words;
use super::{Item, Means, Work};
use crate::lexicon::{Role, Voice};
use crate::model::{DocType, Unit};
use crate::parse::{Grammar, Identifier, after_space, position, tail};

/// Gives provisions to the mentions they belong to; what is left stands at document level.
pub(crate) fn attach_provisions(work: &mut Work<'_>) {
    let mut kept = Vec::new();
    let runs = std::mem::take(&mut work.runs);
    for run in runs {
        match owner(work, run.span.end as usize, run.run.outermost) {
            Some(item) => {
                if let Some(item) = work.items.get_mut(item) {
                    item.from = item.from.min(run.span.start as usize);
                    if item.provisions.is_empty() && run.run.provisions.len() == 1 {
                        item.provisions = run.run.provisions;
                    } else {
                        for provision in run.run.provisions {
                            if !item.provisions.contains(&provision) {
                                item.provisions.push(provision);
                            }
                        }
                    }
                    item.except.extend(run.run.except);
                    item.anchors.extend(run.run.anchors);
                }
            }
            None => {
                if counts(work, &run) {
                    kept.push(run);
                }
            }
        }
    }
    work.runs = kept;
}

/// The mention that begins right after a run: `của`, `tại`, `ban hành kèm theo` or nothing between them.
fn owner(work: &Work<'_>, end: usize, outermost: Option<Unit>) -> Option<usize> {
    let g = Grammar { lexicon: work.lexicon };
    let first = work.items.partition_point(|item| (item.m.core.start as usize) < end);
    let item = work.items.get(first)?;
    let start = item.m.core.start as usize;
    let mut at = position(work.bytes, after_space(tail(work.bytes, end)));
    if work.bytes.get(at) == Some(&b',') {
        at = position(work.bytes, after_space(tail(work.bytes, at + 1)));
    }
    for _ in 0..3 {
        if at >= start {
            break;
        }
        let here = tail(work.bytes, at);
        match g.role(here, &[Role::Of, Role::At, Role::Annexed, Role::Plural]) {
            Some(rest) => at = position(work.bytes, after_space(rest)),
            None => break,
        }
    }
    if at == start || at + 1 == start && matches!(work.bytes.get(at), Some(b'"' | b'(')) {
        return Some(first);
    }
    // `Điều 70 và những nội dung cần thiết khác của Luật này`
    if let Some(rest) =
        g.role(tail(work.bytes, at), &[Role::And]).map(after_space).and_then(|rest| g.role(rest, &[Role::Plural]))
        && start < end + 90
        && super::sentence::strongest_break(work.bytes, end, start).0 == super::sentence::Break::None
    {
        let before = crate::text::word::skip_space_back(work.bytes, start);
        let word = crate::text::word::word_start(work.bytes, before);
        let of = g.lexicon.word(work.bytes, word, &[Role::Of]).is_some_and(|found| found.end == before);
        if of && position(work.bytes, rest) < word {
            return Some(first);
        }
    }
    // `Phụ lục IV Danh mục … ban hành kèm theo Luật Đầu tư`, `Điều 4 của Quy chế ban hành kèm theo Quyết định X`
    if outermost.is_some_and(|unit| unit <= Unit::Chart) && start < end + 260 {
        let gap = work.bytes.get(end..start)?;
        if super::sentence::strongest_break(work.bytes, end, start).0 != super::sentence::Break::None
            || gap.contains(&b'\n')
            || gap.contains(&b':')
        {
            return None;
        }
        let before = crate::text::word::skip_space_back(work.bytes, start);
        let mut word = crate::text::word::word_start(work.bytes, before);
        for _ in 0..5 {
            if word < end {
                break;
            }
            if g.lexicon.word(work.bytes, word, &[Role::Annexed]).is_some_and(|found| found.end == before) {
                return Some(first);
            }
            let left = crate::text::word::skip_space_back(work.bytes, word);
            let next = crate::text::word::word_start(work.bytes, left);
            if next == left {
                break;
            }
            word = next;
        }
    }
    None
}

/// Without a document word only what cannot be a common word is a reference.
fn counts(work: &Work<'_>, run: &super::RunAt) -> bool {
    let g = Grammar { lexicon: work.lexicon };
    let Some(outermost) = run.run.outermost else { return false };
    if run.amending.is_some() || run.run.relative {
        return true;
    }
    let levels = run.run.innermost != run.run.outermost;
    match outermost {
        Unit::Article => {
            // `điều 3 nội dung`: a small word that is counted; `những điều 3, 4 và 5` and `Điều 5` are references
            run.run.capital || levels || run.run.plural || ends(&g, tail(work.bytes, run.span.end as usize))
        }
        Unit::Clause => {
            levels || ends(&g, tail(work.bytes, run.span.end as usize)) || run.run.labels > 1 || run.run.capital
        }
        Unit::Appendix => run.run.capital,
        Unit::Chapter | Unit::Section | Unit::Part | Unit::Subsection => {
            run.run.capital && (levels || run.run.labels > 0)
        }
        Unit::Template | Unit::Chart => false,
        Unit::Point | Unit::Item | Unit::Dash | Unit::Paragraph => false,
    }
}

fn ends(g: &Grammar<'_>, rest: &[u8]) -> bool {
    let next = after_space(rest);
    match next.first() {
        None => true,
        Some(b) if !b.is_ascii_alphanumeric() && *b < 0x80 => true,
        Some(_) => {
            g.role(next, &[Role::NameEnd, Role::NoName, Role::And, Role::At, Role::Back, Role::This, Role::Title])
                .is_some()
                && g.role(next, &[Role::Counted]).is_none()
        }
    }
}

/// The act that the instruction of a block amends.
pub(super) fn act_of_block(work: &Work<'_>, block: usize, doc_type: Option<DocType>) -> Means {
    let Some(block) = work.blocks.get(block) else { return Means::Nothing };
    let of_type = doc_type.map(|doc_type| amended_act(work, block.instruction, Some(doc_type)));
    of_type.filter(|means| *means != Means::Nothing).unwrap_or_else(|| amended_act(work, block.instruction, None))
}

/// The act being amended at `at`: the one named in the instruction itself, else in the headings above, else in
/// the title.
pub(super) fn amended_act(work: &Work<'_>, at: usize, doc_type: Option<DocType>) -> Means {
    let end = work.items.partition_point(|item| (item.m.core.start as usize) < at);
    for (index, item) in work.items.iter().enumerate().take(end).rev() {
        let start = item.m.core.start as usize;
        if work.block_at(start).is_some() || !matches!(item.means, Means::Entry(_)) || quoted_words(work, start) {
            continue;
        }
        // words put in place of others can name a work: `thay thế cụm từ “quy hoạch …”`
        if matches!(item.m.identifier, Identifier::Work { .. } | Identifier::Foreign) {
            continue;
        }
        let of_type = |item: &Item| doc_type.is_none_or(|t| item.doc_type().is_some_and(|theirs| same_type(theirs, t)));
        // named after an amending verb in its own line
        if of_type(item) && amends_in_line(work, item.from.min(start)) {
            return not_the_amender(work, index);
        }
    }
    Means::Nothing
}

/// `Bộ luật Tố tụng dân sự đã được sửa đổi theo Luật số 59/2020/QH14`: the act, not what had amended it before.
fn not_the_amender(work: &Work<'_>, mut index: usize) -> Means {
    loop {
        let Some(item) = work.items.get(index) else { return Means::Nothing };
        let before = index.checked_sub(1).and_then(|before| work.items.get(before));
        let amender = before.is_some_and(|before| {
            let (from, to) = (before.end, item.from.min(item.m.core.start as usize));
            let short = to > from && to - from < 160;
            let joined = short && super::shared::coordinated(work.lexicon, work.bytes, from, to).is_some();
            let passive = |index: usize| {
                let items = work.items.get(index.saturating_sub(16)..=index).unwrap_or_default();
                items.windows(2).any(|pair| match pair {
                    [a, b] => super::gaps::read_gap(work, a.end, b.from.max(a.end), true)
                        .cues
                        .iter()
                        .any(|cue| cue.voice == Voice::Passive),
                    _ => false,
                })
            };
            let here =
                short && super::gaps::read_gap(work, from, to, true).cues.iter().any(|cue| cue.voice == Voice::Passive);
            here || joined && passive(index - 1)
        });
        if !amender || index == 0 {
            return item.means;
        }
        index -= 1;
    }
}

/// An amending verb stands between the head of the line and `at`.
fn amends_in_line(work: &Work<'_>, at: usize) -> bool {
    let g = Grammar { lexicon: work.lexicon };
    let start = super::sentence::sentence_start(work.bytes, at, 700);
    let mut here = super::sentence::after_numbering(work.bytes, start);
    // `Điều 1. Sửa đổi …`, `LUẬT SỬA ĐỔI …`, `Luật này sửa đổi …`
    let mut words = 0;
    while here < at && words < 40 {
        if g.lexicon.word(work.bytes, here, &[Role::Amending]).is_some_and(|found| found.end <= at) {
            return true;
        }
        let Some(word) = crate::text::word::word_at(work.bytes, here) else {
            here += crate::text::fold::decode(work.bytes, here).map_or(1, |(_, length)| length);
            continue;
        };
        here = crate::text::word::gap(work.bytes, word.end).next.max(word.end);
        words += 1;
    }
    false
}

/// Items by what they mean, for provisions at document level.
pub(crate) fn target_of_run(work: &Work<'_>, run: &super::RunAt) -> Means {
    let at = run.span.start as usize;
    if let Some(block) = work.block_at(at) {
        return act_of_block(work, block, None);
    }
    if run.amending.is_some() && !run.run.relative {
        // the act named later in the same line: `Thay thế cụm từ … tại Điều 5 của Luật X`
        let line = super::sentence::sentence_end(work.bytes, run.span.end as usize, 600);
        let first = work.items.partition_point(|item| (item.m.core.start as usize) < run.span.end as usize);
        let rest = work.items.get(first..).unwrap_or_default();
        let named = rest
            .iter()
            .take_while(|item| (item.m.core.start as usize) < line)
            .find(|item| !quoted_words(work, item.m.core.start as usize));
        // `khoản 3 Điều 90 của Luật này`
        if named.is_some_and(|item| item.means == Means::Own && matches!(item.m.identifier, Identifier::This)) {
            return Means::Own;
        }
        if let Some(item) = named.filter(|item| {
            matches!(item.means, Means::Entry(_)) && !matches!(item.m.identifier, Identifier::Work { .. })
        }) {
            return item.means;
        }
        return amended_act(work, at, None);
    }
    Means::Own
}
