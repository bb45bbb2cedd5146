//! From candidates to what was read: mentions, provision runs, headings, alias definitions, in text order.

use crate::lexicon::{Anchor, Lexicon, Role, Roles, TypeClass};
use crate::model::{DocType, Unit};
use crate::parse::{
    Before, Grammar, Head, Identifier, LawName, Mention, Trace, UnitWord, Unwritten, bare, mention, provision_run,
    starts_upper, tail, year_after,
};
use crate::resolve::{AliasText, Heading, Reading, RunAt};
use crate::scan::Candidate;
use crate::span::Span;
use crate::text::fold::{before, decode, starts_word};
use crate::text::opening::Opening;
use crate::text::word::{skip_space, skip_space_back, word_end, word_start};
use std::cell::OnceCell;

/// Reads every candidate once, from left to right; what a mention has taken is not read again.
pub(super) fn read(lexicon: &Lexicon, bytes: &[u8], candidates: &[Candidate], trace: &mut impl Trace) -> Reading {
    let g = Grammar { lexicon };
    let mut out = Reading::default();
    let mut reader = Reader { g, bytes, next: 0, floor: 0, limit: None, behind: 0..0, trace };
    for candidate in candidates {
        let at = candidate.at as usize;
        if at < reader.next || reader.behind.contains(&at) {
            reader.trace.passed(at);
        } else if candidate.slash {
            reader.trace.anchor(at, at + 1, None);
            reader.slash(at, &mut out);
        } else if starts_word(bytes, at)
            && let Some((anchor, end)) = lexicon.anchor_opening(bytes, at, candidate.opening)
        {
            reader.trace.anchor(at, end, Some(anchor));
            reader.word(anchor, at, end, &mut out);
        }
    }
    out.mentions.sort_by_key(|m| (m.core.start, u32::MAX - m.core.end));
    out
}

struct Reader<'a, 't, T> {
    g: Grammar<'a>,
    bytes: &'a [u8],
    /// Nothing before it is looked at again.
    next: usize,
    /// Nothing before it is looked back at.
    floor: usize,
    /// End of the amending title that is being read through.
    limit: Option<usize>,
    /// Number and date after such a title: read already.
    behind: std::ops::Range<usize>,
    trace: &'t mut T,
}

impl<T: Trace> Reader<'_, '_, T> {
    fn slash(&mut self, at: usize, out: &mut Reading) {
        let read = bare(&self.g, self.bytes, at, self.floor);
        self.trace.tried("bare", read.as_ref().map(|m| m.core));
        if let Some(m) = read {
            self.take(m, out);
        } else {
            // nothing before a slash that failed is worth reading again
            self.floor = self.floor.max(at.saturating_sub(32));
        }
    }

    fn take(&mut self, m: Mention, out: &mut Reading) {
        self.next = m.core.end as usize;
        self.floor = self.next;
        out.mentions.push(m);
    }

    fn word(&mut self, anchor: Anchor, at: usize, end: usize, out: &mut Reading) {
        match anchor {
            Anchor::Type { doc_type, short } => self.type_word(doc_type, short, at, end, out),
            Anchor::Unit(unit) => self.unit(unit, at, end, out),
            Anchor::Acronym(index) => {
                let year = year_after(&self.g, self.bytes, end);
                let stop = year.map_or(end, |(_, stop)| stop);
                self.trace.tried("year_after", year.map(|(_, stop)| Span::at(at, stop)));
                let m = Mention {
                    core: Span::at(at, stop),
                    doc_type: None,
                    type_word: None,
                    short_type: false,
                    plural: false,
                    identifier: Identifier::Acronym(index),
                    symbol: None,
                    name: Some(Span::at(at, end)),
                    date: None,
                    year: year.map(|(year, _)| year),
                };
                self.take(m, out);
            }
            Anchor::Alias => self.alias(at, end, out),
            Anchor::Nothing { typed: false } => self.next = self.nothing(at, end),
            Anchor::Nothing { typed: true } => match self.g.lexicon.act_despite(self.bytes, at, end) {
                Some((doc_type, end)) => self.type_word(doc_type, false, at, end, out),
                None => self.next = self.nothing(at, end),
            },
        }
    }

