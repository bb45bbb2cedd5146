//! `viendan worklist`

use crate::args::{Format, Worklist};
use crate::output::{line, short, table};
use crate::status::{Done, Stop};
use crate::{grammar, pipeline};
use std::io::{BufWriter, IsTerminal as _, Write as _};
use viendan::{UnknownKind, WireWork, WorkItem, WorkList};

/// Characters of a name and of an example in a table.
const NAME: usize = 48;
const EXAMPLE: usize = 100;

pub(crate) fn run(args: &Worklist) -> Result<Done, Stop> {
    let extractor = grammar::extractor(&args.inputs.reading.grammar)?;
    let format = args.format.unwrap_or(if std::io::stdout().is_terminal() { Format::Table } else { Format::Jsonl });
    let mut list = WorkList::new();
    let done = pipeline::run(
        &args.inputs.inputs,
        &args.inputs.reading,
        |record| {
            let mut one = WorkList::new();
            one.add(&extractor.extract_record(&record.text, Some(&record.source), &record.metadata)?);
            Ok(one)
        },
        |one| {
            list.append(one);
            Ok(())
        },
    )?;
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    for kind in UnknownKind::ALL {
        let mut items = list.items(*kind);
        let all = items.len();
        items.truncate(args.limit);
        let text = match format {
            Format::Jsonl => items.iter().map(object).collect::<Result<_, _>>()?,
            Format::Table => readable(*kind, &items, all),
        };
        out.write_all(text.as_bytes())?;
    }
    out.flush()?;
    Ok(done)
}

fn object(item: &WorkItem) -> serde_json::Result<String> {
    let mut line = serde_json::to_string(&WireWork::new(item))?;
    line.push('\n');
    Ok(line)
}

fn readable(kind: UnknownKind, items: &[WorkItem], all: usize) -> String {
    let title = match kind {
        UnknownKind::Code => "codes of symbols",
        UnknownKind::Type => "words before symbols",
        UnknownKind::Issuer => "bodies",
        _ => kind.code(),
    };
    let mut text = line(0, &format!("{title} that no table knows: {} of {all}", items.len()));
    if !items.is_empty() {
        let mut rows = table(&["COUNT", "TEXTS", "NAME", "EXAMPLE"]);
        for item in items {
            rows.add_row([
                item.count.to_string(),
                item.documents.to_string(),
                short(&item.name, NAME),
                short(&item.example.text, EXAMPLE),
            ]);
        }
        text.push_str(&rows.trim_fmt());
        text.push('\n');
    }
    text.push('\n');
    text
}
