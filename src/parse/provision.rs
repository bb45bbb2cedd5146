//! Provision references: `điểm a, b và c khoản 1, khoản 3 Điều 7`, `từ Điều 12 đến Điều 15`, `Mục II Phụ lục I`.
//!
//! A run of unit words and labels is read flat, then folded: each outer level goes to all paths before it that
//! lack it. Both directions occur; norms e, Nghị định 30/2020/NĐ-CP.

use super::input::{Grammar, after_space, first, position, starts_upper, tail};
use super::label::{Label, label};
use crate::lexicon::{Anchor, Role};
use crate::model::{Provision, Unit};
use smallvec::SmallVec;
use std::ops::Range;

/// A run of provision references.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct ProvisionRun {
    /// Length in bytes.
    pub end: usize,
    pub provisions: Vec<Provision>,
    /// For each of `provisions`: where its unit word stands, in bytes from the start of the run.
    pub places: SmallVec<[usize; 2]>,
    /// Those of `provisions` that only say where an inserted one goes: `vào sau khoản 5`.
    pub anchors: Vec<Provision>,
    /// Paths that an exception takes out.
    pub except: Vec<Provision>,
    /// A level is `này`.
    pub relative: bool,
    /// Outermost unit named.
    pub outermost: Option<Unit>,
    /// Innermost unit named.
    pub innermost: Option<Unit>,
    /// Labels read.
    pub labels: usize,
    /// The first unit word is capitalised.
    pub capital: bool,
    /// `các`, `những` before a unit word, or a list.
    pub plural: bool,
    /// The list is longer than is read.
    pub broken: bool,
}

/// No list is longer; a longer one is flagged, its rest is read as a new run.
const MOST: usize = 512;

#[derive(Debug)]
struct Path {
    /// Outermost first; labels by their places among those that were read.
    levels: SmallVec<[(Unit, u32); 3]>,
    /// The path before it that may hold its outer levels (`Điều 3, khoản 1`).
    parent: Option<u32>,
    /// Only an outer level of others.
    outer_only: bool,
    except: bool,
    /// Where its unit word stands.
    at: usize,
    /// After `vào sau`.
    anchor: bool,
}

impl Path {
    fn top(&self) -> Unit {
        self.levels.first().map_or(Unit::Paragraph, |level| level.0)
    }
}

/// Most runs are one path or two.
type Paths = SmallVec<[Path; 4]>;

/// How two items are joined.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Join {
    /// Side by side, or by `của`.
    Next,
    /// A comma.
    Comma,
    /// `và`, `hoặc`, a new verb.
    And,
}

/// References to provisions in a row, inner or outer levels first.
///
/// ```ebnf
/// provision_run = item , { joined , item } ;
/// ```
///
/// `head` is the unit word that was found at the start of `i`; `amending` tells whether the run stands in an amending
/// instruction, and is asked only where that matters.
pub(crate) fn provision_run<'i>(
    g: &Grammar<'i>,
    i: &'i [u8],
    head: Option<UnitWord>,
    mut amending: impl FnMut() -> bool,
) -> Option<Unwritten<'i>> {
    let mut out = Seen::default();
    let mut labels = Labels::new();
    let mut read = match head {
        Some(head) => first_item(g, i, head, &mut labels, &mut out)?,
        None => item(g, i, &mut labels, &mut out)?,
    };
    let mut paths = Paths::new();
    let mut at = i;
    let mut join = Join::Next;
    let mut except = false;
    let mut anchor = false;
    out.capital = starts_upper(i);
    loop {
        let Labelled { unit, labels: own, rest } = read;
        place(&mut paths, Item { unit, labels: own, at: position(i, at), join, except, anchor });
        out.end = position(i, rest);
        if paths.len() >= MOST {
            out.broken = true;
            break;
        }
        let Some(joint) = joined(g, rest, &mut amending) else { break };
        out.plural |= joint.join != Join::Next;
        (at, join) = (joint.rest, joint.join);
        except |= joint.except;
        anchor = joint.into || anchor && join == Join::Next;
        let next = match joint.head {
            Some(head) => labelled(g, at, head, false, &mut labels, &mut out),
            None => item(g, at, &mut labels, &mut out),
        };
        let Some(next) = next else { break };
        read = next;
    }
    Some(Unwritten { seen: out, paths, labels })
}

