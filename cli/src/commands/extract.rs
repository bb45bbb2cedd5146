//! `viendan extract`

use crate::args::{Extract, Format};
use crate::output::{line, short, table};
use crate::status::{Done, Stop};
use crate::texts::Texts;
use crate::{grammar, pipeline};
use std::io::{BufWriter, IsTerminal as _, Write as _};
use viendan::{Citation, Extraction, Target, WireDocument};

pub(crate) fn run(args: &Extract) -> Result<Done, Stop> {
    let extractor = grammar::extractor(&args.inputs.reading.grammar)?;
    let format = args.format.unwrap_or(if std::io::stdout().is_terminal() { Format::Table } else { Format::Jsonl });
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let mut texts = args.emit_text.as_deref().map(Texts::create).transpose()?;
    let emits = texts.is_some();
    let done = pipeline::run(
        &args.inputs.inputs,
        &args.inputs.reading,
        |record| {
            let extraction = extractor.extract_record(&record.text, Some(&record.source), &record.metadata)?;
            let found = match format {
                Format::Jsonl => object(&extraction),
                Format::Table => Ok(readable(&extraction)),
            };
            Ok((found, emits.then_some((record.source, record.text))))
        },
        |(found, text)| {
            if let (Some(texts), Some((source, text))) = (&mut texts, text) {
                texts.write(&source, &text)?;
            }
            Ok(out.write_all(found?.as_bytes())?)
        },
    )?;
    out.flush()?;
    texts.map_or(Ok(()), Texts::finish)?;
    Ok(done)
}

fn object(extraction: &Extraction<'_>) -> serde_json::Result<String> {
    let mut line = serde_json::to_string(&WireDocument::new(extraction))?;
    line.push('\n');
    Ok(line)
}

/// For people: the document, its citations, its relations, its doubts.
fn readable(extraction: &Extraction<'_>) -> String {
    let mut text = line(0, &heading(extraction));
    let mut citations = table(&["FORM", "CITATION", "PROVISIONS", "DOCUMENT"]);
    for citation in &extraction.citations {
        let provisions: Vec<&str> = citation.provisions.iter().map(viendan::Provision::as_str).collect();
        citations.add_row([
            citation.form.code().to_owned(),
            short(&extraction.folded(citation.core), 120),
            provisions.join(" "),
            meant(extraction, citation),
        ]);
    }
    if !extraction.citations.is_empty() {
        text.push_str(&citations.trim_fmt());
        text.push('\n');
    }
    for relation in &extraction.relations {
        let node = |node| match node {
            viendan::Node::Own => "the document".to_owned(),
            viendan::Node::Document(index) => label(extraction, index),
        };
        text.push_str(&line(0, &format!("{} {} {}", node(relation.source), relation.relation, node(relation.target))));
        let words = if relation.in_title {
            own_title(extraction, relation.evidence)
        } else {
            extraction.folded(relation.evidence)
        };
        text.push_str(&line(4, &format!("“{}”", short(&words, 160))));
    }
    for doubt in &extraction.diagnostics {
        text.push_str(&line(0, &format!("{} at byte {}: {}", doubt.code, doubt.span.start, doubt.message)));
    }
    text.push('\n');
    text
}

fn heading(extraction: &Extraction<'_>) -> String {
    let own = &extraction.document;
    let kind = own.doc_type.map(|doc_type| extraction.lexicon().type_name(doc_type).to_owned());
    let symbol = own.symbol.as_ref().or(own.number.as_ref()).map(ToString::to_string);
    let date = own.date.map(|date| date.to_string());
    let parts: Vec<String> =
        [kind, symbol, date, own.issuer_name.clone(), own.title.as_ref().map(|title| short(title, 120))]
            .into_iter()
            .flatten()
            .collect();
    let source = extraction.source.as_deref().unwrap_or("-");
    if parts.is_empty() { source.to_owned() } else { format!("{source}: {}", parts.join(" · ")) }
}

/// What a reader would call a document.
fn label(extraction: &Extraction<'_>, index: u32) -> String {
    let Some(document) = extraction.documents.get(index as usize) else { return String::new() };
    let kind = document.doc_type.map_or("", |doc_type| extraction.lexicon().type_name(doc_type));
    let name = document.symbol.as_deref().or(document.name.as_deref()).or(document.number.as_deref());
    name.map_or_else(|| document.key.to_string(), |name| short(format!("{kind} {name}").trim_start(), 100))
}

/// Words of the title that was given beside the text.
fn own_title(extraction: &Extraction<'_>, span: viendan::Span) -> String {
    extraction.document.title.as_deref().map_or_else(String::new, |title| span.of(title).to_owned())
}

fn meant(extraction: &Extraction<'_>, citation: &Citation) -> String {
    let one = match citation.target {
        Target::Own => "the document".to_owned(),
        Target::Document(index) => label(extraction, index),
        Target::None => citation.targets.iter().map(|index| label(extraction, *index)).collect::<Vec<_>>().join("; "),
    };
    match citation.unresolved {
        Some(reason) if one.is_empty() => reason.code().to_owned(),
        Some(reason) => format!("{one} ({})", reason.code()),
        None => one,
    }
}
