//! The grammar's tables, read once more and plainly.

use crate::chars::{Piece, pieces};
use std::fs;
use std::path::Path;

/// A row: cells by the names of their columns.
pub(crate) struct Row(Vec<(String, String)>);

impl Row {
    pub(crate) fn get(&self, column: &str) -> &str {
        self.0.iter().find(|(name, _)| name == column).map_or("", |(_, cell)| cell)
    }

    pub(crate) fn list(&self, column: &str) -> Vec<String> {
        self.get(column).split(';').map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect()
    }
}

/// What can begin a mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Type { slug: String, class: String },
    Unit(String),
    Other,
}

#[derive(Clone, Debug)]
pub(crate) struct Issuer {
    pub(crate) code: String,
    pub(crate) system: String,
}

type Phrases<T> = Vec<(Vec<Piece>, T)>;

pub(crate) struct Tables {
    pub(crate) look_alikes: Vec<(char, Option<char>)>,
    pub(crate) anchors: Phrases<Anchor>,
    /// Small words by role.
    pub(crate) words: Vec<(String, Phrases<()>)>,
    /// Codes in capitals, with their official form and the first type they stand for, with its class.
    pub(crate) type_codes: Vec<(String, String, String, String)>,
    pub(crate) issuer_codes: Vec<(String, Issuer)>,
    pub(crate) law_names: Phrases<String>,
    /// Titles that hold a bracket or semicolon: what stands before it, small, and the rest.
    pub(crate) cut_titles: Vec<(String, String)>,
}

pub(crate) fn capitals(code: &str) -> String {
    code.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
}

fn without_stroke(code: &str) -> String {
    capitals(code).replace('Đ', "D")
}

fn rows(name: &str) -> Vec<Row> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar").join(name)).unwrap();
    let mut lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let header: Vec<String> = lines.next().unwrap().split('\t').map(|cell| cell.trim().to_owned()).collect();
    let cells = |line: &str| Row(header.iter().cloned().zip(line.split('\t').map(|c| c.trim().to_owned())).collect());
    lines.map(cells).collect()
}

fn character(cell: &str) -> Option<char> {
    match cell.strip_prefix("U+") {
        Some(hex) => char::from_u32(u32::from_str_radix(hex, 16).unwrap()),
        None => cell.chars().next(),
    }
}

fn add<T: Clone>(phrases: &mut Phrases<T>, text: &str, what: &T) {
    phrases.extend(pieces(text).into_iter().map(|phrase| (phrase, what.clone())));
}

impl Tables {
    pub(crate) fn read() -> Self {
        let small = rows("words.tsv");
        let types = rows("doc_types.tsv");
        let aliases = rows("aliases.tsv");
        let mut tables = Self {
            look_alikes: rows("confusables.tsv")
                .iter()
                .map(|row| (character(row.get("from")).unwrap(), character(row.get("to"))))
                .collect(),
            anchors: Vec::new(),
            words: Vec::new(),
            type_codes: Vec::new(),
            issuer_codes: Vec::new(),
            law_names: Vec::new(),
            cut_titles: Vec::new(),
        };
        // earlier rows win where two spell the same
        for row in small.iter().filter(|row| row.get("role") == "nothing") {
            add(&mut tables.anchors, row.get("text"), &Anchor::Other);
        }
        for row in &types {
            let anchor = Anchor::Type { slug: row.get("slug").to_owned(), class: row.get("class").to_owned() };
            let names = std::iter::once(row.get("name").to_owned());
            for text in names.chain(row.list("words")).chain(row.list("abbreviations")) {
                add(&mut tables.anchors, &text, &anchor);
            }
            for code in row.list("codes") {
                for key in [capitals(&code), without_stroke(&code)] {
                    let class = row.get("class").to_owned();
                    tables.type_codes.push((key, code.clone(), row.get("slug").to_owned(), class));
                }
            }
        }
        for row in &rows("units.tsv") {
            for text in row.list("words") {
                add(&mut tables.anchors, &text, &Anchor::Unit(row.get("path").to_owned()));
            }
        }
        let acronym = |row: &&Row| row.get("kind") == "law" && !row.get("alias").contains(' ');
        for row in aliases.iter().filter(acronym) {
            add(&mut tables.anchors, row.get("alias"), &Anchor::Other);
        }
        for row in &small {
            // what a word before a type word makes of it depends on its case, as the value says
            let with_value = format!("{} {}", row.get("role"), row.get("value"));
            let role = if row.get("role") == "not_before" { with_value.trim_end() } else { row.get("role") };
            if role == "alias" {
                add(&mut tables.anchors, row.get("text"), &Anchor::Other);
            }
            if !tables.words.iter().any(|(known, _)| known == role) {
                tables.words.push((role.to_owned(), Vec::new()));
            }
            let (_, phrases) = tables.words.iter_mut().find(|(known, _)| known == role).unwrap();
            add(phrases, row.get("text"), &());
        }
        for row in &rows("issuers.tsv") {
            let code = row.get("code").to_owned();
            let issuer = Issuer { code: code.clone(), system: row.get("system").to_owned() };
            for text in std::iter::once(code).chain(row.list("codes")) {
                for key in [capitals(&text), without_stroke(&text)] {
                    tables.issuer_codes.push((key, issuer.clone()));
                }
            }
        }
        tables.read_laws(&aliases);
        tables
    }