/// What a run is beside its paths; see [`ProvisionRun`].
#[derive(Default)]
struct Seen {
    end: usize,
    relative: bool,
    labels: usize,
    capital: bool,
    plural: bool,
    broken: bool,
}

/// A run whose paths are still to be written down: headings have no need of them.
pub(crate) struct Unwritten<'i> {
    seen: Seen,
    paths: Paths,
    labels: Labels<'i>,
}

impl Unwritten<'_> {
    /// Length in bytes.
    pub(crate) const fn end(&self) -> usize {
        self.seen.end
    }

    /// One label after a unit word that is capitalised.
    pub(crate) const fn may_head(&self) -> bool {
        self.seen.labels == 1 && !self.seen.relative && self.seen.capital
    }

    /// The label at `unit` of the first path, up to a slash: there a path goes on with the next level.
    pub(crate) fn label(&self, unit: Unit) -> Option<&str> {
        let (_, label) = self.paths.first()?.levels.iter().find(|level| level.0 == unit)?;
        self.labels.get(*label as usize)?.as_str().split('/').next()
    }

    /// The run with its paths.
    pub(crate) fn write(self) -> ProvisionRun {
        let Self { seen, mut paths, labels } = self;
        let Seen { end, relative, labels: count, capital, plural, broken } = seen;
        settle(&mut paths);
        let mut out = ProvisionRun {
            end,
            provisions: Vec::with_capacity(paths.len()),
            places: SmallVec::new(),
            anchors: Vec::new(),
            except: Vec::new(),
            relative,
            outermost: paths.iter().filter_map(|path| path.levels.first().map(|level| level.0)).min(),
            innermost: paths.iter().filter_map(|path| path.levels.last().map(|level| level.0)).max(),
            labels: count,
            capital,
            plural,
            broken,
        };
        for path in paths.iter().filter(|path| !path.outer_only) {
            let level = |(unit, label): &(Unit, u32)| Some((*unit, labels.get(*label as usize)?.as_str()));
            let provision = Provision::from_levels(path.levels.iter().filter_map(level));
            let list = if path.except { &mut out.except } else { &mut out.provisions };
            if !list.contains(&provision) {
                if path.anchor {
                    out.anchors.push(provision.clone());
                }
                if !path.except {
                    out.places.push(path.at);
                }
                list.push(provision);
            }
        }
        out
    }
}

/// A unit word that was found, and where it ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UnitWord {
    pub unit: Unit,
    pub end: usize,
}

/// A unit word and the places of its labels, and what stands after them.
struct Labelled<'i> {
    unit: Unit,
    labels: Range<u32>,
    rest: &'i [u8],
}

/// All labels of a run.
type Labels<'i> = SmallVec<[Label<'i>; 6]>;

#[expect(clippy::cast_possible_truncation, reason = "a run has few labels")]
fn count(labels: &Labels<'_>) -> u32 {
    labels.len() as u32
}

/// The first item of a run, which begins with the word `head`.
fn first_item<'i>(
    g: &Grammar<'i>,
    i: &'i [u8],
    head: UnitWord,
    labels: &mut Labels<'i>,
    out: &mut Seen,
) -> Option<Labelled<'i>> {
    // a unit word that is no other word, and has no `từ` after it, leads no longer beginning
    let plain = !g.lexicon.may_play(i, 0, &[Role::Plural, Role::From]);
    if plain && !g.lexicon.may_play(after_space(tail(i, head.end)), 0, &[Role::From]) {
        labelled(g, i, head, false, labels, out)
    } else {
        item(g, i, labels, out)
    }
}