    /// `các Luật: Đấu thầu; Đầu tư công; Ngân sách nhà nước`: names of the table after one type word. The first
    /// mention begins with the type word, the others are their names.
    ///
    /// ```ebnf
    /// law_list = [ ":" ] , known_name , { ( ";" | "," | and_word ) , known_name } ;
    /// ```
    fn law_list(&self, doc_type: DocType, at: usize, end: usize) -> Vec<Mention> {
        let bytes = self.bytes;
        let mut start = skip_space(bytes, end);
        if bytes.get(start) == Some(&b':') {
            start = skip_space(bytes, start + 1);
        }
        let mut members = Vec::new();
        loop {
            let capital = starts_upper(tail(bytes, start));
            let Some(found) = capital.then(|| self.g.lexicon.laws_at(bytes, start)).flatten() else { break };
            members.push((Span::at(start, found.end), found.values.to_vec()));
            let mut next = skip_space(bytes, found.end);
            let mark = matches!(bytes.get(next), Some(b';' | b','));
            next = if mark { skip_space(bytes, next + 1) } else { next };
            let and = self.g.lexicon.word(bytes, next, &[Role::And]);
            if !mark && and.is_none() {
                break;
            }
            start = and.map_or(next, |found| skip_space(bytes, found.end));
        }
        if members.len() < 2 {
            return Vec::new();
        }
        let mention = |(index, (name, laws)): (usize, (Span, Vec<_>))| {
            let first = index == 0;
            let law = LawName { start: 0, end: 0, laws, inner: None };
            Mention {
                core: if first { Span::at(at, name.end as usize) } else { name },
                doc_type: Some(doc_type),
                type_word: first.then(|| Span::at(at, end)),
                short_type: false,
                plural: false,
                identifier: Identifier::Law { name: Some(law), symbol: None, corrupt: false },
                symbol: None,
                name: Some(name),
                date: None,
                year: None,
            }
        };
        members.into_iter().enumerate().map(mention).collect()
    }

    /// Where to read on after a false friend. `một số điều Luật Quản lý thuế`: a capital inside it begins something else.
    fn nothing(&self, at: usize, end: usize) -> usize {
        let capital = |at: usize| starts_upper(tail(self.bytes, at));
        if capital(at) {
            return end;
        }
        let second = skip_space(self.bytes, word_end(self.bytes, at));
        if second < end && capital(second) { second } else { end }
    }

    fn type_word(&mut self, doc_type: DocType, short: bool, at: usize, end: usize, out: &mut Reading) {
        let class = self.g.lexicon.type_class(doc_type);
        // an abbreviation is written in capitals: `tối đa 12 giờ` is no `ĐA 12`
        let small = short && !starts_upper(tail(self.bytes, at));
        if small || class == TypeClass::Law && self.compound(at) {
            self.next = self.next.max(end);
            return;
        }
        let previous = out.mentions.last().map(|m| (m.core, matches!(m.identifier, Identifier::This)));
        let looked = OnceCell::new();
        let (g, all) = (self.g, self.bytes);
        let before = || *looked.get_or_init(|| before_type(&g, all, at, class, previous));
        if class == TypeClass::Law {
            let laws = self.law_list(doc_type, at, end);
            if !laws.is_empty() && before().plural {
                for law in laws {
                    self.take(law, out);
                }
                return;
            }
        }
        let head_word = Head { at, end, doc_type, short, before: &before };
        // inside an amending title nothing may reach beyond its end
        let bytes = match self.limit {
            Some(limit) if at < limit => self.bytes.get(..limit).unwrap_or(self.bytes),
            _ => self.bytes,
        };
        let found = mention(&self.g, bytes, head_word, self.trace);
        let edition = found.as_ref().and_then(|_| before().edition);
        let Some(mut m) = found else {
            // its words are not read again as other words
            self.next = self.next.max(end);
            return;
        };
        if let Some(start) = edition.filter(|_| matches!(m.identifier, Identifier::Work { .. })) {
            m.core = Span::at(start, m.core.end as usize);
        }
        let inner = match &m.identifier {
            Identifier::Law { name: Some(name), .. } => name.inner.map(|inner| (end + inner, end + name.end)),
            // titles name further documents
            Identifier::Work { .. } | Identifier::Session { .. } => Some((end, m.core.end as usize)),
            _ => None,
        };
        match inner {
            Some((start, stop)) => {
                self.next = start;
                self.floor = start;
                if matches!(m.identifier, Identifier::Law { .. }) {
                    self.limit = Some(stop);
                    self.behind = stop..m.core.end as usize;
                }
                out.mentions.push(m);
            }
            None => self.take(m, out),
        }
    }

    /// `pháp luật`, `kỷ luật`: the word before makes another word of it.
    fn compound(&self, at: usize) -> bool {
        let end = skip_space_back(self.bytes, at);
        let mut word = word_start(self.bytes, end);
        if word == end || !self.g.lexicon.may_end(Opening::at(self.bytes, word), &[Role::NotBefore]) {
            return false;
        }
        for _ in 0..2 {
            let found = (word < end).then(|| self.g.lexicon.word(self.bytes, word, &[Role::NotBefore])).flatten();
            if let Some(found) = found.filter(|found| found.end == end) {
                // two syllables of one word have one case: `định luật`, but `quy định Luật Đất đai`
                let capital = |at: usize| starts_upper(tail(self.bytes, at));
                return match found.value {
                    "syllable" => !capital(at) || capital(word),
                    // `điều luật` is a word, `một số điều Luật Nhà ở` is two
                    "small" => !capital(at),
                    _ => true,
                };
            }
            word = word_start(self.bytes, skip_space_back(self.bytes, word));
        }
        false
    }

