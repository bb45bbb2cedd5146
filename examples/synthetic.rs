//! Writes an archive of any size, the same for the same seed: JSON Lines of texts that cite each other in the words of real ones.
//!
//! ```sh
//! cargo run --release --features ingest --example synthetic -- 50000 1 fixtures/docs > archive.jsonl
//! ```
//!
//! Real texts are read first (files, folders or archives; `fixtures/docs` above). Each of their lines that cites a document by
//! its symbol becomes a form with slots for number, year and date; the other lines fill in. Every document of the new
//! archive has a symbol of a real code, with its type and issuer; its text is drawn from the forms, and the slots are filled
//! with documents of the same code that came before it: a few of the oldest very often, else recent ones.

use std::collections::HashMap;
use std::io::{BufWriter, Write as _};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use viendan::{Citation, Extraction, Extractor, Form, Reader};

/// Documents are dated from this year on, in equal shares.
const FIRST_YEAR: u64 = 1990;
const YEARS: u64 = 35;

/// So many citations of the real texts make the deck of codes; their order is drawn, and repeated.
const DECK: usize = 4096;

/// Shorter and longer lines are no forms.
const LINES: std::ops::RangeInclusive<usize> = 20..=700;

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let mut number = || args.next().and_then(|arg| arg.parse::<u64>().ok());
    let (Some(documents), Some(seed)) = (number(), number()) else {
        eprintln!("synthetic DOCUMENTS SEED INPUT…");
        return ExitCode::from(2);
    };
    let mut forms = Forms::default();
    let extractor = Extractor::new();
    let inputs: Vec<PathBuf> = args.map(PathBuf::from).collect();
    let _ = Reader::new().read(&inputs, &mut |read| {
        match read {
            Ok(record) => {
                if let Ok(found) = extractor.extract_record(&record.text, Some(&record.source), &record.metadata) {
                    forms.take(&found);
                }
            }
            Err(error) => eprintln!("{error}"),
        }
        ControlFlow::Continue(())
    });
    if forms.lines.is_empty() || forms.filling.is_empty() {
        eprintln!("synthetic: no line cites a document by its symbol");
        return ExitCode::FAILURE;
    }
    let archive = Archive::new(&forms, documents, seed);
    let mut out = BufWriter::with_capacity(1 << 20, std::io::stdout().lock());
    for at in 0..documents {
        if let Err(error) = writeln!(out, "{}", archive.record(at)) {
            eprintln!("synthetic: {error}");
            return ExitCode::FAILURE;
        }
    }
    eprintln!("{} forms, {} codes, {} lines between", forms.lines.len(), forms.codes.len(), forms.filling.len());
    if out.flush().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What comes between the number of a symbol and its code: `/2020/`, `/` or `-`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Between {
    Year,
    Stroke,
    Hyphen,
}

/// The end of a symbol with all that goes with it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Code {
    text: String,
    between: Between,
    doc_type: &'static str,
    issuer: String,
}

impl Code {
    fn symbol(&self, year: u64, number: u64) -> String {
        let text = &self.text;
        match self.between {
            Between::Year => format!("{number:02}/{year}/{text}"),
            Between::Stroke => format!("{number}/{text}"),
            Between::Hyphen => format!("{number}-{text}"),
        }
    }
}

/// A line of a real text: pieces of words, with slots after all but the last.
#[derive(Debug)]
struct Line {
    pieces: Vec<String>,
    slots: Vec<Slot>,
}

/// What stands between two pieces.
#[derive(Debug, Clone, Copy)]
enum Slot {
    /// The symbol of a document of this code.
    Symbol(usize),
    /// The date of the document named last, in words or in figures, after the word for a day or with it.
    Date { words: bool, day: bool },
}

/// What was taken from the real texts.
#[derive(Debug, Default)]
struct Forms {
    lines: Vec<Line>,
    filling: Vec<String>,
    codes: Vec<Code>,
    numbers: HashMap<Code, usize>,
    /// The code of each citation, in the order of the texts.
    drawn: Vec<usize>,
}