/// A unit word with its labels.
///
/// ```ebnf
/// item = { plural_word | from_word | unit_word , from_word } , unit_word , ( this_word | label
///     , { range_end | further_label } ) ;
/// ```
fn item<'i>(g: &Grammar<'i>, i: &'i [u8], labels: &mut Labels<'i>, out: &mut Seen) -> Option<Labelled<'i>> {
    let mut at = i;
    let mut from = false;
    // `từ`, `các`, `các điều từ`
    for _ in 0..3 {
        if let Some(rest) = g.role(at, &[Role::Plural]) {
            at = after_space(rest);
            out.plural = true;
        } else if let Some(rest) = g.role(at, &[Role::From]) {
            at = after_space(rest);
            from = true;
        } else if let Some((Anchor::Unit(_), end)) = g.lexicon.anchor(at, 0)
            && let Some(rest) = g.next_role(tail(at, end), &[Role::From])
        {
            at = after_space(rest);
            from = true;
        } else {
            break;
        }
    }
    let (Anchor::Unit(unit), end) = g.lexicon.anchor(at, 0)? else { return None };
    labelled(g, at, UnitWord { unit, end }, from, labels, out)
}

/// The labels after the unit word `head` at the start of `i`; `from` when `từ` stands before it.
fn labelled<'i>(
    g: &Grammar<'i>,
    i: &'i [u8],
    head: UnitWord,
    from: bool,
    labels: &mut Labels<'i>,
    out: &mut Seen,
) -> Option<Labelled<'i>> {
    let unit = head.unit;
    let mut from = from;
    let start = count(labels);
    let at = after_space(tail(i, head.end));
    if let Some(rest) = g.role(at, &[Role::This]) {
        out.relative = true;
        out.labels += 1;
        labels.push(Label::Text("this"));
        return Some(Labelled { unit, labels: start..start + 1, rest });
    }
    let (first_label, length) = label(g, unit, at)?;
    let mut rest = tail(at, length);
    if unit == Unit::Article && dotted_code(rest) {
        return None;
    }
    labels.push(first_label);
    let mut read = 1;
    loop {
        let next = after_space(rest);
        if let Some((end_label, after)) = range_end(g, unit, rest, next, from) {
            if let Some(last) = labels.last_mut() {
                *last = last.to(&end_label);
            }
            rest = after;
            from = false;
            continue;
        }
        let Some((further, after)) = further_label(g, unit, next) else { break };
        labels.push(further);
        read += 1;
        rest = after;
        if read >= MOST {
            break;
        }
    }
    out.labels += read;
    Some(Labelled { unit, labels: start..count(labels), rest })
}

/// Codification numbers: `Điều 2.2.LQ.1`.
fn dotted_code(rest: &[u8]) -> bool {
    first(rest) == Some(b'.') && tail(rest, 1).first().is_some_and(u8::is_ascii_digit)
}

/// The end of a range after `i`, whose first word is at `at`. With a hyphen only after a blank: `Điều 156-9` is ambiguous and stays as it is.
///
/// ```ebnf
/// range_end = to_word , [ unit_word ] , label | "-" , label ;
/// ```
fn range_end<'i>(g: &Grammar<'i>, unit: Unit, i: &'i [u8], at: &'i [u8], from: bool) -> Option<(Label<'i>, &'i [u8])> {
    if let Some(rest) = g.role(at, &[Role::To]) {
        let mut next = after_space(rest);
        if let Some((Anchor::Unit(other), end)) = g.lexicon.anchor(next, 0) {
            if other != unit {
                return None;
            }
            next = after_space(tail(next, end));
        } else if !from && !matches!(unit, Unit::Article | Unit::Clause | Unit::Point) {
            return None;
        }
        let (label, length) = label(g, unit, next)?;
        return Some((label, tail(next, length)));
    }
    // `Điều 12 - 18`; `Điều 156-9` is ambiguous and stays as it is
    if first(at) == Some(b'-') && matches!(unit, Unit::Article | Unit::Clause) && first(i) == Some(b' ') {
        let next = after_space(tail(at, 1));
        if next.first().is_some_and(u8::is_ascii_digit) {
            let (label, length) = label(g, unit, next)?;
            return Some((label, tail(next, length)));
        }
    }
    None
}

