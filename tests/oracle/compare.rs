//! What one reader finds and the other does not.

use crate::chars::Text;
use crate::mention::{self, Mention};
use crate::provision::{self, Run};
use crate::symbol::{role, role_glued, symbol};
use crate::tables::{Anchor, Tables};
use viendan::{Citation, DiagnosticCode, Extraction, Form, Span};

/// How much was compared.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) mentions: usize,
    pub(crate) symbols: usize,
    pub(crate) runs: usize,
}

impl Counts {
    pub(crate) fn add(&mut self, other: Self) {
        self.mentions += other.mentions;
        self.symbols += other.symbols;
        self.runs += other.runs;
    }
}

struct Pair<'a> {
    tables: &'a Tables,
    text: Text,
    source: &'a str,
    other: &'a Extraction<'a>,
    wrong: Vec<String>,
    counts: Counts,
}

pub(crate) fn differences(tables: &Tables, source: &str, other: &Extraction<'_>) -> (Vec<String>, Counts) {
    let text = Text::new(tables, source);
    let mut pair = Pair { tables, text, source, other, wrong: Vec::new(), counts: Counts::default() };
    let found = mention::find(tables, &pair.text);
    let unclaimed: Vec<Span> = found.unclaimed.iter().map(|(from, to)| pair.span(*from, *to)).collect();
    pair.mentions(&found.mentions, &unclaimed);
    pair.citations(&found.mentions, &unclaimed);
    pair.symbols(&found.symbols);
    pair.runs(&found.mentions);
    (pair.wrong, pair.counts)
}

