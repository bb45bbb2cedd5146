//! How two places of one document lie to each other.

use crate::model::{Provision, Unit};

/// How the first of two paths lies to the second.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Meets {
    Same,
    /// The first lies in the second.
    Inside,
    /// The first holds the second, or a part of it.
    Holds,
    /// The paths do not tell.
    Perhaps,
    Apart,
}

/// Compares level by level. Articles are numbered through the whole act: where one is named, what holds it says nothing more,
/// except that an annex has articles of its own.
pub(super) fn meets(path: &Provision, asked: &Provision) -> Meets {
    let (path, asked) = (levels(path), levels(asked));
    let mut found = Meets::Same;
    let mut index = 0;
    loop {
        match (path.get(index), asked.get(index)) {
            (None, None) => return found,
            (None, Some(_)) => return if found == Meets::Inside { Meets::Perhaps } else { Meets::Holds },
            (Some(_), None) => return if found == Meets::Holds { Meets::Perhaps } else { Meets::Inside },
            (Some((unit, label)), Some((other, wanted))) => {
                if unit != other {
                    let above = |unit: &Unit| (Unit::Part..Unit::Article).contains(unit);
                    // a chapter and an article; a point without its clause
                    let open = above(unit) || above(other) || index > 0;
                    let annex = |unit: &Unit| *unit < Unit::Part;
                    return if open && !annex(unit) && !annex(other) { Meets::Perhaps } else { Meets::Apart };
                }
                match labels(label, wanted) {
                    Meets::Apart => return Meets::Apart,
                    Meets::Same => {}
                    other if found == Meets::Same || found == other => found = other,
                    _ => return Meets::Perhaps,
                }
                index += 1;
            }
        }
    }
}

fn levels(path: &Provision) -> Vec<(Unit, &str)> {
    let article = path.levels().any(|(unit, _)| unit == Unit::Article);
    path.levels().filter(|(unit, _)| !(article && (Unit::Part..Unit::Article).contains(unit))).collect()
}

/// Labels of one level; a range holds what lies in it.
fn labels(label: &str, asked: &str) -> Meets {
    if label == asked {
        return Meets::Same;
    }
    let (Some((from, to)), Some((first, last))) = (ends(label), ends(asked)) else { return Meets::Apart };
    if to < first || last < from {
        Meets::Apart
    } else if from <= first && last <= to {
        Meets::Holds
    } else if first <= from && to <= last {
        Meets::Inside
    } else {
        // ranges that overlap
        Meets::Holds
    }
}

/// The ends of a range; of a single label, itself twice.
fn ends(label: &str) -> Option<(Place, Place)> {
    match label.split_once("..") {
        Some((from, to)) => Some((place(from)?, place(to)?)),
        None => place(label).map(|place| (place.clone(), place)),
    }
}

/// A label in its order: numbers (Arabic or Roman) before letters, `7` before `7a` before `8`, `d` before `đ`.
type Place = (u32, Vec<(char, bool)>);

fn place(label: &str) -> Option<Place> {
    let digits = label.bytes().take_while(u8::is_ascii_digit).count();
    let (number, letters) = label.split_at_checked(digits)?;
    let number: u32 = match (number, roman(label)) {
        ("", Some(roman)) => return Some((roman, Vec::new())),
        ("", None) => 0,
        (figures, _) => figures.parse().ok()?,
    };
    // `đ` is a letter of its own, right after `d`
    let letters = letters.chars().map(|c| if c == '\u{111}' { ('d', true) } else { (c, false) }).collect();
    Some((number, letters))
}

/// Roman figures are written in capitals, letters of points are small.
fn roman(label: &str) -> Option<u32> {
    let mut total = 0;
    let mut before = 0;
    for c in label.chars().rev() {
        let value = match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            _ => return None,
        };
        if value < before {
            total -= value;
        } else {
            total += value;
            before = value;
        }
    }
    Some(total).filter(|total| *total > 0)
}

#[cfg(test)]
mod tests {
    use super::{Meets, meets};
    use crate::model::Provision;

    #[test]
    fn places_of_one_document() {
        let check = |path: &str, asked: &str, wanted: Meets| {
            let parse = |path: &str| Provision::parse(path).unwrap();
            assert_eq!(meets(&parse(path), &parse(asked)), wanted, "{path} to {asked}");
        };
        check("dieu:5", "dieu:5", Meets::Same);
        check("dieu:5/khoan:2", "dieu:5", Meets::Inside);
        check("dieu:5", "dieu:5/khoan:2/diem:a", Meets::Holds);
        check("dieu:5", "dieu:50", Meets::Apart);
        check("dieu:5a", "dieu:5", Meets::Apart);
        check("dieu:5/khoan:2", "dieu:5/khoan:3", Meets::Apart);
        check("dieu:10..15", "dieu:12", Meets::Holds);
        check("dieu:10..15", "dieu:12/khoan:1", Meets::Holds);
        check("dieu:10..15", "dieu:16", Meets::Apart);
        check("dieu:12", "dieu:10..15", Meets::Inside);
        check("dieu:10..15", "dieu:12..20", Meets::Holds);
        check("dieu:10..15/khoan:1", "dieu:12", Meets::Perhaps);
        check("dieu:5/khoan:2/diem:b..d", "dieu:5/khoan:2/diem:c", Meets::Holds);
        check("dieu:5/khoan:2/diem:b..d", "dieu:5/khoan:2/diem:đ", Meets::Apart);
        check("dieu:5/khoan:2/diem:b..e", "dieu:5/khoan:2/diem:đ", Meets::Holds);
        check("chuong:II/dieu:5", "dieu:5", Meets::Same);
        check("chuong:II", "dieu:5", Meets::Perhaps);
        check("chuong:I..III", "chuong:II", Meets::Holds);
        check("dieu:5", "chuong:II", Meets::Perhaps);
        check("phuluc:I/dieu:5", "dieu:5", Meets::Apart);
        check("phuluc:I", "dieu:5", Meets::Apart);
        check("phuluc:I/dieu:5", "phuluc:I", Meets::Inside);
        check("dieu:5/diem:a", "dieu:5/khoan:1/diem:a", Meets::Perhaps);
    }
}
