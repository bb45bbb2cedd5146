//! `viendan find`

use crate::args::{Find, ListFormat};
use crate::load::{named, none_called};
use crate::output::{DOCUMENT_COLUMNS, document_fields, line, summary, table, texts, title_line, width};
use crate::status::{Done, Stop};
use crate::{grammar, load};
use std::io::{BufWriter, Write as _};
use viendan::{CitationGraph, CorpusDocument, Match, WireMatch};

/// Columns from which on five of them can be read beside one another.
const WIDE: u16 = 80;

pub(crate) fn run(args: &Find) -> Result<Done, Stop> {
    let extractor = grammar::extractor(&args.input.reading.grammar)?;
    let wanted = args.words.join(" ");
    named(&wanted)?;
    let loaded = load::graph(&args.input.all(), &args.input.reading, &extractor)?;
    let found = loaded.graph.search(&wanted);
    if found.matches.is_empty() {
        return Err(Stop::Failed(none_called(&wanted, found.nearest)));
    }
    let shown = found.matches.get(..args.limit).unwrap_or(&found.matches);
    write(&loaded.graph, shown, args.format)?;
    if shown.len() < found.matches.len() {
        anstream::eprintln!("viendan: the first {} of {} documents", shown.len(), found.matches.len());
    }
    Ok(loaded.done)
}

fn write(graph: &CitationGraph, matches: &[Match], format: ListFormat) -> Result<(), Stop> {
    let mut out = BufWriter::new(anstream::stdout().lock());
    match format {
        ListFormat::Table if width().is_some_and(|width| width < WIDE) => {
            for document in matches.iter().filter_map(|found| graph.document(found.node)) {
                out.write_all(paragraph(document).as_bytes())?;
            }
        }
        ListFormat::Table => {
            let mut rows = table(&["TEXTS", "DOCUMENT", "DATE", "ISSUER", "NAME OR TITLE"]);
            for document in matches.iter().filter_map(|found| graph.document(found.node)) {
                rows.add_row(cells(document));
            }
            writeln!(out, "{}", rows.trim_fmt())?;
        }
        ListFormat::Jsonl => {
            for found in matches {
                let object = serde_json::to_string(&WireMatch::new(graph, *found))?;
                writeln!(out, "{object}")?;
            }
        }
        ListFormat::Csv => {
            let mut rows = csv::Writer::from_writer(&mut out);
            rows.write_record(["how", "exact", "mentions"].into_iter().chain(DOCUMENT_COLUMNS))?;
            for found in matches {
                let Some(document) = graph.document(found.node) else { continue };
                let how = [found.how.code().to_owned(), found.exact.to_string(), document.mentions.to_string()];
                rows.write_record(how.into_iter().chain(document_fields(document)))?;
            }
            rows.flush()?;
        }
    }
    out.flush()?;
    Ok(())
}

/// The name or title; a work without a number is called by its name already.
fn name(document: &CorpusDocument) -> Option<&str> {
    document.symbol.as_ref().and(document.name.as_deref()).or(document.title.as_deref())
}

/// A document where a table has no room.
fn paragraph(document: &CorpusDocument) -> String {
    let mut text = title_line(&summary(document));
    text.extend(name(document).map(|name| line(2, name)));
    text.push_str(&line(2, &format!("mentioned in {}", texts(document.mentions))));
    text
}

fn cells(document: &CorpusDocument) -> [String; 5] {
    let issuers: Vec<&str> = document.issuers.iter().map(|body| &*body.name).collect();
    [
        document.mentions.to_string(),
        document.label(),
        document.date.map(|date| date.to_string()).unwrap_or_default(),
        issuers.join(", "),
        name(document).unwrap_or_default().to_owned(),
    ]
}
