//! Which room of `src` may look at which: the arrows that the sources draw, against the table of the rooms.
#![expect(clippy::expect_used, clippy::panic, reason = "a test stops where it finds something wrong")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A room and the rooms it may use. Every room that exists must be a row; a row may be ahead of its room.
type Row = (&'static str, &'static [&'static str]);

/// The table of the house plan, layer by layer.
const ROOMS: &[Row] = &[
    // 0: byte ranges, the one error and the table reader know nobody
    ("span", &[]),
    ("error", &[]),
    ("table", &[]),
    // 1: what things are, and where each byte came from; they do not know each other
    ("model", &["span", "error", "table"]),
    ("text", &["span", "error", "table"]),
    // 2: the checked view of the tables
    ("lexicon", &["span", "error", "table", "model", "text"]),
    // 3 and 4 look for places and read one place; they do not know each other
    ("scan", &["span", "error", "table", "model", "text", "lexicon"]),
    ("parse", &["span", "error", "table", "model", "text", "lexicon"]),
    // 5: decision: what was parsed is what is resolved, so `resolve` may use `parse` too
    ("resolve", &["span", "error", "table", "model", "text", "lexicon", "parse"]),
    // 6: alone knows the order of 1–5; decision: an extraction holds the lexicon it was read with
    ("extract", &["span", "error", "table", "model", "text", "lexicon", "scan", "parse", "resolve"]),
    // 7–8: over many extractions
    ("corpus", &["span", "error", "table", "model", "text", "extract"]),
    ("graph", &["span", "error", "table", "model", "text", "extract", "corpus"]),
    // 9
    ("query", &["span", "error", "table", "model", "text", "graph"]),
    ("store", &["span", "error", "table", "model", "text", "extract", "corpus", "graph"]),
    ("ingest", &["span", "error", "table", "model", "text"]),
    // 10: the only room that names JSON keys
    ("export", &["span", "error", "table", "model", "text", "extract", "corpus", "graph", "query", "store", "ingest"]),
];

/// Arrows that stand in the sources and not in the table. Each is to be taken out or to be decided; one that is
/// gone must leave this list, one that is new fails.
const DEPARTURES: &[(&str, &str, &str)] = &[
    ("table", "error", "a wrong row is the one public error; both rooms stand on layer 0"),
    ("corpus", "resolve", "`fold_spaces`, a function over text alone"),
    ("query", "corpus", "an answer hands out the documents and facts that the graph holds"),
];

/// One use of another room: file, line, from, to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Arrow {
    file: String,
    line: usize,
    from: String,
    to: String,
}

#[test]
fn only_the_arrows_of_the_table() {
    let arrows = arrows_of_sources();
    assert!(arrows.len() > 100, "the reader of the sources finds nothing: {} arrows", arrows.len());
    let known = |arrow: &&Arrow| !DEPARTURES.iter().any(|(from, to, _)| *from == arrow.from && *to == arrow.to);
    let wrong: Vec<String> = forbidden(&arrows)
        .iter()
        .filter(known)
        .map(|a| format!("{}:{}: `{}` may not use `{}`", a.file, a.line, a.from, a.to))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_departure_is_listed_that_is_gone() {
    let found = forbidden(&arrows_of_sources());
    for (from, to, why) in DEPARTURES {
        assert!(found.iter().any(|a| a.from == *from && a.to == *to), "`{from}` → `{to}` ({why}) is gone: take it out");
    }
}

#[test]
fn every_room_is_in_the_table() {
    let missing: Vec<String> = files().into_iter().map(|(room, _)| room).filter(|room| row(room).is_none()).collect();
    assert!(missing.is_empty(), "rooms that the table lacks: {missing:?}");
    for (room, may) in ROOMS {
        for other in *may {
            assert!(row(other).is_some(), "`{room}` may use `{other}`, which is no room");
        }
    }
}

#[test]
fn the_table_has_no_circle() {
    // a row may only name rows above it
    for (index, (room, may)) in ROOMS.iter().enumerate() {
        for other in *may {
            let place = ROOMS.iter().position(|(name, _)| name == other);
            assert!(place.is_some_and(|place| place < index), "`{room}` names `{other}` below it");
        }
    }
}

#[test]
fn a_forbidden_arrow_is_caught() {
    let names = BTreeMap::from([("Extractor".to_owned(), "extract".to_owned())]);
    let caught = |room: &str, depth: usize, text: &str| -> Vec<(usize, String)> {
        forbidden(&arrows("made-up.rs", room, depth, text, &names)).into_iter().map(|a| (a.line, a.to)).collect()
    };
    let hit = |line: usize, to: &str| vec![(line, to.to_owned())];
    assert_eq!(caught("scan", 1, "use crate::parse::mention;\n"), hit(1, "parse"));
    assert_eq!(caught("model", 2, "\nfn f() { crate::lexicon::x() }\n"), hit(2, "lexicon"));
    assert_eq!(caught("parse", 2, "use super::super::resolve::Work;"), hit(1, "resolve"));
    assert_eq!(caught("span", 1, "use super::model::Key;"), hit(1, "model"));
    assert_eq!(caught("parse", 2, "mod t { use super::super::super::corpus::Fact; }"), hit(1, "corpus"));
    assert_eq!(caught("text", 2, "use crate::{span::Span, graph::{A, B}};"), hit(1, "graph"));
    assert_eq!(caught("text", 2, "use crate::{\n    span::Span,\n    query,\n};"), hit(1, "query"));
    // names that the front of the crate hands on count for the room they come from
    assert_eq!(caught("lexicon", 2, "let e = crate::Extractor::new();"), hit(1, "extract"));
    // what is allowed, what is said in comments and strings, and what stays inside the room
    assert_eq!(caught("resolve", 2, "use crate::parse::Mention;"), []);
    assert_eq!(caught("scan", 2, "// crate::parse\n/* crate::graph */\n/// [`crate::Extractor`]\n"), []);
    assert_eq!(caught("scan", 2, "let s = \"crate::parse {\"; let c = '{'; let r = r#\"crate::graph\"#;"), []);
    assert_eq!(caught("scan", 3, "use super::super::parse;"), []);
    // a room that the table lacks may use nothing
    assert_eq!(caught("cellar", 2, "use crate::span::Span;"), hit(1, "span"));
}

fn row(room: &str) -> Option<&'static Row> {
    ROOMS.iter().find(|(name, _)| *name == room)
}

/// The arrows that the table does not allow.
fn forbidden(arrows: &[Arrow]) -> Vec<Arrow> {
    arrows
        .iter()
        .filter(|arrow| arrow.from != arrow.to && !row(&arrow.from).is_some_and(|(_, may)| may.contains(&&*arrow.to)))
        .cloned()
        .collect()
}

fn arrows_of_sources() -> Vec<Arrow> {
    let names = names_of_the_front();
    let mut all = BTreeSet::new();
    for (room, path) in files() {
        let text = read(&path);
        let inside = path.strip_prefix(src()).expect("a file of src");
        let is_root = inside.ends_with("mod.rs");
        let depth = inside.components().count() - usize::from(is_root);
        all.extend(arrows(&inside.display().to_string(), &room, depth, &text, &names));
    }
    all.into_iter().collect()
}

/// The arrows of a file; `depth` is the number of modules it stands in, itself counted.
fn arrows(file: &str, room: &str, depth: usize, text: &str, names: &BTreeMap<String, String>) -> Vec<Arrow> {
    let words = words(text);
    let mut out = Vec::new();
    // what each open brace belongs to: a module, or anything else
    let mut braces: Vec<bool> = Vec::new();
    let mut at = 0;
    while let Some((line, word)) = words.get(at) {
        let mut next = at + 1;
        match word.as_str() {
            "{" => braces.push(at >= 2 && words.get(at - 2).is_some_and(|(_, before)| before == "mod")),
            "}" => drop(braces.pop()),
            "crate" | "super" => {
                let mut ups = usize::from(word == "super");
                let mut here = at + 1;
                while is(&words, here, "::") && is(&words, here + 1, "super") {
                    ups += 1;
                    here += 2;
                }
                let inline = braces.iter().filter(|module| **module).count();
                if is(&words, here, "::") && (word == "crate" || ups == depth + inline) {
                    for first in firsts(&words, here + 1) {
                        // a name with a capital is one that the front hands on
                        let to = names.get(&first).cloned().unwrap_or(first);
                        out.push(Arrow { file: file.to_owned(), line: *line, from: room.to_owned(), to });
                    }
                }
                next = here.max(at + 1);
            }
            _ => {}
        }
        at = next;
    }
    out
}

fn is(words: &[(usize, String)], at: usize, wanted: &str) -> bool {
    words.get(at).is_some_and(|(_, word)| word == wanted)
}

/// The first names of a path, or of each path of a group in braces.
fn firsts(words: &[(usize, String)], at: usize) -> Vec<String> {
    if !is(words, at, "{") {
        return words.get(at).map(|(_, word)| word.clone()).into_iter().collect();
    }
    let mut out = Vec::new();
    let mut deep = 0;
    let mut fresh = true;
    for (_, word) in words.iter().skip(at) {
        match word.as_str() {
            "{" => deep += 1,
            "}" => deep -= 1,
            "," if deep == 1 => fresh = true,
            _ if fresh && deep == 1 => {
                fresh = false;
                out.push(word.clone());
            }
            _ => {}
        }
        if deep == 0 {
            break;
        }
    }
    out
}

/// Names and marks with their lines; comments, strings and characters are left out.
fn words(text: &str) -> Vec<(usize, String)> {
    let chars: Vec<char> = text.chars().collect();
    let get = |at: usize| chars.get(at).copied().unwrap_or('\0');
    let mut out = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < chars.len() {
        let start = at;
        let c = get(at);
        if c == '/' && get(at + 1) == '/' {
            while at < chars.len() && get(at) != '\n' {
                at += 1;
            }
        } else if c == '/' && get(at + 1) == '*' {
            at += 2;
            while at < chars.len() && !(get(at - 1) == '*' && get(at) == '/' && at > start + 2) {
                at += 1;
            }
            at += 1;
        } else if c == '"' {
            at += 1;
            while at < chars.len() && get(at) != '"' {
                at += 1 + usize::from(get(at) == '\\');
            }
            at += 1;
        } else if c == 'r' && matches!(get(at + 1), '"' | '#') && hashes(&chars, at + 1).is_some() {
            let count = hashes(&chars, at + 1).unwrap_or(0);
            at += 2 + count;
            while at < chars.len() && !(get(at) == '"' && (1..=count).all(|n| get(at + n) == '#')) {
                at += 1;
            }
            at += 1 + count;
        } else if c == '\'' && (get(at + 1) == '\\' || get(at + 2) == '\'') {
            at += 2 + usize::from(get(at + 1) == '\\');
            while at < chars.len() && get(at) != '\'' {
                at += 1;
            }
            at += 1;
        } else if c.is_alphanumeric() || c == '_' {
            while get(at).is_alphanumeric() || get(at) == '_' {
                at += 1;
            }
            out.push((line, chars.get(start..at).unwrap_or_default().iter().collect()));
        } else if c == ':' && get(at + 1) == ':' {
            out.push((line, "::".to_owned()));
            at += 2;
        } else {
            if !c.is_whitespace() {
                out.push((line, c.to_string()));
            }
            at += 1;
        }
        line += chars.get(start..at.min(chars.len())).unwrap_or_default().iter().filter(|c| **c == '\n').count();
    }
    out
}

/// The number of `#` before a quotation mark, if one follows.
fn hashes(chars: &[char], at: usize) -> Option<usize> {
    let count = chars.iter().skip(at).take_while(|c| **c == '#').count();
    (chars.get(at + count) == Some(&'"')).then_some(count)
}

/// Names that `lib.rs` hands on, with the room they come from; those it does not list come from `model`.
fn names_of_the_front() -> BTreeMap<String, String> {
    let words = words(&read(&src().join("lib.rs")));
    let mut names = BTreeMap::new();
    for (at, (_, word)) in words.iter().enumerate() {
        if word != "use" || !is(&words, at + 2, "::") {
            continue;
        }
        let Some((_, room)) = words.get(at + 1) else { continue };
        for name in firsts(&words, at + 3) {
            names.insert(name, room.clone());
        }
    }
    for (_, path) in files().into_iter().filter(|(room, _)| room == "model") {
        let words = self::words(&read(&path));
        for (at, (_, word)) in words.iter().enumerate() {
            if matches!(word.as_str(), "enum" | "struct")
                && let Some((_, name)) = words.get(at + 1)
            {
                names.entry(name.clone()).or_insert_with(|| "model".to_owned());
            }
        }
    }
    names
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Every source file with its room, but the front.
fn files() -> Vec<(String, PathBuf)> {
    let mut out = Vec::new();
    let mut todo = vec![src()];
    while let Some(folder) = todo.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of src") {
            let path = entry.expect("an entry of src").path();
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") && path != src().join("lib.rs") {
                let inside = path.strip_prefix(src()).expect("a file of src");
                let first = inside.components().next().expect("a name").as_os_str().to_string_lossy();
                out.push((first.trim_end_matches(".rs").to_owned(), path));
            }
        }
    }
    out.sort();
    out
}
