//! Text for people: tables and lines that fit the terminal.

use anstyle::Style;
use comfy_table::{ContentArrangement, Table, presets};
use unicode_width::UnicodeWidthChar as _;
use viendan::{CorpusDocument, Evidence};

/// Columns of a table when there is no terminal and none are asked for.
const TABLE: u16 = 120;

/// No table is made narrower than this.
const LEAST: u16 = 20;

/// A table without rules, at most as wide as the terminal. Widths are those of Vietnamese letters as shown, not of bytes.
pub(crate) fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width().unwrap_or(TABLE))
        .set_header(header);
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table
}

/// Columns to write for: those of the environment variable `COLUMNS`, else those of the terminal; none for a file
/// or a pipe, where lines stay whole.
pub(crate) fn width() -> Option<u16> {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|columns| *columns > 0);
    asked.or_else(|| terminal_size::terminal_size().map(|(width, _)| width.0)).map(|width| width.max(LEAST))
}

/// A line that starts `indent` columns in, with its end, folded between words where it is too wide. What follows
/// stands two columns further in; a word wider than the line is cut.
pub(crate) fn line(indent: usize, text: &str) -> String {
    fold(indent, text, width().map(usize::from))
}

fn fold(indent: usize, text: &str, width: Option<usize>) -> String {
    let mut out = " ".repeat(indent);
    let Some(width) = width else {
        out.push_str(text);
        out.push('\n');
        return out;
    };
    let inner = indent + 2;
    let mut at = indent;
    let mut fresh = true;
    for word in text.split(' ') {
        let length: usize = word.chars().map(columns).sum();
        if !fresh && at + 1 + length > width {
            out.push('\n');
            out.push_str(&" ".repeat(inner));
            at = inner;
        } else if !fresh {
            out.push(' ');
            at += 1;
        }
        for letter in word.chars() {
            if at + columns(letter) > width {
                out.push('\n');
                out.push_str(&" ".repeat(inner));
                at = inner;
            }
            out.push(letter);
            at += columns(letter);
        }
        fresh = false;
    }
    out.push('\n');
    out
}

fn columns(letter: char) -> usize {
    letter.width().unwrap_or(0)
}

/// A line that opens a paragraph, in bold on a terminal. To be written through [`anstream`], which takes the style out
/// elsewhere.
pub(crate) fn title_line(text: &str) -> String {
    let bold = Style::new().bold();
    let folded = line(0, text);
    format!("{bold}{}{bold:#}\n", folded.trim_end_matches('\n'))
}

/// A document in one line: how it is called, its date, its issuers.
pub(crate) fn summary(document: &CorpusDocument) -> String {
    let issuers: Vec<&str> = document.issuers.iter().map(|body| &*body.name).collect();
    let parts = [
        Some(document.label()),
        document.date.map(|date| date.to_string()),
        Some(issuers.join(", ")).filter(|names| !names.is_empty()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// So many texts.
pub(crate) fn texts(count: u32) -> String {
    if count == 1 { "1 text".to_owned() } else { format!("{count} texts") }
}

/// The words that prove a relation, and where they stand.
pub(crate) fn proof(evidence: &Evidence) -> String {
    let place = if evidence.in_title { "title".to_owned() } else { format!("{:?}", evidence.span) };
    format!("“{}” ({}, {place})", evidence.words, evidence.source)
}

/// What csv says of a document. Several issuers are parted by semicolons.
pub(crate) const DOCUMENT_COLUMNS: [&str; 7] = ["key", "type", "symbol", "name", "title", "date", "issuer"];

/// The fields of these columns; empty for what is not known.
pub(crate) fn document_fields(document: &CorpusDocument) -> Vec<String> {
    let text = |field: Option<&str>| field.unwrap_or_default().to_owned();
    let issuers: Vec<&str> = document.issuers.iter().map(|body| &*body.name).collect();
    vec![
        document.key.to_string(),
        text(document.doc_type.map(viendan::DocType::code)),
        text(document.symbol.as_deref()),
        text(document.name.as_deref()),
        text(document.title.as_deref()),
        document.date.map(|date| date.to_string()).unwrap_or_default(),
        issuers.join("; "),
    ]
}

/// At most `most` characters, with a mark where it was cut.
pub(crate) fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn lines_are_folded_between_words() {
        assert_eq!(fold(2, "Căn cứ Luật Đất đai", Some(12)), "  Căn cứ\n    Luật Đất\n    đai\n");
        assert_eq!(fold(0, "a/long/path.txt x", Some(6)), "a/long\n  /pat\n  h.tx\n  t x\n");
        assert_eq!(fold(1, "Căn cứ Luật Đất đai", None), " Căn cứ Luật Đất đai\n");
    }
}
