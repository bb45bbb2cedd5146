//! The floor: the document with which the project began, read against its annotation by hand
//! (`fixtures/docs/huong-dan-06-thong-tin-doi-ngoai/reference.json`). Needs nothing from outside.
//!
//! A mention is found when its core overlaps the reference's by a third of their union, one to one, within its family:
//! what every reader would agree on (full, short, this, back), named works, the rest. Relations are compared as triples of
//! the documents that the found mentions mean.
#![expect(clippy::indexing_slicing, reason = "a field that a JSON value lacks reads as null")]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;
use viendan::{WireDocument, extract};

type Failure = Box<dyn Error>;
type Triple = (String, String, String);

/// What was found right, found wrongly, and missed.
#[derive(Default)]
struct Count {
    right: u32,
    wrong: u32,
    missed: u32,
}

impl Count {
    fn f1(&self) -> f64 {
        f64::from(2 * self.right) / f64::from((2 * self.right + self.wrong + self.missed).max(1))
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn words(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn family(mention: &Value) -> &'static str {
    match words(&mention["form"]) {
        "full" | "short" | "this" | "back" => "main",
        "named" => "named",
        _ => "other",
    }
}

/// Overlap as a share of the union, in thousandths; 1000 for equal spans.
fn likeness(a: &Value, b: &Value) -> u64 {
    let at = |span: &Value, index: usize| span[index].as_u64().unwrap_or_default();
    let shared = at(a, 1).min(at(b, 1)).saturating_sub(at(a, 0).max(at(b, 0)));
    let union = at(a, 1).max(at(b, 1)).saturating_sub(at(a, 0).min(at(b, 0)));
    shared * 1000 / union.max(1)
}

/// Pairs of found and reference mentions, the best first, each used once.
fn matched(found: &[Value], reference: &[Value]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (i, citation) in found.iter().enumerate() {
        for (j, mention) in reference.iter().enumerate() {
            let likeness = likeness(&citation["core"], &mention["span"]);
            if likeness >= 340 && family(citation) == family(mention) {
                pairs.push((u64::MAX - likeness, i, j));
            }
        }
    }
    pairs.sort_unstable();
    let (mut left, mut right) = (BTreeSet::new(), BTreeSet::new());
    let free = |&(_, i, j): &(u64, usize, usize)| {
        let free = !left.contains(&i) && !right.contains(&j);
        if free {
            left.insert(i);
            right.insert(j);
        }
        free
    };
    pairs.into_iter().filter(free).map(|(_, i, j)| (i, j)).collect()
}

fn count(name: &str, found: &[Value], reference: &[Value], pairs: &[(usize, usize)]) -> Count {
    let of = |mentions: &[Value]| mentions.iter().filter(|mention| family(mention) == name).count();
    let right = pairs.iter().filter(|(i, _)| family(&found[*i]) == name).count();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Count { right: number(right), wrong: number(of(found) - right), missed: number(of(reference) - right) }
}

/// The documents of the reference by the keys of the extraction: what most mentions of a key mean.
fn meanings<'a>(found: &'a [Value], reference: &'a [Value], pairs: &[(usize, usize)]) -> BTreeMap<&'a str, &'a str> {
    let mut votes: BTreeMap<&str, BTreeMap<&str, u32>> = BTreeMap::new();
    for (i, j) in pairs {
        let (key, document) = (words(&found[*i]["target"]), words(&reference[*j]["document"]));
        *votes.entry(key).or_default().entry(document).or_default() += 1;
    }
    let winner = |(key, votes): (&'a str, BTreeMap<&'a str, u32>)| {
        votes.into_iter().max_by_key(|(_, count)| *count).map(|(document, _)| (key, document))
    };
    votes.into_iter().filter_map(winner).collect()
}

fn triples(relations: &Value, name: impl Fn(&str) -> String) -> BTreeSet<Triple> {
    list(relations)
        .iter()
        .map(|r| (name(words(&r["source"])), words(&r["relation"]).to_owned(), name(words(&r["target"]))))
        .filter(|(source, _, target)| source != target)
        .collect()
}

/// Lower case, one spelling of `ủy`, abbreviations written out.
fn folded(issuer: &str) -> String {
    let lower = issuer.to_lowercase().replace("uỷ", "ủy").replace("ubnd", "ủy ban nhân dân");
    lower.split(" (").next().unwrap_or_default().trim().to_owned()
}

#[test]
fn the_seed_reads_as_annotated() -> Result<(), Failure> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/docs/huong-dan-06-thong-tin-doi-ngoai");
    let text = fs::read_to_string(folder.join("input.txt"))?;
    let gold: Value = serde_json::from_str(&fs::read_to_string(folder.join("reference.json"))?)?;
    let extraction = extract(&text)?;
    let wire = serde_json::to_value(WireDocument::new(&extraction))?;
    let (found, reference) = (list(&wire["citations"]), list(&gold["mentions"]));
    let pairs = matched(found, reference);