    fn unit(&mut self, unit: Unit, at: usize, end: usize, out: &mut Reading) {
        let bytes = self.bytes;
        // where no run begins, and before a heading, what stands before it does not matter
        let line = OnceCell::new();
        let g = self.g;
        let amending = || *line.get_or_init(|| amending_line(&g, bytes, at));
        let head = UnitWord { unit, end: end - at };
        let run = provision_run(&self.g, tail(bytes, at), Some(head), || amending().is_some());
        self.trace.tried("provision_run", run.as_ref().map(|run| Span::at(at, at + run.end())));
        let Some(run) = run else {
            self.next = self.next.max(end);
            return;
        };
        let stop = at + run.end();
        if is_heading(unit, bytes, stop, &run) && line_head(bytes, at) {
            if let Some(label) = run.label(unit) {
                out.headings.push(Heading { at, unit, label: label.into() });
            }
            self.next = stop;
            return;
        }
        let amending = amending().map(|cue| Span::at(cue.0, cue.1));
        self.next = stop;
        self.floor = self.floor.max(stop);
        out.runs.push(RunAt { span: Span::at(at, stop), amending, run: run.write() });
    }

    /// A short name that the text defines: `sau đây gọi tắt là …`.
    ///
    /// ```ebnf
    /// alias = alias_word , [ opening_quote ] , ? up to 160 bytes to a closing mark ? ;
    /// ```
    fn alias(&mut self, at: usize, end: usize, out: &mut Reading) {
        let bytes = self.bytes;
        self.next = end;
        let mut start = skip_space(bytes, end);
        let mut quoted = false;
        if let Some((point, length)) = decode(bytes, start)
            && matches!(char::from_u32(point), Some('“' | '"' | '”' | '‘' | '\''))
        {
            quoted = true;
            start += length;
        }
        let bracket = bytes.get(..at).is_some_and(|text| text.ends_with(b"(") || text.ends_with(b"( "));
        let mut stop = start;
        while stop < bytes.len() && stop - start < 160 {
            let Some((point, length)) = decode(bytes, stop) else { break };
            match char::from_u32(point) {
                Some('”' | '"' | '’' | '\'') if quoted => break,
                Some(')' | ';' | '\n') => break,
                Some(',' | '.')
                    if !quoted && !bracket && !bytes.get(stop + 1).is_some_and(u8::is_ascii_alphanumeric) =>
                {
                    break;
                }
                _ => {}
            }
            stop += length;
        }
        let closed = decode(bytes, stop).and_then(|(point, _)| char::from_u32(point));
        // a quotation mark that is never closed defines nothing
        if quoted && !matches!(closed, Some('”' | '"' | '’' | '\'')) {
            return;
        }
        let stop = skip_space_back(bytes, stop);
        if stop > start {
            let group = self.g.lexicon.word(bytes, at, &[Role::Alias]).is_some_and(|found| found.value == "group");
            out.aliases.push(AliasText { at, text: Span::at(start, stop), group });
        }
    }
}

/// What stands before a type word; `previous_mention` is where the last one stands, and whether it is `… này`.
fn before_type(
    g: &Grammar<'_>,
    bytes: &[u8],
    at: usize,
    class: TypeClass,
    previous_mention: Option<(Span, bool)>,
) -> Before {
    let mut context = Before::default();
    let end = skip_space_back(bytes, at);
    let Some(previous) = before(bytes, end) else {
        context.heads_sentence = true;
        return context;
    };
    if end < at && bytes.get(end..at).is_some_and(|gap| gap.contains(&b'\n')) {
        context.heads_sentence = true;
    }
    let mut end = end;
    match decode(bytes, previous).and_then(|(point, _)| char::from_u32(point)) {
        Some('“' | '"' | '«' | '‘' | '\'') => context.quoted = true,
        Some('.' | ':' | ';' | '|' | '-' | '+' | '*') => {
            context.heads_sentence = true;
            return context;
        }
        _ => {}
    }
    if context.quoted {
        end = skip_space_back(bytes, previous);
    }
    let mut word = word_start(bytes, end);
    if word == end {
        return context;
    }
    let mut opening = opening_of(bytes, word, end);
    let roles = if context.quoted { Roles::default() } else { g.lexicon.roles(opening) };
    let is = |role: Role, end: usize| {
        roles.any(&[role])
            && g.lexicon.word_opening(bytes, word, opening, &[role]).is_some_and(|found| found.end == end)
    };
    context.plural = is(Role::Plural, end);
    if class == TypeClass::Named && is(Role::Edition, end) {
        context.edition = Some(word);
        end = skip_space_back(bytes, word);
        word = word_start(bytes, end);
        opening = opening_of(bytes, word, end);
    }
    if class == TypeClass::Named {
        // `Ban hành kèm theo Quyết định này Quy định …`
        if let Some((core, _)) = previous_mention.filter(|(core, this)| core.end as usize == end && *this) {
            end = skip_space_back(bytes, core.start as usize);
            word = word_start(bytes, end);
            opening = opening_of(bytes, word, end);
        }
        // few words end a phrase that announces
        context.announced =
            word < end && g.lexicon.may_end(opening, &[Role::Announces]) && announced(g, bytes, word, end);
    }
    context
}