    fn read_laws(&mut self, aliases: &[Row]) {
        let laws = rows("laws.tsv");
        for law in &laws {
            // the title, and the title with known groups of words shortened
            let title = law.get("title").to_lowercase();
            let head = title.split(['(', ';']).next().unwrap().trim_end();
            let rest = law.get("title").chars().skip(head.chars().count()).collect::<String>();
            if !rest.is_empty() {
                self.cut_titles.push((head.to_owned(), rest.trim_start().to_owned()));
            }
            let mut spellings = vec![head.to_owned()];
            for row in aliases.iter().filter(|row| row.get("kind") == "tail") {
                let short = head.strip_suffix(&format!(" {}", row.get("alias").to_lowercase()));
                spellings.extend(short.filter(|short| short.contains(' ')).map(str::to_owned));
            }
            for row in aliases.iter().filter(|row| row.get("kind") == "words") {
                let long = row.get("name").to_lowercase();
                for index in 0..spellings.len() {
                    if spellings[index].contains(&long) && spellings.len() < 16 {
                        spellings.push(spellings[index].replace(&long, row.get("alias")));
                    }
                }
            }
            for spelling in spellings {
                add(&mut self.law_names, &spelling, &law.get("type").to_owned());
            }
        }
        for row in aliases.iter().filter(|row| row.get("kind") == "law") {
            let same = |law: &&Row| law.get("title").to_lowercase() == row.get("name").to_lowercase();
            if let Some((_, name)) = row.get("alias").split_once(' ')
                && laws.iter().find(same).is_some_and(|law| law.get("type") == row.get("type"))
            {
                add(&mut self.law_names, name, &row.get("type").to_owned());
            }
        }
    }

    pub(crate) fn role(&self, role: &str) -> &[(Vec<Piece>, ())] {
        self.words.iter().find(|(known, _)| known == role).map_or(&[], |(_, phrases)| phrases)
    }

    /// A code of a type: official form, slug and class.
    pub(crate) fn type_code(&self, code: &str) -> Option<(&str, &str, &str)> {
        let key = capitals(code);
        let exact = self.type_codes.iter().find(|(_, form, ..)| capitals(form) == key);
        exact
            .or_else(|| self.type_codes.iter().find(|(known, ..)| *known == key))
            .map(|(_, form, slug, class)| (&**form, &**slug, &**class))
    }

    /// True when a term of the National Assembly reached into a year.
    pub(crate) fn assembly(&self, term: &str, year: &str) -> bool {
        let within = |row: &Row| row.get("from").get(..4) <= Some(year) && Some(year) <= row.get("to").get(..4);
        rows("terms.tsv").iter().any(|row| row.get("body") == "QH" && row.get("term") == term && within(row))
    }

    /// A code of a body, with or without the number of a term.
    pub(crate) fn issuer_code(&self, code: &str) -> Option<&Issuer> {
        let key = capitals(code);
        let find = |key: &str| self.issuer_codes.iter().find(|(known, _)| known == key).map(|(_, issuer)| issuer);
        let base = key.trim_end_matches(|c: char| c.is_ascii_digit());
        let term = || {
            if base.len() < key.len() {
                find(base).or_else(|| find(base.strip_suffix('K')?.trim_end_matches('.')))
            } else {
                None
            }
        };
        let roman = || {
            let terms = ["VIII", "VII", "IX", "XI", "X"];
            terms.iter().filter_map(|term| key.strip_suffix(term)).filter(|base| base.ends_with('H')).find_map(find)
        };
        find(&key).or_else(term).or_else(roman)
    }
}
