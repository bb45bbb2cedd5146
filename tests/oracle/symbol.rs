//! Symbols and dates, at one place of a text.

use crate::chars::Text;
use crate::tables::{Tables, capitals};

/// A symbol as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Symbol {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// In its official form.
    pub(crate) text: String,
    pub(crate) year: bool,
    /// Slug of the type that its first code says.
    pub(crate) slug: Option<String>,
    /// Its first body is in the table.
    pub(crate) known: bool,
}

struct Part {
    mark: char,
    text: String,
}

/// Words of a role at `at`: the end of the longest.
pub(crate) fn role(tables: &Tables, text: &Text, at: usize, roles: &[&str]) -> Option<usize> {
    roles.iter().filter_map(|role| text.longest(at, tables.role(role)).map(|((), end)| end)).max()
}

/// The same for one word to which a figure is glued: `ngày10`, `số12`.
pub(crate) fn role_glued(tables: &Tables, text: &Text, at: usize, roles: &[&str]) -> Option<usize> {
    let mut end = at;
    while text.c(end).is_alphabetic() {
        end += 1;
    }
    let word = Text::new(tables, &text.string(at, end));
    let whole = role(tables, &word, 0, roles) == Some(end - at);
    (whole && text.c(end).is_ascii_digit()).then_some(end)
}

fn year(text: &Text, at: usize) -> bool {
    text.figures(at) == 4 && matches!(text.string(at, at + 2).as_str(), "18" | "19" | "20")
}

/// Up to four spaces around a mark, one line break among them.
fn spaces(text: &Text, at: usize) -> usize {
    let mut count = 0;
    while count < 4
        && text.is_space(at + count)
        && !(text.c(at + count) == '\n' && text.string(at, at + count).contains('\n'))
    {
        count += 1;
    }
    count
}

