//! `viendan show`

use crate::args::{CardFormat, Show};
use crate::load::{named, the_one};
use crate::output::{line, proof, summary, texts, title_line};
use crate::status::{Done, Stop};
use crate::{grammar, load, provision, times};
use std::io::{BufWriter, Write as _};
use viendan::{Card, Changes, CitationGraph, CorpusDocument, CorpusText, OpenMention, Provision, Related, WireCard};

pub(crate) fn run(args: &Show) -> Result<Done, Stop> {
    let extractor = grammar::extractor(&args.input.reading.grammar)?;
    let name = args.name.join(" ");
    named(&name)?;
    let day = args.on.as_deref().map(|text| times::day("--on", text)).transpose()?;
    let provisions = provision::read(&extractor, "--provision", &args.provisions)?;
    let loaded = load::graph(&args.input.all(), &args.input.reading, &extractor)?;
    let graph = &loaded.graph;
    let node = the_one(graph, &name)?;
    if let Some(card) = graph.card(node) {
        let validity = day.and_then(|day| graph.validity(node, day));
        let asked: Vec<Option<&Provision>> =
            if provisions.is_empty() { vec![None] } else { provisions.iter().map(Some).collect() };
        let changes: Vec<Changes<'_>> = day
            .into_iter()
            .flat_map(|day| asked.iter().filter_map(move |provision| graph.changes(node, *provision, day)))
            .collect();
        let mut out = BufWriter::new(anstream::stdout().lock());
        match args.format {
            CardFormat::Table => {
                let times = validity.iter().map(|validity| times::all(graph, validity));
                let times = times.chain(changes.iter().map(|changes| times::changes(graph, changes))).collect();
                out.write_all(Page::of(graph, &card, times, args.limit).as_bytes())?;
            }
            CardFormat::Jsonl => {
                let wire = WireCard::new(graph, &card).changes(&changes);
                let wire = validity.as_ref().map_or(wire, |validity| wire.in_force(validity));
                let object = serde_json::to_string(&wire)?;
                writeln!(out, "{object}")?;
            }
        }
        out.flush()?;
    }
    Ok(loaded.done)
}

/// The card for people, section by section; a section without entries is left out.
struct Page<'p, 'g> {
    graph: &'g CitationGraph,
    card: &'p Card<'g>,
    limit: usize,
    /// As of the day asked about.
    times: String,
    text: String,
}

impl<'p, 'g> Page<'p, 'g> {
    fn of(graph: &'g CitationGraph, card: &'p Card<'g>, times: String, limit: usize) -> String {
        let mut page = Self { graph, card, limit, times, text: title_line(&summary(card.document)) };
        page.identity(card.document);
        page.validity();
        let wordings = &card.document.wordings;
        page.section("cited as", wordings, |_, wording| {
            vec![line(2, &format!("{} × {}", wording.count, wording.text))]
        });
        page.section("what it rests on", &card.rests_on, Self::related);
        page.section("what rests on it", &card.rest_on_it, Self::related);
        page.section("what the texts disagree on", &card.conflicts, |_, conflict| {
            let mut lines = vec![line(2, conflict.field)];
            lines.extend(conflict.values.iter().map(|(value, source)| line(4, &format!("{value} ({source})"))));
            lines
        });
        let doubts: Vec<_> =
            card.texts.iter().flat_map(|text| text.doubts.iter().map(move |doubt| (text, doubt))).collect();
        page.section("doubts about its text", &doubts, |_, (text, doubt)| {
            vec![line(2, &format!("{} ({}, {:?})", doubt.message, text.source, doubt.span))]
        });
        let open: Vec<_> = card.texts.iter().flat_map(|text| text.open.iter().map(move |open| (*text, open))).collect();
        page.section("mentions in its text that mean no one document", &open, Self::open);
        page.section("mentions it stands for, and what they may mean", &card.stands_for, Self::open);
        page.section("mentions in any text that may mean it", &card.may_mean, Self::open);
        page.text
    }