impl Pair<'_> {
    fn span(&self, from: usize, to: usize) -> Span {
        let (start, end) = self.text.bytes(from, to);
        Span::at(start, end)
    }

    fn here(&mut self, what: &str, span: Span, more: &str) {
        self.wrong.push(format!("only here: {what} {span:?} `{}` {more}", span.of(self.source)));
    }

    fn there(&mut self, what: &str, span: Span, more: &str) {
        self.wrong.push(format!("only there: {what} {span:?} `{}` {more}", span.of(self.source)));
    }

    /// An act with a name that the table lacks stands further left and runs over `span`: read by its form, over
    /// whatever it says.
    fn run_over(&self, span: Span) -> bool {
        let known = |name: Span| {
            let (from, to) = (self.text.at_byte(name.start as usize), self.text.at_byte(name.end as usize));
            self.text.longest(from, &self.tables.law_names).is_some_and(|(_, end)| end == to)
        };
        self.other.citations.iter().any(|c| match c.form {
            Form::Full => {
                c.parts.name.is_some_and(|name| name.start < span.start && name.overlaps(span) && !known(name))
            }
            Form::Treaty | Form::Standard => c.core.start < span.start && c.core.overlaps(span),
            _ => false,
        })
    }

    fn in_header(&self, span: Span) -> bool {
        self.other.document.header.is_some_and(|header| header.overlaps(span))
    }

    fn repaired(&self, span: Span) -> bool {
        let odd = [DiagnosticCode::SymbolRepaired, DiagnosticCode::BrokenList];
        self.other.diagnostics.iter().any(|d| odd.contains(&d.code) && d.span.overlaps(span))
    }

    fn mentions(&mut self, mentions: &[Mention], unclaimed: &[Span]) {
        for m in mentions {
            let core = self.span(m.start, m.end);
            if self.in_header(core)
                || self.repaired(core)
                || self.run_over(core)
                || unclaimed.iter().any(|zone| zone.overlaps(core))
            {
                continue;
            }
            self.counts.mentions += 1;
            let same = self.other.citations.iter().find(|c| c.core == core);
            let Some(c) = same else {
                self.here("mention", core, "");
                continue;
            };
            let wanted = m.symbol.as_ref().map(|symbol| symbol.text.as_str());
            if c.symbol.as_deref() != wanted {
                self.here("symbol", core, &format!("{wanted:?} there {:?}", c.symbol));
            }
            let name = m.name.map(|(from, to)| self.span(from, to));
            if name.is_some() && c.parts.name != name {
                self.here("name", core, &format!("{name:?} there {:?}", c.parts.name));
            }
            let kind = c.doc_type.map(viendan::DocType::code);
            if m.slug != "van-ban" && kind != Some(&*m.slug) {
                self.here("type", core, &format!("{} there {kind:?}", m.slug));
            }
        }
    }

    /// A citation of the forms that the other reader covers.
    fn covered(&self, c: &Citation) -> bool {
        if self.repaired(c.core) {
            return false;
        }
        let Some(kind) = c.parts.doc_type else { return false };
        let end = self.text.at_byte(kind.end as usize);
        let class = match self.text.longest(self.text.at_byte(kind.start as usize), &self.tables.anchors) {
            Some((Anchor::Type { class, .. }, stop)) if stop == end => class.as_str(),
            _ => return false,
        };
        if let Some(at) = c.parts.symbol {
            let at = self.text.at_byte(at.start as usize);
            let here = self.text.skip(end);
            let marked = role(self.tables, &self.text, here, &["number"])
                .or_else(|| role_glued(self.tables, &self.text, here, &["number"]));
            let number = marked.map_or(here, |end| {
                let after = self.text.skip(end);
                if matches!(self.text.c(after), ':' | '.') { self.text.skip(after + 1) } else { after }
            });
            let beside = number == at && class != "law";
            return beside && matches!(class, "numbered" | "named" | "generic") && self.coded(c) && !self.glued(c);
        }
        let named = c.parts.name.is_some_and(|name| {
            let (from, to) = (self.text.at_byte(name.start as usize), self.text.at_byte(name.end as usize));
            self.text.longest(from, &self.tables.law_names).is_some_and(|(_, end)| end == to)
        });
        class == "law" && c.form == Form::Full && named
    }

    /// A symbol with a code after a mark: not a number, not a number and year, not one typed with spaces only.
    fn coded(&self, c: &Citation) -> bool {
        let Some(symbol) = c.parts.symbol else { return false };
        let words = symbol.of(self.source);
        let rest = words.trim_start_matches(|c: char| c.is_ascii_digit());
        let suffix = ["bis", "ter"].into_iter().find_map(|suffix| rest.strip_prefix(suffix)).unwrap_or(rest);
        let rest = if suffix == rest { rest.trim_start_matches(char::is_lowercase) } else { suffix };
        rest.trim_start().starts_with(['/', '-', '_', '–']) && words.chars().any(char::is_uppercase)
    }

    /// The letters of the next word stick to the symbol.
    fn glued(&self, c: &Citation) -> bool {
        c.parts.symbol.is_some_and(|symbol| self.text.in_word(self.text.at_byte(symbol.end as usize)))
    }

    fn citations(&mut self, mentions: &[Mention], unclaimed: &[Span]) {
        for c in &self.other.citations {
            if unclaimed.iter().any(|zone| zone.overlaps(c.core)) {
                continue;
            }
            // `pháp luật Pháp lệnh …`: the words `luật pháp` may begin before it
            let start = self.text.at_byte(c.core.start as usize);
            let before = self.text.word_start(self.text.skip_back(start));
            if self.text.longest(before, &self.tables.anchors).is_some_and(|(_, end)| end > start) {
                continue;
            }
            if self.covered(c) && !mentions.iter().any(|m| self.span(m.start, m.end) == c.core) {
                self.there("mention", c.core, c.symbol.as_deref().unwrap_or(""));
            }
            // with a type word or without: the symbol itself must be read alike
            if let Some(at) = c.parts.symbol.filter(|_| self.coded(c) && !self.glued(c) && !self.repaired(c.core)) {
                self.counts.symbols += 1;
                let read = symbol(self.tables, &self.text, self.text.at_byte(at.start as usize));
                let span = read.as_ref().map(|read| self.span(read.start, read.end));
                let words = read.as_ref().map(|read| read.text.as_str());
                if span != Some(at) || words != c.symbol.as_deref() {
                    self.there("symbol", at, &format!("{:?} here {words:?}", c.symbol));
                }
            }
        }
    }

    fn symbols(&mut self, symbols: &[crate::symbol::Symbol]) {
        for read in symbols {
            let span = self.span(read.start, read.end);
            if self.in_header(span) || self.repaired(span) || self.run_over(span) {
                continue;
            }
            self.counts.symbols += 1;
            let same = |c: &Citation| c.parts.symbol == Some(span) && c.symbol.as_deref() == Some(&*read.text);
            if !self.other.citations.iter().any(same) {
                self.here("symbol", span, &read.text);
            }
        }
    }

    /// An amending verb stands before `at` on its line, or on one of two before it where these begin in the middle of an instruction:
    /// lists go on there by rules that are not here.
    fn amending(&self, at: usize) -> bool {
        let mut here = at;
        let mut breaks = 0;
        while here > 0 {
            here -= 1;
            if self.text.c(here) == '\n' {
                breaks += 1;
                if breaks > 2 || at - here > 24 {
                    break;
                }
            }
            if self.text.starts_word(here) && role(self.tables, &self.text, here, &["amending"]).is_some() {
                return true;
            }
        }
        false
    }

    fn heading(&self, run: &Run) -> bool {
        let mut at = run.start;
        while at > 0 && matches!(self.text.c(at - 1), ' ' | '\t' | '\r' | '"' | '“' | '|' | '*' | '#' | '\'') {
            at -= 1;
        }
        let mut next = run.end;
        while matches!(self.text.c(next), ' ' | '\t') {
            next += 1;
        }
        let marks = ['\0', '\n', '\r', '.', ':', '-', ')', '|', '*'];
        (at == 0 || self.text.c(at - 1) == '\n') && run.capital && run.single && marks.contains(&self.text.c(next))
    }

    fn runs(&mut self, mentions: &[Mention]) {
        let mut runs = Vec::new();
        let mut reach = 0;
        for at in 0..self.text.chars.len() {
            // the name of an act may hold a word for a unit
            let named = mentions.iter().any(|m| m.start < at && at < m.end);
            if self.text.starts_word(at)
                && at >= reach
                && !named
                && provision::unit(self.tables, &self.text, at).is_some()
                && let Some(run) = provision::run(self.tables, &self.text, at)
            {
                reach = run.end;
                runs.push(run);
            }
        }
        for run in &runs {
            let span = self.span(run.start, run.end);
            // a heading is no reference; one level alone in small letters may be a common word
            let flat = run.paths.iter().all(|path| !path.contains('/')) && !run.capital;
            if run.foreign || self.run_over(span) || self.heading(run) || self.amending(run.start) || flat {
                continue;
            }
            // what stands before the own header belongs to nothing that is listed
            let near = |header: Span| header.end > span.end && header.start < span.end + 60;
            if self.other.document.header.is_some_and(near) {
                continue;
            }
            self.counts.runs += 1;
            let words = |paths: &[viendan::Provision]| paths.iter().map(ToString::to_string).collect::<Vec<_>>();
            let alone = self.other.provisions.iter().any(|p| p.span == span && words(&p.provisions) == run.paths);
            let with = self.other.citations.iter().any(|c| {
                c.span.contains(span) && c.core.start >= span.end && {
                    let there = words(&c.provisions);
                    run.paths.iter().all(|path| there.contains(path))
                }
            });
            if !alone && !with {
                self.here("provisions", span, &format!("{:?}", run.paths));
            }
        }
        for p in &self.other.provisions {
            let at = self.text.at_byte(p.span.start as usize);
            let simple = p
                .provisions
                .iter()
                .all(|path| path.levels().all(|(unit, _)| matches!(unit.code(), "dieu" | "khoan" | "diem")));
            let unsure = runs.iter().any(|run| {
                let span = self.span(run.start, run.end);
                (run.foreign || self.run_over(span)) && span.overlaps(p.span)
            });
            let same = |run: &Run| self.span(run.start, run.end) == p.span;
            if simple && !unsure && !self.amending(at) && !runs.iter().any(same) {
                self.there("provisions", p.span, &format!("{:?}", p.provisions));
            }
        }
    }
}