fn toneless(c: char) -> bool {
    let folded = crate::chars::fold(&c.to_string());
    !folded.iter().any(|c| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'))
}

/// The end of the number at `at`: one to six figures and a letter or `bis`, `ter`.
fn number(text: &Text, at: usize) -> Option<usize> {
    let count = text.figures(at);
    if !(1..=6).contains(&count) {
        return None;
    }
    let mut end = at + count;
    let word = text.word_end(end);
    let suffix = text.string(end, word).to_lowercase();
    let letter = |c: char| matches!(crate::chars::fold(&c.to_string()).first(), Some('a'..='e' | 'đ')) && toneless(c);
    if matches!(suffix.as_str(), "bis" | "ter") || suffix.chars().count() == 1 && suffix.chars().all(letter) {
        end = word;
    }
    // `08 a/2010`: a letter one space away
    if text.c(end) == ' ' && matches!(text.c(end + 1), 'a'..='e') && text.c(end + 2) == '/' && year(text, end + 3) {
        end += 2;
    }
    (!text.in_word(end) || text.c(end).is_ascii_uppercase()).then_some(end)
}

/// The end of the code at `at`: capitals, figures, `&`, dots between; a known code in any case; a code to which the
/// next word sticks.
fn code(tables: &Tables, text: &Text, at: usize) -> Option<usize> {
    let mut end = at;
    let mut capitals_end = None;
    loop {
        let c = text.c(end);
        let small = capitals_end.is_some();
        if text.in_word(end) {
            if !(c.is_uppercase() || c.is_ascii_digit() || c == '&') {
                capitals_end = capitals_end.or(Some(end));
            }
        } else if !(c == '.' && end > at && !small && text.in_word(end + 1) && !text.c(end + 1).is_ascii_lowercase()) {
            break;
        }
        end += 1;
    }
    let known = |end: usize| {
        let word = text.string(at, end);
        tables.type_code(&word).is_some() || tables.issuer_code(&word).is_some()
    };
    if end == at || text.c(at).is_ascii_digit() {
        return None;
    }
    let Some(capitals_end) = capitals_end.filter(|_| !known(end)) else { return Some(end) };
    let sticks = |cut: usize| role(tables, text, cut, &["date", "of", "title", "and", "year"]).is_some();
    (capitals_end.max(at + 1)..end).rev().find(|cut| sticks(*cut) && (*cut == capitals_end || known(*cut)))
}

/// A number and its parts. Only what has a code is a symbol here.
pub(crate) fn symbol(tables: &Tables, text: &Text, at: usize) -> Option<Symbol> {
    let number_end = number(text, at)?;
    let mut end = number_end;
    let mut parts: Vec<Part> = Vec::new();
    while let Some((next, part)) = part(tables, text, end, &parts) {
        // a stroke lost after the year is a repair, which is not read here
        if part.text.len() == 4 && year(text, next - 4) && text.in_word(next) {
            return None;
        }
        end = next;
        parts.push(part);
    }
    let figures = |part: &Part| part.text.chars().all(|c| c.is_ascii_digit());
    let first = parts.first()?;
    let has_year = figures(first) && first.text.len() == 4 && ["18", "19", "20"].contains(&first.text.split_at(2).0);
    let lead = usize::from(figures(first));
    let codes: Vec<&Part> = parts.iter().skip(lead).collect();
    let head = codes.first()?;
    let of_type = tables.type_code(&head.text);
    if of_type.is_some_and(|(_, _, class)| class == "private") {
        return None;
    }
    let slug = of_type.map(|(_, slug, _)| slug.to_owned());
    let body = body(tables, &codes, of_type.is_some());
    let system = body.map_or("", |(issuer, _)| &issuer.system);
    let marks: Vec<char> = codes.iter().map(|part| part.mark).collect();
    let joint = slug.as_deref().is_some_and(|slug| slug.starts_with("thong-tu-lien") || slug == "nghi-quyet-lien-tich")
        || matches!(head.text.as_str(), "CTPH" | "QCPH" | "CTrPH");
    let organ = body.map_or("", |(issuer, _)| &issuer.code);
    let congress = matches!(organ, "QH" | "UBTVQH" | "HĐNN" | "TVQH" | "CTN");
    let old = matches!(organ, "HĐBT" | "HĐCP");
    let special = matches!(slug.as_deref(), Some("van-ban-hop-nhat" | "an-le" | "sac-lenh" | "sac-luat"));
    let case = ["HS", "DS", "HNGĐ", "KDTM", "LĐ", "HC", "HSST", "HSPT", "DSST", "DSPT", "HN", "KT"];
    let case = case.contains(&head.text.as_str()) && codes.len() >= 2;
    let plain = !joint && !special && !congress && !case;
    // official marks: a hyphen before the type and a stroke before the body in the Party, the reverse of the State
    let turned = plain && system == "dang" && marks.starts_with(&['/', '-']);
    let strokes = plain
        && !matches!(system, "dang" | "doan_the")
        && !old
        && slug.is_some()
        && has_year
        && marks.get(1) == Some(&'/');
    let mut written: String = text.string(at, number_end).split(' ').collect();
    for (index, part) in parts.iter().enumerate() {
        let place = index.checked_sub(lead);
        let mark = match place {
            Some(0) if turned => '-',
            Some(1) if turned => '/',
            Some(1) if strokes => '-',
            _ => part.mark,
        };
        written.push(mark);
        written.push_str(&if place.is_some() { official(tables, &part.text) } else { part.text.clone() });
        if mark == '(' {
            written.push(')');
        }
    }
    let mut known = body.is_some_and(|(_, first)| first);
    let mut slug = slug;
    // `28/2004/QH 11`: the term one space away, where it agrees with the year
    let last = parts.last()?;
    let figures = text.figures(end + 1);
    let after = end + 1 + figures;
    if text.c(end) == ' ' && (1..=2).contains(&figures) && !text.in_word(after) && !matches!(text.c(after), '/' | '-') {
        let term = text.string(end + 1, after);
        let term = term.trim_start_matches('0');
        let stated = has_year && tables.assembly(term, &first.text);
        if stated && tables.issuer_code(&format!("{}{term}", last.text)).is_some() {
            written.push_str(term);
            slug = slug.filter(|_| tables.type_code(&last.text).is_none() || codes.len() > 1);
            known = true;
            end = after;
        }
    }
    Some(Symbol { start: at, end, text: written, year: has_year, slug, known })
}

/// The first body that the codes name, and whether nothing unknown stands before it.
fn body<'t>(tables: &'t Tables, codes: &[&Part], typed: bool) -> Option<(&'t crate::tables::Issuer, bool)> {
    let from = usize::from(typed);
    // `BNN-PTNT` is one body
    let pair = |at: usize| {
        let (a, b) = (codes.get(at)?, codes.get(at + 1)?);
        tables.issuer_code(&format!("{}-{}", a.text, b.text))
    };
    if let Some(found) = pair(0).filter(|_| !typed || from == 0).or_else(|| pair(from)) {
        return Some((found, true));
    }
    tables.issuer_code(&codes.get(from)?.text).map(|found| (found, true))
}

fn official(tables: &Tables, code: &str) -> String {
    if let Some((form, ..)) = tables.type_code(code) {
        return form.to_owned();
    }
    match tables.issuer_code(code) {
        Some(issuer) if capitals(code) == capitals(&issuer.code) => issuer.code.clone(),
        Some(issuer) if issuer.code == "TW" && code.contains('Ư') => issuer.code.clone(),
        _ if code.chars().any(char::is_uppercase) => code.to_owned(),
        _ => capitals(code),
    }
}

