//! A provision as it is written on the command line.

use crate::status::Stop;
use viendan::{Extractor, Provision};

/// Of an option: a path (`dieu:5/khoan:2`), or words as a text has them (`khoản 2 Điều 5`). Several in one
/// (`Điều 5 và Điều 7`) are several.
pub(crate) fn read(extractor: &Extractor, option: &str, texts: &[String]) -> Result<Vec<Provision>, Stop> {
    let mut all = Vec::new();
    for text in texts {
        let wrong =
            || Stop::Use(format!("{option} `{text}`: not a provision (write \"khoản 2 Điều 5\" or dieu:5/khoan:2)"));
        if let Some(path) = Provision::parse(text) {
            all.push(path);
            continue;
        }
        // at the head of a line it would be a heading, which refers to nothing
        let inside = format!("({})", text.trim());
        let found = extractor.extract(&inside)?;
        let [only] = found.provisions.as_slice() else { return Err(wrong()) };
        if found.words(only.span) != text.trim() || only.provisions.is_empty() {
            return Err(wrong());
        }
        all.extend(only.provisions.iter().cloned());
    }
    Ok(all)
}
