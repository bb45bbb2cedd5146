//! Mentions by number and acts by name, tried at every place of a text.

use crate::chars::Text;
use crate::symbol::{Symbol, bare_year, date_after, role, role_glued, symbol};
use crate::tables::{Anchor, Tables};

/// A mention as this reader sees it, in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) slug: String,
    pub(crate) symbol: Option<Symbol>,
    /// Where the name of an act stands.
    pub(crate) name: Option<(usize, usize)>,
}

/// All that is found, and where nothing is claimed.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) mentions: Vec<Mention>,
    /// Full State symbols, with type word or without.
    pub(crate) symbols: Vec<Symbol>,
    /// Titles of amending acts and what follows them: read by rules that are not here.
    pub(crate) unclaimed: Vec<(usize, usize)>,
}

/// After `số`, a mark and white space; `at` itself after white space when there is none.
fn number_place(tables: &Tables, text: &Text, at: usize) -> (usize, bool) {
    let here = text.skip(at);
    let marked = role(tables, text, here, &["number"]).or_else(|| role_glued(tables, text, here, &["number"]));
    let Some(end) = marked else { return (here, false) };
    let after = text.skip(end);
    match text.c(after) {
        '.' if text.c(after + 1) == '.' => (after, true),
        ':' | '.' | '/' => (text.skip(after + 1), true),
        _ => (after, true),
    }
}

pub(crate) fn find(tables: &Tables, text: &Text) -> Found {
    let mut found = Found::default();
    let mut reach = 0;
    for at in 0..text.chars.len() {
        if text.starts_word(at)
            && at >= reach
            && let Some((anchor, end)) = text.longest(at, &tables.anchors)
        {
            reach = end;
            if let Anchor::Type { slug, class } = anchor {
                let read = match class.as_str() {
                    "numbered" | "named" | "generic" => numbered(tables, text, at, end, slug),
                    "law" => law(tables, text, at, end, slug, &mut found),
                    _ => None,
                };
                if let Some(mention) = read {
                    reach = mention.end;
                    found.mentions.push(mention);
                }
            }
        }
        if text.starts_word(at) && text.c(at).is_ascii_digit() {
            found.symbols.extend(full_symbol(tables, text, at));
        }
    }
    found
}

/// `Luật này`, `Nghị định nêu trên`.
fn points_back(tables: &Tables, text: &Text, end: usize) -> bool {
    let next = text.skip(end);
    let after = role(tables, text, next, &["adjective"]).map_or(next, |end| text.skip(end));
    [next, after].into_iter().any(|at| role(tables, text, at, &["this"]).is_some()) || {
        let twice = role(tables, text, after, &["adjective"]).map_or(after, |end| text.skip(end));
        [next, after, twice].into_iter().any(|at| role(tables, text, at, &["back"]).is_some())
    }
}

fn numbered(tables: &Tables, text: &Text, at: usize, end: usize, slug: &str) -> Option<Mention> {
    if points_back(tables, text, end) {
        return None;
    }
    let (number, _) = number_place(tables, text, end);
    let symbol = symbol(tables, text, number)?;
    let end = date_after(tables, text, symbol.end).unwrap_or(symbol.end);
    Some(Mention { start: at, end, slug: slug.to_owned(), symbol: Some(symbol), name: None })
}