/// A further label without its unit word: `khoản 1, 2 và 3`.
///
/// ```ebnf
/// further_label = ( "," , [ and_word ] | and_word ) , label ;
/// ```
fn further_label<'i>(g: &Grammar<'i>, unit: Unit, at: &'i [u8]) -> Option<(Label<'i>, &'i [u8])> {
    if matches!(unit, Unit::Template | Unit::Chart | Unit::Dash | Unit::Paragraph) {
        return None;
    }
    let mut next = at;
    let mut separated = false;
    if first(next) == Some(b',') {
        next = after_space(tail(next, 1));
        separated = true;
    }
    if let Some(rest) = g.role(next, &[Role::And]) {
        next = after_space(rest);
        separated = true;
    }
    if !separated {
        return None;
    }
    let (label, length) = label(g, unit, next)?;
    let rest = tail(next, length);
    // `khoản 1 và 30 ngày`, `điểm a và 2 người`: what is counted is no label
    let figure = matches!(unit, Unit::Article | Unit::Clause) && next.first().is_some_and(u8::is_ascii_digit);
    let dated = first(rest) == Some(b'/');
    if dated || figure && g.next_role(rest, &[Role::Counted]).is_some() {
        return None;
    }
    Some((label, rest))
}

/// What joins two items, before a unit word. Semicolons and amending words join only in amending instructions.
///
/// ```ebnf
/// joined = [ "," | "-" | ";" ] , { and_word | except_word | amending_word | into_word | of_word
///     | at_word } ;
/// ```
fn joined<'i>(g: &Grammar<'_>, i: &'i [u8], amending: &mut impl FnMut() -> bool) -> Option<Joint<'i>> {
    let mut at = after_space(i);
    let mut join = Join::Next;
    let mut except = false;
    let mut into = false;
    let unit_after =
        |mark: &[u8]| matches!(g.lexicon.anchor(after_space(tail(mark, 1)), 0), Some((Anchor::Unit(_), _)));
    match first(at)? {
        b',' => (at, join) = (after_space(tail(at, 1)), Join::Comma),
        b'-' if unit_after(at) => (at, join) = (after_space(tail(at, 1)), Join::Comma),
        b';' if amending() => (at, join) = (after_space(tail(at, 1)), Join::And),
        _ => {}
    }
    for _ in 0..3 {
        // nearly always a unit word stands here, or nothing that joins
        if !g.lexicon.may_begin(at, 0, JOINTS) {
            break;
        }
        if let Some(rest) = g.role(at, &[Role::And]) {
            (at, join) = (after_space(rest), Join::And);
        } else if let Some(rest) = g.role(at, &[Role::Except]) {
            (at, join, except) = (after_space(rest), Join::And, true);
        } else if let Some(rest) = g.role(at, &[Role::Amending])
            && amending()
        {
            (at, join) = (after_space(rest), Join::And);
        } else if let Some(rest) = g.role(at, &[Role::Into])
            && amending()
        {
            (at, into) = (after_space(rest), true);
        } else if join == Join::Next
            && let Some(rest) = g.role(at, &[Role::Of, Role::At])
        {
            at = after_space(rest);
        } else {
            break;
        }
    }
    let mut probe = at;
    for _ in 0..2 {
        if let Some(rest) = g.role(probe, &[Role::Plural, Role::From]) {
            probe = after_space(rest);
        }
    }
    match g.lexicon.anchor(probe, 0)? {
        (Anchor::Unit(unit), end) => {
            // nothing more stands before the unit word, and no `từ` after it
            let plain = probe.len() == at.len()
                && !g.lexicon.may_play(at, 0, &[Role::Plural, Role::From])
                && !g.lexicon.may_play(after_space(tail(at, end)), 0, &[Role::From]);
            Some(Joint { rest: at, join, except, into, head: plain.then_some(UnitWord { unit, end }) })
        }
        _ => None,
    }
}

