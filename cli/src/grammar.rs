//! Users' own rows of the grammar's tables.

use crate::status::Stop;
use std::io::ErrorKind;
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
        let text = std::fs::read_to_string(file).map_err(|error| Stop::Use(format!("{name}: {}", reason(&error))))?;
        builder = builder.add(table, name, text);
    }
    let lexicon = builder.build().map_err(|error| Stop::Use(error.to_string()))?;
    Ok(Extractor::with_lexicon(Arc::new(lexicon)))
}

fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "no such file".to_owned(),
        ErrorKind::PermissionDenied => "not allowed to read it".to_owned(),
        ErrorKind::InvalidData => "not valid UTF-8".to_owned(),
        _ => error.to_string(),
    }
}

fn tables() -> String {
    GrammarTable::ALL.iter().map(|table| table.file_name()).collect::<Vec<_>>().join(", ")
}