    let mentions = count("main", found, reference, &pairs).f1();
    assert!(mentions >= 0.97, "mentions: f1 {mentions:.4}");
    let named = count("named", found, reference, &pairs).f1();
    assert!(named >= 0.9, "named works: f1 {named:.4}");

    let meanings = meanings(found, reference, &pairs);
    let own = words(&wire["document"]["key"]);
    let name = |key: &str| match meanings.get(key) {
        _ if key == "self" || (key == own && !own.is_empty()) => "self".to_owned(),
        Some(document) => (*document).to_owned(),
        None => format!("unknown {key}"),
    };
    let have = triples(&wire["relations"], name);
    let want = triples(&gold["relations"], str::to_owned);
    let both = have.intersection(&want).count();
    #[expect(clippy::cast_precision_loss, reason = "some dozens")]
    let relations = 2.0 * both as f64 / (have.len() + want.len()) as f64;
    let (extra, missing): (Vec<_>, Vec<_>) = (have.difference(&want).collect(), want.difference(&have).collect());
    assert!(relations >= 0.9, "relations: f1 {relations:.4}\nspurious: {extra:#?}\nmissed: {missing:#?}");
    Ok(())
}

#[test]
fn the_seed_says_what_it_is() -> Result<(), Failure> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/docs/huong-dan-06-thong-tin-doi-ngoai");
    let text = fs::read_to_string(folder.join("input.txt"))?;
    let gold: Value = serde_json::from_str(&fs::read_to_string(folder.join("reference.json"))?)?;
    let extraction = extract(&text)?;
    let wire = serde_json::to_value(WireDocument::new(&extraction))?;
    let (own, want) = (&wire["document"], &gold["document"]);
    for field in ["type", "number", "date", "title"] {
        assert_eq!(own[field], want[field], "{field}");
    }
    assert!(own["symbol"].is_null(), "the header has a number only: {}", own["symbol"]);
    // the name has the place, the reference only what is written
    let (name, written) = (folded(words(&own["issuer"]["name"])), folded(words(&want["issuer"])));
    assert!(name.starts_with(&written), "issuer: `{name}` for `{written}`");
    Ok(())
}

#[test]
fn nothing_of_the_seed_is_invented() -> Result<(), Failure> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/docs/huong-dan-06-thong-tin-doi-ngoai");
    let text = fs::read_to_string(folder.join("input.txt"))?;
    let gold: Value = serde_json::from_str(&fs::read_to_string(folder.join("reference.json"))?)?;
    let extraction = extract(&text)?;
    let wire = serde_json::to_value(WireDocument::new(&extraction))?;
    let (found, reference) = (list(&wire["citations"]), list(&gold["mentions"]));
    let mut without_issuer = 0;
    for (i, j) in matched(found, reference) {
        let (citation, mention) = (&found[i], &reference[j]);
        let at = &mention["span"];
        for field in ["type", "symbol", "date", "date_raw"] {
            assert_eq!(citation[field], mention[field], "{field} of the mention at {at}");
        }
        let (issuer, written) = (words(&citation["issuer"]["text"]), words(&mention["issuer"]));
        if issuer.is_empty() && !written.is_empty() {
            without_issuer += 1;
            continue;
        }
        assert!(!written.is_empty() || issuer.is_empty(), "the issuer of the mention at {at} is invented: {issuer}");
        assert!(folded(written).starts_with(&folded(issuer)), "issuer: `{issuer}` for `{written}` at {at}");
    }
    // `của Bộ Chính trị (khóa X) theo Công văn …` after the title of a work
    assert!(without_issuer <= 1, "{without_issuer} mentions have lost their issuer");
    Ok(())
}