    /// A heading and at most so many entries; those left out are counted.
    fn section<T>(&mut self, title: &str, entries: &[T], lines: impl Fn(&Self, &T) -> Vec<String>) {
        if entries.is_empty() {
            return;
        }
        self.text.push('\n');
        self.text.push_str(&title_line(&format!("{title} ({})", entries.len())));
        for entry in entries.iter().take(self.limit) {
            let lines = lines(self, entry).concat();
            self.text.push_str(&lines);
        }
        let left_out = entries.len().saturating_sub(self.limit);
        if left_out > 0 {
            self.text.push_str(&line(2, &format!("and {left_out} more (--limit)")));
        }
    }

    fn field(&mut self, name: &str, value: &str) {
        self.text.push_str(&line(2, &format!("{name}: {value}")));
    }

    fn identity(&mut self, document: &CorpusDocument) {
        self.field("key", document.key.as_str());
        if let Some(urn) = &document.urn {
            self.field("urn", urn);
        }
        // the label has the name of a work without a number, and the title of one without both
        if let Some(name) = document.symbol.as_ref().and(document.name.as_ref()) {
            self.field("name", name);
        }
        if let Some(title) = &document.title {
            self.field("title", title);
        }
        let date = match (document.date, &document.date_from) {
            (Some(date), Some(from)) => format!("{date} (from {}: {})", from.from, from.source),
            (Some(date), None) => date.to_string(),
            (None, _) => document.year.map_or_else(|| "not known".to_owned(), |year| format!("{year}, no day known")),
        };
        self.field("issued", &date);
        let issuers: Vec<&str> = document.issuers.iter().map(|body| &*body.name).collect();
        self.field("issuer", if issuers.is_empty() { "not known".to_owned() } else { issuers.join(", ") }.as_str());
        let named = |key: &viendan::Key| {
            let other = self.graph.node(key.as_str()).and_then(|node| self.graph.document(node));
            other.map_or_else(|| key.to_string(), CorpusDocument::label)
        };
        if let Some(parent) = &document.parent {
            self.field("issued with", &named(parent));
        }
        for joined in &document.joined {
            let on = joined.on.join(", ");
            self.field("also", &format!("{} in {}, by {on}", joined.key, joined.source));
        }
        if !document.candidates.is_empty() {
            let names: Vec<String> = document.candidates.iter().map(named).collect();
            self.field("may be", &names.join(", "));
        }
        let sources: Vec<&str> = document.sources.iter().map(AsRef::as_ref).collect();
        self.field(
            "text",
            if sources.is_empty() { "none, only mentioned".to_owned() } else { sources.join(", ") }.as_str(),
        );
        self.field("mentioned in", &texts(document.mentions));
    }

    /// What is known of its times: its own date of effect, and what has changed it.
    fn validity(&mut self) {
        let document = self.card.document;
        let effective = match (document.effective, &document.effective_from) {
            (Some(date), Some(from)) => format!("{date} (from {}: {})", from.from, from.source),
            (Some(date), None) => date.to_string(),
            (None, _) => "not known".to_owned(),
        };
        self.field("in effect from", &effective);
        self.text.push_str(&std::mem::take(&mut self.times));
        let changes: Vec<Related> = self.card.changed_by().collect();
        self.section("changed by", &changes, Self::related);
    }

    fn related(&self, other: &Related) -> Vec<String> {
        let name = self.graph.document(other.node).map(summary).unwrap_or_default();
        let mut lines = vec![line(2, &format!("{} {name}", other.relation))];
        let mut facts = self.graph.evidence(other.edge);
        lines.extend(facts.next().map(|fact| line(4, &proof(&fact.evidence))));
        let more = facts.count();
        lines.extend((more > 0).then(|| line(4, &format!("and {more} more clauses"))));
        lines
    }

    fn open(&self, (text, open): &(&CorpusText, &OpenMention)) -> Vec<String> {
        let mut lines = vec![line(2, &format!("“{}” {} ({}, {:?})", open.words, open.reason, text.source, open.span))];
        let name = |key: &viendan::Key| {
            let document = self.graph.node(key.as_str()).and_then(|node| self.graph.document(node));
            document.map_or_else(|| key.to_string(), CorpusDocument::label)
        };
        lines.extend(open.candidates.iter().map(|key| line(4, &name(key))));
        lines
    }
}
