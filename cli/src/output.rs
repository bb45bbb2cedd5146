//! Tables that fit the terminal.

use comfy_table::{ContentArrangement, Table, presets};

/// Columns when the output is no terminal.
const WIDTH: u16 = 120;

/// A table without rules, at most as wide as the terminal. Widths are those of Vietnamese letters as shown, not of bytes.
pub(crate) fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width())
        .set_header(header);
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table
}

/// Columns of the terminal.
pub(crate) fn width() -> u16 {
    terminal_size::terminal_size().map_or(WIDTH, |(width, _)| width.0.max(20))
}

/// At most `most` characters, with a mark where it was cut.
pub(crate) fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}
