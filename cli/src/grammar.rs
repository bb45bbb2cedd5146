//! Users' own rows of the grammar's tables.

use crate::status::Stop;
use std::path::PathBuf;
use std::sync::Arc;
use viendan::{Extractor, GrammarTable, Lexicon};

/// An extractor with the built-in tables and the rows of these files.
pub(crate) fn extractor(files: &[PathBuf]) -> Result<Extractor, Stop> {
    if files.is_empty() {
        return Ok(Extractor::new());
    }
    let mut builder = Lexicon::builder();
    for file in files {
        let name = file.display().to_string();
        let table = file
            .file_name()
            .and_then(|name| GrammarTable::from_file_name(&name.to_string_lossy()))
            .ok_or_else(|| Stop::Use(format!("{name}: not called like a table of the grammar ({})", tables())))?;
        let text = std::fs::read_to_string(file).map_err(|error| Stop::Failed(format!("{name}: {error}")))?;
        builder = builder.add(table, name, text);
    }
    Ok(Extractor::with_lexicon(Arc::new(builder.build()?)))
}

fn tables() -> String {
    GrammarTable::ALL.iter().map(|table| table.file_name()).collect::<Vec<_>>().join(", ")
}
