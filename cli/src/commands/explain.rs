//! `viendan explain`

use crate::args::Explain;
use crate::grammar;
use crate::output::short;
use crate::status::{Done, Stop};
use std::io::Write as _;
use std::ops::ControlFlow;
use viendan::{AnchorKind, Explanation, Reader, Record, Span};

pub(crate) fn run(args: &Explain) -> Result<Done, Stop> {
    let extractor = grammar::extractor(&args.grammar)?;
    let record = one_text(args)?;
    let explanation =
        extractor.explain(&record.text, args.at).map_err(|error| Stop::Use(format!("{}: {error}", record.source)))?;
    let mut out = std::io::stdout().lock();
    out.write_all(told(&explanation).as_bytes())?;
    Ok(Done::All)
}

/// The first text of the file.
fn one_text(args: &Explain) -> Result<Record, Stop> {
    let mut first = None;
    let _ = Reader::new().read(std::slice::from_ref(&args.file), &mut |read| {
        first = Some(read);
        ControlFlow::Break(())
    });
    match first {
        Some(read) => Ok(read?),
        None => Err(Stop::Failed(format!("{}: no text", args.file.display()))),
    }
}

fn told(explanation: &Explanation<'_>) -> String {
    let extraction = &explanation.extraction;
    let at = explanation.at;
    let mut text = String::new();
    let words = |span: Span| short(&extraction.folded(span), 100);
    if !explanation.covered {
        text.push_str(&format!("byte {at}: nothing was read here; the places next to it that were looked at:\n"));
    }
    for anchor in &explanation.anchors {
        let what = match anchor.kind {
            AnchorKind::Slash => "slash".to_owned(),
            AnchorKind::Type(doc_type) => format!("type word, {doc_type}"),
            AnchorKind::Unit(unit) => format!("unit word, {unit}"),
            AnchorKind::Acronym => "acronym of a law".to_owned(),
            AnchorKind::Alias => "definition of an alias".to_owned(),
            AnchorKind::Nothing => "only looks like a type or unit word".to_owned(),
            _ => "not looked at: the reading before has taken it".to_owned(),
        };
        text.push_str(&format!("anchor {:?} “{}” ({what})\n", anchor.span, words(anchor.span)));
        for tried in &anchor.tried {
            match tried.matched {
                Some(span) => text.push_str(&format!("  {:<14} won {span:?} “{}”\n", tried.production, words(span))),
                None => text.push_str(&format!("  {:<14} no\n", tried.production)),
            }
        }
        if anchor.tried.is_empty() && !anchor.passed {
            text.push_str("  nothing to try\n");
        }
    }
    for (index, citation) in extraction.citations.iter().enumerate().filter(|(_, citation)| covers(citation.span, at)) {
        text.push_str(&format!(
            "citation {index} ({}) {:?} “{}”\n",
            citation.form,
            citation.core,
            words(citation.core)
        ));
        match extraction.target(citation) {
            Some(document) => text.push_str(&format!("  means {}\n", document.key)),
            None if citation.target == viendan::Target::Own => text.push_str("  means the document itself\n"),
            None => text.push_str(&format!(
                "  means nothing known{}\n",
                citation.unresolved.map(|reason| format!(": {reason}")).unwrap_or_default()
            )),
        }
    }
    for provisions in extraction.provisions.iter().filter(|provisions| covers(provisions.span, at)) {
        let paths: Vec<&str> = provisions.provisions.iter().map(viendan::Provision::as_str).collect();
        text.push_str(&format!("provisions {:?} {}\n", provisions.span, paths.join(" ")));
    }
    for relation in extraction.relations.iter().filter(|relation| !relation.in_title && covers(relation.evidence, at)) {
        let rule = if relation.rule.is_empty() { "no cue" } else { &relation.rule };
        text.push_str(&format!(
            "relation {} ({rule}) {:?} “{}”\n",
            relation.relation,
            relation.evidence,
            words(relation.evidence)
        ));
    }
    for doubt in extraction.diagnostics.iter().filter(|doubt| covers(doubt.span, at)) {
        text.push_str(&format!("doubt {}: {}\n", doubt.code, doubt.message));
    }
    text
}

fn covers(span: Span, at: u32) -> bool {
    span.start <= at && at < span.end
}
