//! The tables as the tests read them: plain cells, and the extraction of an example as JSON.

use serde_json::Value;
use std::sync::{Arc, LazyLock};
use viendan::{Extractor, GrammarTable, Lexicon, WireDocument};

/// A table's header and its rows; each row with the number of its line.
pub(crate) struct Rows {
    pub(crate) table: GrammarTable,
    header: Vec<&'static str>,
    lines: Vec<(usize, Vec<&'static str>)>,
}

/// A row seen through the header.
#[derive(Clone, Copy)]
pub(crate) struct Row<'r> {
    rows: &'r Rows,
    pub(crate) line: usize,
    cells: &'r [&'static str],
}

impl Rows {
    pub(crate) fn of(table: GrammarTable) -> Self {
        let mut lines = table.built_in().lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
        let (_, head) = lines.next().expect("a header line");
        let rows = lines.map(|(index, line)| (index + 1, line.split('\t').collect())).collect();
        Self { table, header: head.split('\t').collect(), lines: rows }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.lines.iter().map(|(line, cells)| Row { rows: self, line: *line, cells })
    }
}

impl Row<'_> {
    pub(crate) fn get(&self, column: &str) -> &'static str {
        let index = self.rows.header.iter().position(|name| *name == column);
        index.and_then(|index| self.cells.get(index)).expect("a column of the table")
    }

    pub(crate) fn list(&self, column: &str) -> impl Iterator<Item = &'static str> {
        self.get(column).split(';').filter(|part| !part.is_empty())
    }

    /// `words.tsv:12`, the place of a complaint.
    pub(crate) fn place(&self) -> String {
        format!("{}:{}", self.rows.table.file_name(), self.line)
    }

    /// The built-in tables without this row.
    pub(crate) fn removed(&self) -> Extractor {
        let table = self.rows.table;
        let rest: Vec<&str> =
            table.built_in().lines().enumerate().filter(|(index, _)| index + 1 != self.line).map(|(_, l)| l).collect();
        let lexicon = Lexicon::builder().replace(table, table.file_name(), rest.join("\n")).build();
        Extractor::with_lexicon(Arc::new(lexicon.expect("a table without one row is a table")))
    }
}

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

/// The extraction of a text with the built-in tables.
pub(crate) fn read(text: &str) -> Value {
    read_with(&EXTRACTOR, text)
}

pub(crate) fn read_with(extractor: &Extractor, text: &str) -> Value {
    let found = extractor.extract(text).expect("a short text");
    serde_json::to_value(WireDocument::new(&found)).expect("plain data")
}

/// The entries of one of the lists of an extraction.
pub(crate) fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

/// True when a citation satisfies `want`, or the text's own header does.
pub(crate) fn some_document(value: &Value, want: impl Fn(&Value) -> bool) -> bool {
    want(&value["document"]) || list(value, "citations").iter().any(want)
}

/// Fails with all complaints at once.
pub(crate) fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "{} rows:\n{}", complaints.len(), complaints.join("\n"));
}