fn law(tables: &Tables, text: &Text, at: usize, end: usize, slug: &str, found: &mut Found) -> Option<Mention> {
    if compound(tables, text, at) || points_back(tables, text, end) {
        return None;
    }
    let mut mention = Mention { start: at, end, slug: slug.to_owned(), symbol: None, name: None };
    let (number, _) = number_place(tables, text, end);
    if let Some(symbol) = symbol(tables, text, number) {
        mention.end = date_after(tables, text, symbol.end).unwrap_or(symbol.end);
        mention.symbol = Some(symbol);
        return Some(mention);
    }
    let start = text.skip(end);
    if role(tables, text, start, &["amending"]).is_some() {
        // to the end of the sentence or line
        let stop =
            (start..text.chars.len()).find(|at| matches!(text.c(*at), '\n' | ';' | '.')).unwrap_or(text.chars.len());
        found.unclaimed.push((at, stop.min(start + 300)));
        return None;
    }
    let about = role(tables, text, start, &["title"]).map(|end| text.skip(end));
    let named = text.longest(start, &tables.law_names);
    match named.or_else(|| text.longest(about?, &tables.law_names)) {
        Some((_, stop)) => {
            mention.end = revised(tables, text, rest_of_title(tables, text, start, stop));
            mention.name = Some((start, mention.end));
        }
        None if slug == "hien-phap" => {}
        None => return None,
    }
    let (number, marked) = number_place(tables, text, mention.end);
    if marked {
        let Some(symbol) = symbol(tables, text, number) else {
            // a number without a code, or a damaged one
            found.unclaimed.push((at, number + 1));
            return None;
        };
        mention.end = symbol.end;
        mention.symbol = Some(symbol);
    }
    let end = mention.end;
    mention.end = date_after(tables, text, end).or_else(|| bare_year(text, end)).unwrap_or(end);
    // without a name only a constitution of a year is one
    (mention.name.is_some() || mention.end > end).then_some(mention)
}

/// What a title of the table has after its first bracket or semicolon, where the name read so far is the rest of it.
fn rest_of_title(tables: &Tables, text: &Text, start: usize, stop: usize) -> usize {
    let next = text.skip(stop);
    // lines break anywhere in it, and stray signs stand in it
    let plain = |name: &str| crate::chars::fold(&name.replace(|c: char| !c.is_alphanumeric(), ""));
    let name = plain(&text.string(start, stop));
    let rests = tables.cut_titles.iter().filter(|(head, _)| plain(head) == name);
    let fits = |rest: &&str| text.string(next, next + rest.chars().count()) == **rest;
    rests.map(|(_, rest)| &**rest).find(fits).map_or(stop, |rest| next + rest.chars().count())
}

/// `(sửa đổi)` after a name belongs to it.
fn revised(tables: &Tables, text: &Text, end: usize) -> usize {
    let open = text.skip(end);
    let close = (text.c(open) == '(').then(|| role(tables, text, text.skip(open + 1), &["revised"])).flatten();
    close.map(|end| text.skip(end)).filter(|close| text.c(*close) == ')').map_or(end, |close| close + 1)
}

/// `pháp luật`, `công ty luật`: one or two words before make another word of it.
fn compound(tables: &Tables, text: &Text, at: usize) -> bool {
    let end = text.skip_back(at);
    let one = text.word_start(end);
    let two = text.word_start(text.skip_back(one));
    let capital = |at: usize| text.c(at).is_uppercase();
    [one, two].into_iter().any(|word| {
        let is = |what: &str| word < end && role(tables, text, word, &[what]) == Some(end);
        is("not_before")
            || is("not_before syllable") && (!capital(at) || capital(word))
            || is("not_before small") && !capital(at)
    })
}

/// A symbol of number, year, known type and known body, that nothing is glued to.
fn full_symbol(tables: &Tables, text: &Text, at: usize) -> Option<Symbol> {
    let glued = at > 0 && matches!(text.c(at - 1), '.' | '-' | '_' | '/' | '&');
    let before = text.skip_back(at);
    let stroke = before > 0 && matches!(text.c(before - 1), '/' | '-');
    let symbol = symbol(tables, text, at).filter(|symbol| symbol.year && symbol.slug.is_some() && symbol.known)?;
    if glued || stroke || text.in_word(symbol.end) {
        return None;
    }
    // numbers of forms, contracts and licences are none
    let mut end = if before > 0 && text.c(before - 1) == ':' { text.skip_back(before - 1) } else { before };
    for _ in 0..8 {
        let word = text.word_start(end);
        let form = match text.longest(word, &tables.anchors) {
            Some((Anchor::Unit(_), _)) => true,
            Some((Anchor::Type { class, .. }, _)) => class == "private",
            _ => false,
        };
        if form || role(tables, text, word, &["form_code"]).is_some() {
            return None;
        }
        end = text.skip_back(word);
    }
    Some(symbol)
}
