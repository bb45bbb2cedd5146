//! `words.tsv`: what a row does shows in what is missing or different without it.

use crate::rows::{Row, Rows, none, read, read_with};
use std::collections::BTreeSet;
use viendan::GrammarTable;

/// What the words of a role do, and the part of the extraction in which it shows.
const ROLES: &[(&str, &[&str], &str)] = &[
    ("number", &["citations"], "marks the number of a document"),
    ("date", &["citations"], "opens a date"),
    ("month", &["citations"], "stands between day and month"),
    ("year", &["citations"], "stands between month and year, and before a bare year"),
    ("this", &["citations"], "makes a type word the present document"),
    ("adjective", &["citations"], "may stand between type word and `này`"),
    ("back", &["citations"], "makes a type word a document mentioned before"),
    ("adversative", &["citations"], "keeps what stands before it from being meant by `đó`"),
    ("foreign", &["citations"], "makes a resolution that of a body outside the Vietnamese systems"),
    ("wording", &["relations"], "keeps quoted words from being the document they name"),
    ("nominal", &["relations"], "makes the verb after it a noun"),
    ("bound", &["citations"], "keeps one of its words from being read alone"),
    ("pending", &["relations"], "keeps a document that is still to come from being carried out"),
    ("money", &["relations"], "is what the verb is about, not the document"),
    ("making", &["relations"], "makes a document before it is carried out"),
    ("ruling", &["relations"], "is taken out of the document that holds it"),
    ("matter", &["relations"], "takes the assertion from a cue outside the own title"),
    ("task", &["relations"], "is what is carried out, not the document it belongs to"),
    ("parties", &["citations"], "opens the name of an agreement that its parties tell"),
    ("plural", &["citations"], "makes a back reference mean several documents"),
    ("and", &["citations"], "joins members of a list"),
    ("of", &["citations"], "joins provision and document, document and issuer"),
    ("at", &["citations"], "joins provision and document"),
    ("annexed", &["citations"], "joins an annex and the document that issues it"),
    ("from", &["citations"], "opens a range of provisions"),
    ("to", &["citations"], "closes a range of provisions"),
    ("except", &["diagnostics"], "excepts provisions from a range"),
    ("into", &["provisions"], "joins an inserted provision and its place"),
    ("ordinal", &["citations"], "numbers dashes and paragraphs"),
    ("title", &["relations"], "opens a title, whose cues relate the document it belongs to"),
    ("term", &["citations"], "gives the term of a body"),
    ("draft", &["relations"], "takes the assertion from a cue"),
    ("effective", &["citations", "document"], "opens the date of effect"),
    ("signing", &["document"], "makes the own date the date of effect"),
    ("after", &["document"], "counts days to the date of effect"),
    ("moment", &["effects"], "makes a document the time at which it takes effect"),
    ("by", &["effects"], "makes a document the source of what is spoken of"),
    ("since", &["relations"], "opens the day from which a clause holds"),
    ("until", &["effects"], "opens the last day"),
    ("continues", &["effects"], "says that an act stays in effect up to a day"),
    ("count", &["document"], "is a number of days in words"),
    ("excepting", &["effects"], "excepts provisions from a date of effect"),
    ("alias", &["citations"], "defines a short name"),
    ("officer", &["citations"], "is the office before a body"),
    ("body", &["citations"], "is the head word of a body that no table knows"),
    ("inner", &["citations"], "is a small word inside the name of a body"),
    ("locality", &["citations"], "stands before a province"),
    ("below", &["citations"], "stands before a place below the province"),
    ("nothing", &["citations", "provisions"], "only looks like a type or unit word"),
    ("form_code", &["citations"], "makes a symbol the code of a form"),
    ("follows", &["citations"], "opens quoted amending text, where `này` is the amended act"),
    ("name_end", &["citations"], "ends the name of a work"),
    ("name_soft", &["citations"], "ends the name of a work before a mention"),
    ("not_before", &["citations"], "makes `luật` a part of another word"),
    ("period", &["citations"], "begins a period inside a name"),
    ("no_name", &["citations"], "is no part of the name of an act"),
    ("counted", &["citations"], "is counted: no document number stands before it"),
    ("issues", &["citations"], "joins a body and the document it issues"),
    ("voice", &["citations"], "gives the body that speaks in a document"),
    ("motto", &["document"], "is a line of the head and no issuer"),
    ("capacity", &["document"], "says in what capacity somebody signs"),
    ("enacts", &["document"], "gives the body that acts in the preamble"),
    ("negation", &["relations"], "takes the assertion from a cue"),
    ("planned", &["relations"], "takes the assertion from a cue"),
    ("conditional", &["relations"], "takes the assertion from a cue"),
    ("plenum", &["citations"], "begins a resolution cited by its plenum"),
    ("congress", &["citations"], "begins a resolution cited by its congress"),
    ("revised", &["citations"], "is a part of the name of a revised act"),
    ("amending", &["citations", "provisions"], "opens an amending title, joins amending instructions"),
    ("aspect", &["citations"], "stands between a body and its verb"),
    ("lead", &["relations"], "may stand before the verb that heads a clause"),
    ("edition", &["citations"], "stands before the type word of a work"),
    ("case", &["citations"], "is the code of a judicial procedure in a judgment's symbol"),
    ("announces", &["citations"], "announces a work by its title"),
];

#[test]
fn every_role_is_described() {
    let described: BTreeSet<_> = ROLES.iter().map(|(role, ..)| *role).collect();
    let used: BTreeSet<_> = Rows::of(GrammarTable::Words).iter().map(|row| row.get("role")).collect();
    assert_eq!(described, used);
}

#[test]
fn every_word_does_its_part() {
    let rows = Rows::of(GrammarTable::Words);
    let all: Vec<Row<'_>> = rows.iter().collect();
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let complaints: Vec<String> = std::thread::scope(|scope| {
        let part = |part| scope.spawn(move || check(part));
        let parts: Vec<_> = all.chunks(all.len().div_ceil(threads)).map(part).collect();
        parts.into_iter().flat_map(|part| part.join().expect("no panic")).collect()
    });
    none(&complaints);
}

fn check(rows: &[Row<'_>]) -> Vec<String> {
    let mut complaints = Vec::new();
    for row in rows {
        let example = row.get("example").replace(" ¶ ", "\n");
        let parts = ROLES.iter().find(|(role, ..)| *role == row.get("role")).map_or(&[][..], |(_, parts, _)| parts);
        let (with, without) = (read(&example), read_with(&row.removed(), &example));
        if !parts.iter().any(|part| with.get(part) != without.get(part)) {
            let (role, text) = (row.get("role"), row.get("text"));
            complaints.push(format!("{}: `{example}` is read alike without {role} `{text}`", row.place()));
        }
    }
    complaints
}
