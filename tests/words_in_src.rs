//! Words, spellings and codes of documents stand in the tables of the grammar, not in the code.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use viendan::GrammarTable;

#[test]
fn no_word_of_the_language_stands_in_the_code() {
    let codes = codes();
    let mut found = Vec::new();
    // a module of tests in a file of its own is declared so in its room
    let of_tests = |path: &Path| {
        let room = path.with_file_name("mod.rs");
        let name = path.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        fs::read_to_string(room).is_ok_and(|text| text.contains(&format!("#[cfg(test)]\nmod {name};")))
    };
    for path in sources(Path::new("src")).into_iter().filter(|path| !of_tests(path)) {
        let text = fs::read_to_string(&path).expect("a source file");
        let name = path.to_string_lossy().replace('\\', "/");
        for (line, literal) in literals(&text) {
            let vietnamese = literal.chars().any(is_vietnamese);
            if vietnamese || codes.contains(literal.as_str()) {
                found.push(format!("{name}:{line}: `{literal}`"));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Codes of types and issuers, as the tables write them.
fn codes() -> BTreeSet<&'static str> {
    let mut codes = BTreeSet::new();
    for (table, columns) in [(GrammarTable::DocTypes, &["codes"][..]), (GrammarTable::Issuers, &["code", "codes"])] {
        let mut lines = table.built_in().lines().filter(|line| !line.starts_with('#'));
        let header: Vec<&str> = lines.next().expect("a header line").split('\t').collect();
        for line in lines {
            let wanted = header.iter().zip(line.split('\t')).filter(|(name, _)| columns.contains(name));
            codes.extend(wanted.flat_map(|(_, cell)| cell.split(';')).filter(|code| code.len() > 1));
        }
    }
    codes
}

fn is_vietnamese(c: char) -> bool {
    c.is_alphabetic() && !c.is_ascii()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            out.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
    out
}

/// The string literals of a source file with their lines: outside comments, and before the file's own tests.
fn literals(text: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    let mut chars = text.char_indices().peekable();
    let end = text.find("#[cfg(test)]\nmod ").unwrap_or(text.len());
    let mut line = 1;
    while let Some((at, c)) = chars.next() {
        if at >= end {
            break;
        }
        match c {
            '\n' => line += 1,
            '/' if chars.peek().is_some_and(|(_, next)| *next == '/') => {
                while chars.peek().is_some_and(|(_, next)| *next != '\n') {
                    chars.next();
                }
            }
            // a character, an escape, or a lifetime
            '\'' => {
                let rest: String = text.get(at + 1..).unwrap_or("").chars().take(3).collect();
                let skip = match rest.chars().collect::<Vec<_>>()[..] {
                    ['\\', ..] => 3,
                    [_, '\'', ..] => 2,
                    _ => 0,
                };
                for _ in 0..skip {
                    chars.next();
                }
            }
            '"' => {
                let mut literal = String::new();
                while let Some((_, c)) = chars.next() {
                    match c {
                        '\\' => {
                            chars.next();
                        }
                        '"' => break,
                        '\n' => line += 1,
                        c => literal.push(c),
                    }
                }
                out.push((line, literal));
            }
            _ => {}
        }
    }
    out
}

#[test]
fn literals_are_found_outside_comments_characters_and_tests() {
    let source = "// \"a\"\nlet x = \"số\"; let q = '\"'; let e = '\\''; let s: &'static str = \"CP\";\n\
                  #[cfg(test)]\nmod tests { const Y: &str = \"ngày\"; }";
    assert_eq!(literals(source), [(2, "số".to_owned()), (2, "CP".to_owned())]);
}