fn part(tables: &Tables, text: &Text, at: usize, before: &[Part]) -> Option<(usize, Part)> {
    let left = spaces(text, at);
    let mark = match text.c(at + left) {
        c @ ('/' | '-') => c,
        '_' => '-',
        '(' if left == 0 && !before.is_empty() => {
            let end = (at + 1..at + 7).find(|end| text.c(*end) == ')')?;
            let inner = text.string(at + 1, end);
            let fits =
                inner.chars().all(|c| c.is_ascii_alphanumeric()) && inner.starts_with(|c: char| c.is_ascii_uppercase());
            return fits.then_some((end + 1, Part { mark: '(', text: inner }));
        }
        _ => return None,
    };
    let right = spaces(text, at + left + 1);
    let here = at + left + 1 + right;
    let spaced = left + right > 0;
    if year(text, here) {
        let fits = before.is_empty() && (mark == '/' || text.c(here + 4) == '/');
        return fits.then(|| (here + 4, Part { mark, text: text.string(here, here + 4) }));
    }
    let figures = text.figures(here);
    if figures > 0 {
        let after = here + figures;
        let inner = before.is_empty() && figures <= 4 && text.c(after) == '/' && text.c(after + 1).is_ascii_uppercase();
        let short = mark == '/' && figures <= 2 || mark == '-' && text.c(here) == '0';
        let last = before.len() >= 2 && figures <= 3 && !text.in_word(after) && !spaced && short;
        return (inner || last).then(|| (after, Part { mark, text: text.string(here, after) }));
    }
    let end = code(tables, text, here)?;
    let word = text.string(here, end);
    if spaced {
        // a space beside a mark is an accident only where the codes say so
        let next = text.c(end + spaces(text, end));
        let follows = matches!(next, '/' | '-');
        let after_type = before.iter().any(|part| tables.type_code(&part.text).is_some());
        let after_code = before.last().is_some_and(|part| !part.text.starts_with(|c: char| c.is_ascii_digit()));
        let capital =
            word.len() >= 2 && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || !c.is_ascii());
        let holds = if tables.type_code(&word).is_some() {
            mark == '/' || follows
        } else if tables.issuer_code(&word).is_some() {
            after_type || mark == '/'
        } else {
            capital && after_code
        };
        if !holds {
            return None;
        }
    }
    Some((end, Part { mark, text: word }))
}

/// The end of a date that follows at `at`: after white space, a comma before `ngày`, a note in parentheses.
pub(crate) fn date_after(tables: &Tables, text: &Text, end: usize) -> Option<usize> {
    let mut at = text.skip(end);
    let is_day = |at: usize| role(tables, text, at, &["date"]).is_some();
    if text.c(at) == '('
        && let Some(close) = (at + 1..at + 6).find(|close| text.c(*close) == ')')
        && text.string(at + 1, close).chars().all(|c| c.is_ascii_alphanumeric())
        && is_day(text.skip(close + 1))
    {
        at = text.skip(close + 1);
    }
    if text.c(at) == ',' {
        at = text.skip(at + 1);
        if !is_day(at) {
            return None;
        }
    }
    date(tables, text, at)
}

/// The end of the date at `at`, `ngày` counted.
pub(crate) fn date(tables: &Tables, text: &Text, at: usize) -> Option<usize> {
    let word = |at: usize, roles: &[&str]| role(tables, text, at, roles);
    let few = |at: usize, most: usize| text.figures(at).min(most);
    let mark = |at: usize| {
        let blank = |at: usize| (at..at + 2).take_while(|at| text.c(*at) == ' ').count();
        let at = at + blank(at);
        matches!(text.c(at), '/' | '-' | '.').then(|| at + 1 + blank(at + 1))
    };
    if let Some(end) = word(at, &["date"]).or_else(|| role_glued(tables, text, at, &["date"])) {
        let start = text.skip(end);
        let day = few(start, 2);
        let month_word = if day == 0 {
            word(text.skip(start), &["month"])
        } else {
            word(text.skip(start + day), &["month", "date", "year"])
        };
        if let Some(end) = month_word {
            let month = text.skip(end);
            let gap = text.skip(month + few(month, 2));
            let year = match word(gap, &["year", "month"]) {
                Some(end) => Some((text.skip(end), 1)),
                None => matches!(text.c(gap), '/' | '-' | '.').then_some((gap + 1, 2)),
            };
            if let Some((year, _)) = year.filter(|(year, least)| (*least..=4).contains(&text.figures(*year))) {
                return Some(year + text.figures(year));
            }
        }
        let month = mark(start + day).filter(|_| day > 0)?;
        let month_end = month + few(month, 2);
        if month_end == month {
            return None;
        }
        return match mark(month_end).filter(|year| text.figures(*year) > 0) {
            Some(year) => (text.figures(year) <= 4).then(|| year + text.figures(year)),
            None => (text.figures(month_end) == 0 && text.c(month_end) != '/').then_some(month_end),
        };
    }
    if let Some(end) = word(at, &["month"]) {
        let month = text.skip(end);
        let count = few(month, 2);
        let here = match word(text.skip(month + count), &["year"]) {
            Some(end) => text.skip(end),
            None => mark(month + count)?,
        };
        return (count > 0 && year(text, here)).then_some(here + 4);
    }
    let here = text.skip(word(at, &["year"])?);
    let period =
        mark(here + 4).is_some_and(|next| text.string(here + 4, next).contains('-') && text.figures(next) == 4);
    (year(text, here) && !period).then_some(here + 4)
}

/// A year that stands bare after a name.
pub(crate) fn bare_year(text: &Text, end: usize) -> Option<usize> {
    let at = text.skip(end);
    let plain = year(text, at) && !text.in_word(at + 4) && !matches!(text.c(at + 4), '/' | '-') && text.c(end) != '\n';
    plain.then_some(at + 4)
}