/// What may stand between two items.
const JOINTS: &[Role] = &[Role::And, Role::Except, Role::Amending, Role::Into, Role::Of, Role::At];

/// What joins the next item.
struct Joint<'i> {
    rest: &'i [u8],
    join: Join,
    except: bool,
    into: bool,
    /// The unit word of the next item, where it is known already.
    head: Option<UnitWord>,
}

/// An item as read, and how it is joined to those before.
struct Item {
    unit: Unit,
    labels: Range<u32>,
    at: usize,
    join: Join,
    except: bool,
    anchor: bool,
}

/// Puts the labels of an item among the paths.
fn place(paths: &mut Paths, item: Item) {
    let Item { unit, mut labels, at, join, except, anchor } = item;
    let last_top = paths.last().map(Path::top);
    let outer = last_top.is_some_and(|top| unit < top) && join != Join::And;
    if outer && let Some(label) = labels.next() {
        // an outer level goes to all paths at the end that lack it
        for path in paths.iter_mut().rev().take_while(|path| path.top() > unit) {
            path.levels.insert(0, (unit, label));
            if path.parent.is_some() && unit <= Unit::Article {
                path.parent = None;
            }
        }
    }
    // an inner level after an outer one: `Điều 3, khoản 1`, unless its own outer level still comes
    let parent = last_top
        .filter(|top| *top < unit && join != Join::And && !outer)
        .and_then(|_| u32::try_from(paths.len() - 1).ok())
        .or_else(|| {
            let last = paths.last()?;
            (last.top() == unit && last.parent.is_some() && !outer).then_some(last.parent).flatten()
        });
    for label in labels {
        let mut levels = SmallVec::new();
        levels.push((unit, label));
        paths.push(Path { levels, parent, outer_only: false, except, at, anchor });
    }
}