impl Forms {
    fn take(&mut self, found: &Extraction<'_>) {
        let mut start = 0;
        let mut citations = found.citations.iter().peekable();
        for text in found.text.split_inclusive('\n') {
            let end = start + text.len();
            let line = text.trim_end();
            let mut slots: Vec<(usize, usize, Slot)> = Vec::new();
            while let Some(citation) = citations.next_if(|citation| (citation.core.start as usize) < end) {
                self.slots(found, citation, start, line.len(), &mut slots);
            }
            start = end;
            if !LINES.contains(&line.len()) {
                continue;
            }
            slots.sort_unstable_by_key(|(start, ..)| *start);
            slots.dedup_by(|later, before| later.0 < before.1);
            if slots.iter().any(|(.., slot)| matches!(slot, Slot::Symbol(_))) {
                let mut pieces = Vec::new();
                let mut at = 0;
                for (from, to, _) in &slots {
                    pieces.push(line.get(at..*from).unwrap_or_default().to_owned());
                    at = *to;
                }
                pieces.push(line.get(at..).unwrap_or_default().to_owned());
                self.lines.push(Line { pieces, slots: slots.into_iter().map(|(.., slot)| slot).collect() });
            } else {
                self.filling.push(line.to_owned());
            }
        }
    }

    /// The symbol and the date of a citation, as places in its line.
    fn slots(
        &mut self,
        found: &Extraction<'_>,
        citation: &Citation,
        start: usize,
        length: usize,
        slots: &mut Vec<(usize, usize, Slot)>,
    ) {
        let inside = |span: viendan::Span| {
            let (from, to) = (span.start as usize, span.end as usize);
            (from >= start && to <= start + length).then(|| (from - start, to - start))
        };
        let Some(code) = code(found, citation) else { return };
        let Some((from, to)) = citation.parts.symbol.and_then(inside) else { return };
        let known = self.codes.len();
        let number = *self.numbers.entry(code.clone()).or_insert(known);
        if number == known {
            self.codes.push(code);
        }
        self.drawn.push(number);
        slots.push((from, to, Slot::Symbol(number)));
        if let Some((span, (from, to))) = citation.parts.date.and_then(|span| Some((span, inside(span)?))) {
            let date = found.text.get(span.start as usize..span.end as usize).unwrap_or_default();
            let (words, day) = (date.contains("tháng"), date.starts_with("ngày"));
            slots.push((from, to, Slot::Date { words, day }));
        }
    }
}

/// The code of a document cited by its symbol.
fn code(found: &Extraction<'_>, citation: &Citation) -> Option<Code> {
    let symbol = citation.symbol.as_deref().filter(|_| citation.form == Form::Full)?;
    let end = symbol.find(|c: char| !c.is_ascii_digit())?;
    let rest = symbol.get(end..)?;
    let year =
        rest.get(1..5).filter(|year| rest.get(5..6) == Some("/") && year.bytes().all(|byte| byte.is_ascii_digit()));
    let (between, text) = match (rest.chars().next()?, year) {
        ('/', Some(_)) => (Between::Year, rest.get(6..)?),
        ('/', None) => (Between::Stroke, rest.get(1..)?),
        ('-', None) => (Between::Hyphen, rest.get(1..)?),
        _ => return None,
    };
    let issuer = citation.issuers.first().and_then(|issuer| found.issuer_name(issuer)).unwrap_or_default();
    (end > 0 && text.starts_with(char::is_alphabetic)).then(|| Code {
        text: text.to_owned(),
        between,
        doc_type: citation.doc_type.map_or("cong-van", |kind| kind.code()),
        issuer,
    })
}

/// Numbers that look drawn: the same in every run, on every machine.
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut out = self.0;
        out = (out ^ (out >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        out = (out ^ (out >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        out ^ (out >> 31)
    }

    fn below(&mut self, most: u64) -> u64 {
        self.next() % most.max(1)
    }

    fn one<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let at = self.below(from.len() as u64);
        from.get(usize::try_from(at).unwrap_or(0))
    }
}

/// The documents to be written. Each is known by its number alone: nothing is kept of those that were.
struct Archive<'f> {
    forms: &'f Forms,
    documents: u64,
    seed: u64,
    deck: Vec<usize>,
    /// Where each code stands in the deck.
    places: Vec<Vec<u64>>,
}