/// The opening of the word at `word..end`, after which a blank stands nearly always.
fn opening_of(bytes: &[u8], word: usize, end: usize) -> Opening {
    let plain = Opening::to_blank(bytes, word).filter(|opening| opening.word_end(bytes, word) == end);
    plain.unwrap_or_else(|| Opening::at(bytes, word))
}

/// A phrase that announces a work ends with the word at `word..end`; it has at most six words.
fn announced(g: &Grammar<'_>, bytes: &[u8], word: usize, end: usize) -> bool {
    let mut word = word;
    for words in 1..=6 {
        if g.lexicon.word(bytes, word, &[Role::Announces]).is_some_and(|found| found.end == end) {
            return true;
        }
        let left = skip_space_back(bytes, word);
        let next = word_start(bytes, left);
        // two words tell nearly always
        if next == left || words == 1 && !g.lexicon.may_end_before_last(Opening::at(bytes, next), &[Role::Announces]) {
            break;
        }
        word = next;
    }
    false
}

/// No line of amending instructions is read further back, in bytes.
const LINE: usize = 4000;

/// The amending verb at the head of the sentence or item of `at`, if nothing but numbering stands before it.
fn amending_line(g: &Grammar<'_>, bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let start = crate::resolve::sentence_start(bytes, at, 600);
    let start = crate::resolve::after_numbering(bytes, start);
    if let Some(found) = g.lexicon.word(bytes, start, &[Role::Amending]) {
        return (found.end <= at).then_some((start, found.end));
    }
    // quoted words hold marks that end no sentence: `Bổ sung cụm từ “…; …” tại khoản 2; khoản 3`
    let line = memchr::memrchr(b'\n', bytes.get(at.saturating_sub(LINE)..at)?)?;
    let start = crate::resolve::after_numbering(bytes, at.saturating_sub(LINE) + line + 1);
    let found = g.lexicon.word(bytes, start, &[Role::Amending])?;
    let between = std::str::from_utf8(bytes.get(found.end..at)?).ok()?;
    (between.contains('“') && between.matches('“').count() == between.matches('”').count())
        .then_some((start, found.end))
}

/// Only blanks, quotation marks, table bars and bullets stand before `at` on its line.
fn line_head(bytes: &[u8], at: usize) -> bool {
    let mut end = at;
    while let Some(start) = before(bytes, end) {
        match decode(bytes, start).and_then(|(point, _)| char::from_u32(point)) {
            Some('\n') => return true,
            Some(' ' | '\t' | '\r' | '"' | '“' | '|' | '*' | '#' | '\'') if at - start < 80 => end = start,
            _ => return false,
        }
    }
    true
}

/// `Điều 5. Phạm vi`, `Chương II`, `Mục 1 QUY ĐỊNH CHUNG`: a unit that begins here, not one that is cited.
fn is_heading(unit: Unit, bytes: &[u8], stop: usize, run: &Unwritten<'_>) -> bool {
    if !run.may_head() {
        return false;
    }
    let rest = tail(bytes, stop);
    let next = rest.iter().position(|b| !matches!(b, b' ' | b'\t')).map_or(&[][..], |skip| tail(rest, skip));
    match next.first() {
        None | Some(b'\n' | b'\r' | b'.' | b':' | b'-' | b')' | b'|' | b'*') => true,
        Some(_) if matches!(unit, Unit::Chapter | Unit::Section | Unit::Part | Unit::Subsection | Unit::Appendix) => {
            decode(next, 0).is_some_and(|(point, _)| crate::text::fold::letter(point).upper)
                && next.iter().take(12).filter(|b| b.is_ascii_lowercase()).count() < 2
        }
        _ => false,
    }
}
