//! Reader of the grammar's tables: tab-separated values, one header line, `#` comment lines.

use crate::error::Error;

/// A table with its name, for errors.
#[derive(Debug, Clone)]
pub(crate) struct Table<'t> {
    file: &'t str,
    header: Vec<&'t str>,
    rows: Vec<Row<'t>>,
}

/// One data row: the line it stands on (from 1) and its cells.
#[derive(Debug, Clone)]
pub(crate) struct Row<'t> {
    line: usize,
    cells: Vec<&'t str>,
}

impl<'t> Table<'t> {
    /// Reads `text`. Every row must have as many cells as the header; `wanted` columns must all be there.
    pub(crate) fn read(file: &'t str, text: &'t str, wanted: &[&str]) -> Result<Self, Error> {
        let mut lines = text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line))
            .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let Some((head_line, head)) = lines.next() else {
            return Err(Error::table(file, 1, 1, "no header line"));
        };
        let header: Vec<&str> = head.split('\t').map(str::trim).collect();
        for name in wanted {
            if !header.contains(name) {
                return Err(Error::table(file, head_line, 1, format!("column `{name}` is missing")));
            }
        }
        let mut rows = Vec::new();
        for (line, text) in lines {
            let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
            if cells.len() != header.len() {
                return Err(Error::table(
                    file,
                    line,
                    text.chars().count() + 1,
                    format!("{} cells where the header has {}", cells.len(), header.len()),
                ));
            }
            rows.push(Row { line, cells });
        }
        Ok(Self { file, header, rows })
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = Cells<'_, 't>> {
        self.rows.iter().map(|row| Cells { table: self, row })
    }
}

/// A row seen through the header.
#[derive(Clone, Copy)]
pub(crate) struct Cells<'a, 't> {
    table: &'a Table<'t>,
    row: &'a Row<'t>,
}

impl<'t> Cells<'_, 't> {
    fn index(&self, column: &str) -> Option<usize> {
        self.table.header.iter().position(|name| *name == column)
    }

    /// The cell under `column`, empty when there is no such column.
    pub(crate) fn get(&self, column: &str) -> &'t str {
        self.index(column).and_then(|index| self.row.cells.get(index)).copied().unwrap_or("")
    }

    /// The parts of a cell that holds several values separated by `;`.
    pub(crate) fn list(&self, column: &str) -> impl Iterator<Item = &'t str> + use<'t> {
        self.get(column).split(';').map(str::trim).filter(|part| !part.is_empty())
    }

    /// An error at `column` of this row; the column number counts characters from 1.
    pub(crate) fn error(&self, column: &str, message: impl AsRef<str>) -> Error {
        let index = self.index(column).unwrap_or(0);
        let before: usize = self.row.cells.iter().take(index).map(|cell| cell.chars().count() + 1).sum();
        Error::table(self.table.file, self.row.line, before + 1, message)
    }

    /// The cell, or an error when it is empty.
    pub(crate) fn required(&self, column: &str) -> Result<&'t str, Error> {
        let cell = self.get(column);
        if cell.is_empty() { Err(self.error(column, format!("`{column}` is empty"))) } else { Ok(cell) }
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn errors_name_file_line_and_column() {
        let wrong = |text| Table::read("own.tsv", text, &["a", "b"]).map(|_| ()).unwrap_err().to_string();
        assert_eq!(wrong(""), "own.tsv:1:1: no header line");
        assert_eq!(wrong("a\tc\n"), "own.tsv:1:1: column `b` is missing");
        assert_eq!(wrong("a\tb\nx\ty\n# note\nx\n"), "own.tsv:4:2: 1 cells where the header has 2");
        let table = Table::read("own.tsv", "a\tb\nđiều\tz\n", &["a", "b"]).unwrap();
        let row = table.rows().next().unwrap();
        assert_eq!(row.error("b", "unknown").to_string(), "own.tsv:2:6: unknown");
    }
}
