//! Runs of Điều, khoản and điểm, lists and ranges, inner levels before outer ones or outer before inner.

use crate::chars::{Text, fold};
use crate::symbol::role;
use crate::tables::{Anchor, Tables};

/// A run of provisions, in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) paths: Vec<String>,
    /// A unit, label or joint in it that this reader does not know.
    pub(crate) foreign: bool,
    /// One label alone.
    pub(crate) single: bool,
    pub(crate) capital: bool,
}

/// How an item stands to the one before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Joint {
    Beside,
    And,
}

const LEVELS: [&str; 3] = ["dieu", "khoan", "diem"];

struct Item {
    level: usize,
    labels: Vec<String>,
    joint: Joint,
}

pub(crate) fn unit(tables: &Tables, text: &Text, at: usize) -> Option<(String, usize)> {
    match text.longest(at, &tables.anchors) {
        Some((Anchor::Unit(unit), end)) => Some((unit.clone(), end)),
        _ => None,
    }
}

/// The run that begins with the unit word at `at`.
pub(crate) fn run(tables: &Tables, text: &Text, at: usize) -> Option<Run> {
    let mut items: Vec<Item> = Vec::new();
    let mut foreign = false;
    let (mut here, mut joint) = (at, Joint::Beside);
    let mut end = at;
    while let Some((level, labels, after, known)) = item(tables, text, here) {
        foreign |= !known;
        items.push(Item { level, labels, joint });
        end = after;
        let Some((next, how)) = joined(tables, text, end, &mut foreign) else { break };
        (here, joint) = (next, how);
    }
    if items.is_empty() {
        return None;
    }
    let single = items.len() == 1 && items.iter().all(|item| item.labels.len() == 1);
    let paths = paths(&items, &mut foreign);
    Some(Run { start: at, end, paths, foreign, single, capital: text.c(at).is_uppercase() })
}

type ItemRead = (usize, Vec<String>, usize, bool);

fn item(tables: &Tables, text: &Text, at: usize) -> Option<ItemRead> {
    let word = |at: usize, roles: &[&str]| role(tables, text, at, roles);
    let mut at = at;
    for _ in 0..3 {
        if let Some(end) = word(at, &["plural", "from"]) {
            at = text.skip(end);
        } else if let Some((_, end)) = unit(tables, text, at)
            && let Some(end) = word(text.skip(end), &["from"])
        {
            at = text.skip(end);
        } else {
            break;
        }
    }
    let (name, end) = unit(tables, text, at)?;
    let Some(level) = LEVELS.iter().position(|known| *known == name) else {
        // another unit with its label, whatever it is
        let mut end = text.word_end(text.skip(end));
        while matches!(text.c(end), '.' | '-' | '/') && text.in_word(end + 1) {
            end = text.word_end(end + 1);
        }
        return Some((0, vec![String::new()], end, false));
    };
    let at = text.skip(end);
    if let Some(end) = word(at, &["this"]) {
        return Some((level, vec!["this".to_owned()], end, true));
    }
    let (first, mut end) = label(text, level, at)?;
    if level == 0 && text.c(end) == '.' && text.c(end + 1).is_ascii_digit() {
        return None;
    }
    let mut labels = vec![first];
    loop {
        if let Some((last, after)) = range(tables, text, level, &name, end) {
            let before = labels.pop().unwrap_or_default();
            labels.push(format!("{before}..{last}"));
            end = after;
        } else if let Some((next, after)) = further(tables, text, level, end) {
            labels.push(next);
            end = after;
        } else {
            return Some((level, labels, end, true));
        }
    }
}

fn label(text: &Text, level: usize, at: usize) -> Option<(String, usize)> {
    let figures = text.figures(at);
    if level < 2 {
        let mut end = at + figures;
        let letter = text.c(end);
        if figures == 0 || figures > 9 {
            return None;
        }
        if fold(&letter.to_string()).first().is_some_and(|c| c.is_ascii_lowercase() || *c == 'đ')
            && one(&letter)
            && !text.in_word(end + 1)
        {
            end += 1;
        }
        let goes_on = match text.c(end) {
            '%' | '/' => true,
            '.' => text.c(end + 1).is_ascii_digit(),
            _ => text.in_word(end),
        };
        return (!goes_on).then(|| (text.string(at, end).to_lowercase(), end));
    }
    // a letter, a letter twice, a letter with a figure, or dotted figures
    let mut end = at;
    let (mut letters, mut digits) = (Vec::new(), 0);
    while end < at + 12 {
        let c = text.c(end);
        if c.is_ascii_digit() {
            digits += 1;
        } else if text.in_word(end) && c != '&' && one(&c) {
            letters.push(fold(&c.to_string()));
        } else if c == '.' && end > at {
            let single = text.c(end + 1).is_ascii_lowercase() && !text.in_word(end + 2);
            if !text.c(end + 1).is_ascii_digit() && !single {
                break;
            }
        } else {
            break;
        }
        end += 1;
    }
    let decimal = matches!(text.c(end), '%' | '/');
    let word = text.in_word(end) || letters.len() > 2 || letters.len() == 2 && letters.first() != letters.last();
    (end > at && digits <= 6 && !word && !(letters.is_empty() && decimal))
        .then(|| (text.string(at, end).to_lowercase(), end))
}

