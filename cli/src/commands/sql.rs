//! `viendan sql`

use crate::args::{ListFormat, Sql};
use crate::output::table;
use crate::status::{Done, Stop};
use std::cell::RefCell;
use std::fmt::Write as _;
use std::io::{BufWriter, IsTerminal as _, Write};
use std::ops::ControlFlow;
use std::time::Duration;
use viendan::{ErrorKind, SqlValue, Store};

pub(crate) fn run(args: &Sql) -> Result<Done, Stop> {
    let format =
        args.format.unwrap_or(if std::io::stdout().is_terminal() { ListFormat::Table } else { ListFormat::Jsonl });
    let mut store = Store::open(&args.store)?;
    let columns: RefCell<Vec<String>> = RefCell::default();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut out = Lines::new(format);
    let mut failed = None;
    store
        .sql(
            &args.statement,
            Duration::from_secs(args.time_limit),
            &mut |names| columns.replace(names.iter().map(|name| (*name).to_owned()).collect()).clear(),
            &mut |values| {
                if format == ListFormat::Table {
                    rows.push(values.iter().map(plain).collect());
                    return ControlFlow::Continue(());
                }
                match out.row(&columns.borrow(), values) {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(error) => {
                        failed = Some(error);
                        ControlFlow::Break(())
                    }
                }
            },
        )
        .map_err(|error| match error.kind() {
            ErrorKind::Unknown => Stop::Use(error.to_string()),
            _ => error.into(),
        })?;
    let columns = columns.into_inner();
    if let Some(error) = failed {
        return Err(error.into());
    }
    if format == ListFormat::Table {
        let header: Vec<&str> = columns.iter().map(String::as_str).collect();
        let mut shown = table(&header);
        shown.add_rows(rows);
        writeln!(std::io::stdout(), "{}", shown.trim_fmt())?;
    } else {
        out.finish(&columns)?;
    }
    Ok(Done::All)
}

/// Rows that are written as they come.
struct Lines {
    out: Out,
    fresh: bool,
}

enum Out {
    Json(BufWriter<std::io::StdoutLock<'static>>),
    Csv(Box<csv::Writer<std::io::StdoutLock<'static>>>),
}

impl Lines {
    fn new(format: ListFormat) -> Self {
        let stdout = std::io::stdout().lock();
        let out = match format {
            ListFormat::Csv => Out::Csv(Box::new(csv::Writer::from_writer(stdout))),
            _ => Out::Json(BufWriter::new(stdout)),
        };
        Self { out, fresh: true }
    }

    fn row(&mut self, columns: &[String], values: &[SqlValue<'_>]) -> std::io::Result<()> {
        self.header(columns)?;
        match &mut self.out {
            Out::Json(out) => {
                let mut line = String::from("{");
                for (index, (name, value)) in columns.iter().zip(values).enumerate() {
                    line.push_str(if index > 0 { "," } else { "" });
                    line.push_str(&serde_json::Value::from(name.as_str()).to_string());
                    line.push(':');
                    line.push_str(&json(value).to_string());
                }
                line.push_str("}\n");
                out.write_all(line.as_bytes())
            }
            Out::Csv(out) => Ok(out.write_record(values.iter().map(plain))?),
        }
    }

    fn header(&mut self, columns: &[String]) -> std::io::Result<()> {
        if std::mem::take(&mut self.fresh)
            && let Out::Csv(out) = &mut self.out
        {
            out.write_record(columns)?;
        }
        Ok(())
    }

    fn finish(mut self, columns: &[String]) -> std::io::Result<()> {
        self.header(columns)?;
        match &mut self.out {
            Out::Json(out) => out.flush(),
            Out::Csv(out) => out.flush(),
        }
    }
}

fn json(value: &SqlValue<'_>) -> serde_json::Value {
    match value {
        SqlValue::Integer(value) => (*value).into(),
        SqlValue::Real(value) => (*value).into(),
        SqlValue::Null => serde_json::Value::Null,
        SqlValue::Text(_) | SqlValue::Blob(_) => plain(value).into(),
    }
}

/// As words; bytes as hexadecimal figures.
fn plain(value: &SqlValue<'_>) -> String {
    match value {
        SqlValue::Null => String::new(),
        SqlValue::Integer(value) => value.to_string(),
        SqlValue::Real(value) => value.to_string(),
        SqlValue::Text(value) => (*value).to_owned(),
        SqlValue::Blob(bytes) => bytes.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        }),
    }
}
