//! `grammar/citation.ebnf` and the parser say the same: one production, one function.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use viendan::GrammarTable;

/// Productions by name, their right-hand sides with single blanks.
type Productions = BTreeMap<String, String>;

/// The grammar: productions, and terminals, which are words between question marks.
fn grammar() -> (Productions, Productions) {
    let text = fs::read_to_string("grammar/citation.ebnf").expect("the grammar");
    let mut all = Vec::new();
    let mut rest = text.as_str();
    // comments hold no comments
    let mut plain = String::new();
    while let Some(start) = rest.find("(*") {
        plain.push_str(rest.get(..start).unwrap_or(""));
        rest = rest.get(start..).and_then(|comment| comment.split_once("*)")).map_or("", |(_, rest)| rest);
    }
    plain.push_str(rest);
    for line in plain.split(" ;\n") {
        if let Some((name, right)) = line.trim().split_once(" = ") {
            all.push((name.trim().to_owned(), folded(right)));
        }
    }
    let names: BTreeSet<_> = all.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(names.len(), all.len(), "a name is defined twice");
    let at = plain.find("\ntype_word = ").expect("terminals begin with `type_word`");
    let is_terminal = |name: &str| plain.find(&format!("\n{name} = ")).is_some_and(|start| start >= at);
    let (terminals, productions): (Vec<_>, Vec<_>) = all.into_iter().partition(|(name, _)| is_terminal(name));
    (productions.into_iter().collect(), terminals.into_iter().collect())
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the functions say above themselves, and complaints of those that say it wrongly or not at all.
fn functions() -> (Productions, Vec<String>) {
    let mut said = Productions::new();
    let mut complaints = Vec::new();
    let parse = fs::read_dir("src/parse").expect("the parsers").map(|entry| entry.expect("an entry").path());
    for path in parse.chain(["src/extract/read.rs".into()]) {
        let text = fs::read_to_string(&path).expect("a source file");
        let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or("");
        let mut production: Option<String> = None;
        let mut inside = false;
        for line in text.lines().map(str::trim) {
            if let Some(doc) = line.strip_prefix("///") {
                match (doc.trim(), inside) {
                    ("```ebnf", _) => (inside, production) = (true, Some(String::new())),
                    ("```", true) => inside = false,
                    (more, true) => production.get_or_insert_default().push_str(&format!(" {more}")),
                    _ => {}
                }
                continue;
            }
            let Some(name) = function(line) else { continue };
            match production.take() {
                Some(text) => match text.trim().strip_suffix(" ;").and_then(|text| text.split_once(" = ")) {
                    Some((said_name, right)) if said_name == name => {
                        said.insert(name.to_owned(), folded(right));
                    }
                    _ => complaints.push(format!("{}: `{name}` reads `{}`", path.display(), text.trim())),
                },
                // a question that is answered before a production is tried reads nothing
                None if line.contains("-> bool") => {}
                None if line.contains("-> Parsed<") || line.contains("(site: &Site") => {
                    complaints.push(format!("{}: `{name}` has no production", path.display()));
                }
                None => {}
            }
        }
    }
    (said, complaints)
}

/// The name of the function that a line begins.
fn function(line: &str) -> Option<&str> {
    let start = if line.starts_with("fn ") { 0 } else { line.find(" fn ").filter(|_| line.starts_with("pub"))? + 1 };
    line.get(start + 3..)?.split(['<', '(']).next()
}

/// The names in a right-hand side: outside quotation and question marks.
fn symbols(right: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut closing = None;
    for word in right.split(' ') {
        match (closing, word) {
            (Some(mark), _) if word.ends_with(mark) => closing = None,
            (Some(_), _) => {}
            (None, "?") => closing = Some('?'),
            (None, "\"") => closing = Some('"'),
            (None, _) if word.starts_with('"') => {}
            (None, _) if word.starts_with(|c: char| c.is_ascii_lowercase()) => out.push(word.to_owned()),
            (None, _) => {}
        }
    }
    out
}

#[test]
fn each_production_is_one_function() {
    let (productions, _) = grammar();
    let (said, mut complaints) = functions();
    for (name, right) in &productions {
        match said.get(name) {
            None => complaints.push(format!("`{name}` of the grammar has no function")),
            Some(said) if said != right => {
                complaints.push(format!("`{name}`\n  grammar:  {right}\n  function: {said}"));
            }
            Some(_) => {}
        }
    }
    complaints.extend(
        said.keys()
            .filter(|name| !productions.contains_key(*name))
            .map(|name| format!("function `{name}` has a production that is not in the grammar")),
    );
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn every_symbol_is_defined_and_used() {
    let (productions, terminals) = grammar();
    let mut used = BTreeSet::new();
    for (name, right) in &productions {
        for symbol in symbols(right) {
            let known = productions.contains_key(&symbol) || terminals.contains_key(&symbol);
            assert!(known, "`{name}` uses `{symbol}`, which nothing defines");
            used.insert(symbol);
        }
    }
    let unused: Vec<_> = terminals.keys().filter(|name| !used.contains(*name)).collect();
    assert!(unused.is_empty(), "terminals that nothing uses: {unused:?}");
}

#[test]
fn terminals_are_rows_of_tables_that_exist() {
    let (_, terminals) = grammar();
    let roles: BTreeSet<&str> =
        GrammarTable::Words.built_in().lines().filter_map(|line| line.split('\t').next()).collect();
    for (name, right) in &terminals {
        if let Some((_, role)) = right.split_once("words.tsv of role ") {
            let role = role.trim_end_matches(['?', ' ']);
            assert!(roles.contains(role) && *name == format!("{role}_word"), "`{name}`: no role `{role}`");
        } else if let Some(table) = right.split(' ').find(|word| word.contains(".tsv")) {
            assert!(GrammarTable::from_file_name(table.trim_end_matches(':')).is_some(), "`{name}`: {table}");
        }
    }
}