impl<'f> Archive<'f> {
    fn new(forms: &'f Forms, documents: u64, seed: u64) -> Self {
        let mut draw = Draw(seed);
        let deck: Vec<usize> = (0..DECK).filter_map(|_| draw.one(&forms.drawn).copied()).collect();
        let mut places = vec![Vec::new(); forms.codes.len()];
        for (at, code) in (0_u64..).zip(&deck) {
            if let Some(places) = places.get_mut(*code) {
                places.push(at);
            }
        }
        Self { forms, documents, seed, deck, places }
    }

    fn code(&self, at: u64) -> Option<&Code> {
        let place = usize::try_from(at % DECK as u64).ok()?;
        self.forms.codes.get(*self.deck.get(place)?)
    }

    /// Year, and number within the year.
    fn number(&self, at: u64) -> (u64, u64) {
        let of_a_year = self.documents.div_ceil(YEARS).max(1);
        (FIRST_YEAR + at / of_a_year, at % of_a_year + 1)
    }

    fn symbol(&self, at: u64) -> String {
        let (year, number) = self.number(at);
        self.code(at).map_or_else(|| number.to_string(), |code| code.symbol(year, number))
    }

    /// Year, month, day.
    fn date(&self, at: u64) -> (u64, u64, u64) {
        let (year, number) = self.number(at);
        let of_a_year = self.documents.div_ceil(YEARS).max(1);
        let day = number.saturating_sub(1) * 336 / of_a_year;
        (year, day / 28 + 1, day % 28 + 1)
    }

    /// An earlier document of a code.
    fn earlier(&self, at: u64, code: usize, draw: &mut Draw) -> Option<u64> {
        let deck = DECK as u64;
        let place = *draw.one(self.places.get(code)?)?;
        let rounds = (at + deck - 1 - place) / deck;
        let round = match draw.below(10) {
            // the oldest, again and again
            0..3 => draw.below(rounds.min(2)),
            3..7 => rounds.checked_sub(1 + draw.below(rounds.min(8)))?,
            _ => draw.below(rounds),
        };
        (rounds > 0).then_some(round * deck + place)
    }

    fn record(&self, at: u64) -> serde_json::Value {
        let mut draw = Draw(self.seed ^ at.wrapping_mul(0xd6e8_feb8_6659_fd93));
        let mut text = String::new();
        for _ in 0..4 + draw.below(9) {
            if let Some(line) = draw.one(&self.forms.lines) {
                self.fill(at, line, &mut draw, &mut text);
            }
            for _ in 0..draw.below(4) {
                text.extend(draw.one(&self.forms.filling).map(String::as_str));
                text.push('\n');
            }
        }
        let (year, month, day) = self.date(at);
        let code = self.code(at);
        serde_json::json!({
            "id": format!("s{at:07}"),
            "symbol": self.symbol(at),
            "type": code.map(|code| code.doc_type),
            "issuer": code.map(|code| code.issuer.as_str()).filter(|issuer| !issuer.is_empty()),
            "issued": format!("{year}-{month:02}-{day:02}"),
            "text": text,
        })
    }

    fn fill(&self, at: u64, line: &Line, draw: &mut Draw, text: &mut String) {
        let mut date = self.date(at);
        let mut slots = line.slots.iter();
        for piece in &line.pieces {
            text.push_str(piece);
            match slots.next() {
                Some(Slot::Symbol(code)) => {
                    if let Some(cited) = self.earlier(at, *code, draw) {
                        date = self.date(cited);
                        text.push_str(&self.symbol(cited));
                    } else if let Some(code) = self.forms.codes.get(*code) {
                        // older than the archive, and not in it
                        date = (FIRST_YEAR - 1, 1 + draw.below(12), 1 + draw.below(28));
                        text.push_str(&code.symbol(date.0, 1 + draw.below(300)));
                    }
                }
                Some(Slot::Date { words, day: with }) => {
                    let (year, month, day) = date;
                    text.push_str(if *with { "ngày " } else { "" });
                    text.push_str(&if *words {
                        format!("{day:02} tháng {month:02} năm {year}")
                    } else {
                        format!("{day:02}/{month:02}/{year}")
                    });
                }
                None => {}
            }
        }
        text.push('\n');
    }
}