/// A letter without tone.
fn one(c: &char) -> bool {
    let folded = fold(&c.to_string());
    c.is_alphabetic() && !folded.iter().any(|c| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'))
}

fn range(tables: &Tables, text: &Text, level: usize, name: &str, end: usize) -> Option<(String, usize)> {
    let at = text.skip(end);
    if let Some(after) = role(tables, text, at, &["to"]) {
        let mut next = text.skip(after);
        if let Some((other, end)) = unit(tables, text, next) {
            if other != name {
                return None;
            }
            next = text.skip(end);
        }
        return label(text, level, next);
    }
    let next = text.skip(at + 1);
    (text.c(at) == '-' && level < 2 && text.c(end) == ' ' && text.c(next).is_ascii_digit())
        .then(|| label(text, level, next))?
}

fn further(tables: &Tables, text: &Text, level: usize, end: usize) -> Option<(String, usize)> {
    let at = text.skip(end);
    let mut next = at;
    if text.c(next) == ',' {
        next = text.skip(next + 1);
    }
    if let Some(end) = role(tables, text, next, &["and"]) {
        next = text.skip(end);
    }
    if next == at {
        return None;
    }
    let (label, after) = label(text, level, next)?;
    let counted =
        level < 2 && text.c(next).is_ascii_digit() && role(tables, text, text.skip(after), &["counted"]).is_some();
    (!counted && text.c(after) != '/').then_some((label, after))
}

fn joined(tables: &Tables, text: &Text, end: usize, foreign: &mut bool) -> Option<(usize, Joint)> {
    let word = |at: usize, roles: &[&str]| role(tables, text, at, roles);
    let mut at = text.skip(end);
    let mut joint = Joint::Beside;
    let mut comma = false;
    if text.c(at) == ',' || text.c(at) == '-' && unit(tables, text, text.skip(at + 1)).is_some() {
        comma = true;
        at = text.skip(at + 1);
    }
    for _ in 0..3 {
        if let Some(end) = word(at, &["and"]) {
            (at, joint) = (text.skip(end), Joint::And);
        } else if let Some(end) = word(at, &["except"]) {
            // exceptions go to a list of their own
            *foreign |= unit(tables, text, text.skip(end)).is_some();
            (at, joint) = (text.skip(end), Joint::And);
        } else if joint == Joint::Beside
            && !comma
            && let Some(end) = word(at, &["of", "at"])
        {
            at = text.skip(end);
        } else {
            break;
        }
    }
    let mut probe = at;
    for _ in 0..2 {
        if let Some(end) = word(probe, &["plural", "from"]) {
            probe = text.skip(end);
        }
    }
    unit(tables, text, probe).map(|_| (at, joint))
}

/// Each label with the levels above it: those to its right that are not joined by a word, else those to its left.
fn paths(items: &[Item], foreign: &mut bool) -> Vec<String> {
    let rises = items.windows(2).any(|pair| pair[1].level < pair[0].level);
    let falls = |pair: &[Item]| pair[1].level > pair[0].level && pair[1].joint == Joint::Beside;
    if !rises && items.windows(2).any(falls) {
        return downwards(items, foreign);
    }
    // of each item: the labels of the outer items that hold it
    let mut used = vec![false; items.len()];
    let mut out = Vec::new();
    let mut holders: Vec<Vec<usize>> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let mut level = item.level;
        let mut over = Vec::new();
        for (other, outer) in items.iter().enumerate().skip(index + 1) {
            if outer.level < level && outer.joint == Joint::Beside && items[other - 1].level > outer.level {
                level = outer.level;
                over.push(other);
                used[other] = true;
            }
        }
        holders.push(over);
    }
    // an inner item after an outer one that still finds an outer one to its right is fine; one that does not is not
    for (index, pair) in items.windows(2).enumerate().filter(|(_, pair)| falls(pair)) {
        let rest = items.iter().skip(index + 2);
        let back = rest.take_while(|item| item.joint == Joint::Beside).any(|item| item.level <= pair[0].level);
        *foreign |= !back;
    }
    for (index, item) in items.iter().enumerate() {
        for (place, label) in item.labels.iter().enumerate() {
            if place == 0 && used[index] {
                continue;
            }
            let mut path: Vec<String> = vec![format!("{}:{label}", LEVELS[item.level])];
            for other in &holders[index] {
                path.insert(0, format!("{}:{}", LEVELS[items[*other].level], items[*other].labels[0]));
            }
            out.push(path.join("/"));
        }
    }
    dedup(out)
}

/// `Điều 3, khoản 1, điểm a`: each inside the one before it.
fn downwards(items: &[Item], foreign: &mut bool) -> Vec<String> {
    let steps = items.windows(2).all(|pair| pair[1].level > pair[0].level && pair[1].joint == Joint::Beside);
    let plain = items.iter().rev().skip(1).all(|item| item.labels.len() == 1);
    *foreign |= !(steps && plain);
    let outer: Vec<String> =
        items.iter().rev().skip(1).rev().map(|item| format!("{}:{}", LEVELS[item.level], item.labels[0])).collect();
    let last = items.last().map_or(&[][..], |item| &item.labels);
    let level = items.last().map_or(0, |item| item.level);
    dedup(
        last.iter()
            .map(|label| [outer.clone(), vec![format!("{}:{label}", LEVELS[level])]].concat().join("/"))
            .collect(),
    )
}

fn dedup(paths: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for path in paths {
        if !out.contains(&path) {
            out.push(path);
        }
    }
    out
}