/// Paths that got no outer level of their own take it from the path before them. One that has all levels of that path or more is
/// another beside it: `điểm c khoản 1, điểm b khoản 2`.
fn settle(paths: &mut [Path]) {
    for index in 0..paths.len() {
        let Some(path) = paths.get(index) else { continue };
        let Some(parent) = path.parent else { continue };
        let top = path.top();
        let Some(before) = paths.get_mut(parent as usize) else { continue };
        before.outer_only |= before.levels.iter().all(|level| level.0 < top);
        let levels: SmallVec<[_; 3]> = before.levels.iter().filter(|level| level.0 < top).copied().collect();
        if let Some(path) = paths.get_mut(index) {
            path.levels.insert_many(0, levels);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Unwritten, provision_run};
    use crate::lexicon::Lexicon;
    use crate::parse::Grammar;

    fn read(text: &str, amending: bool) -> String {
        let lexicon = Lexicon::built_in();
        let g = Grammar { lexicon: &lexicon };
        provision_run(&g, text.as_bytes(), None, || amending).map(Unwritten::write).map_or_else(String::new, |run| {
            let rest = text.get(run.end..).unwrap();
            let paths: Vec<String> = run.provisions.iter().map(ToString::to_string).collect();
            format!("{} |{rest}", paths.join(" "))
        })
    }

    #[test]
    fn lists_ranges_and_directions() {
        let case = |text: &str, expected: &str| assert_eq!(read(text, false), expected, "{text}");
        case(
            "điểm a, b và c khoản 1, khoản 3 Điều 7 Nghị định",
            "dieu:7/khoan:1/diem:a dieu:7/khoan:1/diem:b dieu:7/khoan:1/diem:c dieu:7/khoan:3 | Nghị định",
        );
        case("khoản 1 Điều 5 và Điều 6 Luật A", "dieu:5/khoan:1 dieu:6 | Luật A");
        case(
            "các điểm b, c, g và h khoản 1, điểm d khoản 2 Điều này",
            "dieu:this/khoan:1/diem:b dieu:this/khoan:1/diem:c dieu:this/khoan:1/diem:g dieu:this/khoan:1/diem:h dieu:this/khoan:2/diem:d |",
        );
        case("Điều 3, khoản 1, điểm a", "dieu:3/khoan:1/diem:a |");
        case("Điểm a, Khoản 1, Điều 5, Nghị", "dieu:5/khoan:1/diem:a |, Nghị");
        case("từ Điều 12 đến hết Điều 15 Luật", "dieu:12..15 | Luật");
        case("các điều từ Điều 20 đến Điều 27", "dieu:20..27 |");
        case("khoản 1 đến 3 và khoản 5 Điều 9", "dieu:9/khoan:1..3 dieu:9/khoan:5 |");
        case("Điều 14, Điều 15 Chương IV Thông tư", "chuong:IV/dieu:14 chuong:IV/dieu:15 | Thông tư");
        case("Mẫu 01 - Phụ lục III ban hành", "phuluc:III/mau:01 | ban hành");
        case("điểm đ khoản 1", "khoan:1/diem:đ |");
        case("điểm a khoản này", "khoan:this/diem:a |");
        case("tiết b điểm 1.3 khoản 1 điều này", "dieu:this/khoan:1/diem:1.3/tiet:b |");
        case("gạch đầu dòng thứ hai điểm a khoản 2 Điều 19", "dieu:19/khoan:2/diem:a/gach:2 |");
        case("Mục II Phần B Phụ lục I ban hành", "phuluc:I/phan:b/muc:II | ban hành");
        case("điểm c.3 và c.5, khoản 2, Điều này", "dieu:this/khoan:2/diem:c.3 dieu:this/khoan:2/diem:c.5 |");
        case("khoản 6, 7 Điều 24, khoản 6 Điều 35", "dieu:24/khoan:6 dieu:24/khoan:7 dieu:35/khoan:6 |");
        case("điểm c khoản 1, điểm b khoản 2", "khoan:1/diem:c khoan:2/diem:b |");
        case("khoản 1, điểm b khoản 2, khoản 3", "khoan:1 khoan:2/diem:b khoan:3 |");
        case("Điều 3, điểm b khoản 2", "dieu:3/khoan:2/diem:b |");
        case("khoản vay", "");
        case("Điều 2.2.LQ.1. Phạm vi", "");
        case("khoản 2 Điều 11, Điều 38 và Điều 39 của", "dieu:11/khoan:2 dieu:38 dieu:39 | của");
    }

    #[test]
    fn amending_instructions() {
        let case = |text: &str, expected: &str| assert_eq!(read(text, true), expected, "{text}");
        case(
            "khoản 4, khoản 5 và bổ sung khoản 5a vào sau khoản 5 Điều 56 như sau",
            "dieu:56/khoan:4 dieu:56/khoan:5 dieu:56/khoan:5a | như sau",
        );
        case(
            "điểm đ và điểm e; bổ sung điểm g khoản 1 Điều 2 như sau",
            "dieu:2/khoan:1/diem:đ dieu:2/khoan:1/diem:e dieu:2/khoan:1/diem:g | như sau",
        );
        case("khoản 1 Điều 93; bổ sung khoản 3 vào Điều 93 như sau", "dieu:93/khoan:1 dieu:93/khoan:3 | như sau");
        case(
            "khoản 1, sửa đổi, bổ sung khoản 2 và khoản 3 Điều 103 như sau",
            "dieu:103/khoan:1 dieu:103/khoan:2 dieu:103/khoan:3 | như sau",
        );
    }
}
