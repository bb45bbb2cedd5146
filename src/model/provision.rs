//! Provision paths.

use super::Unit;
use compact_str::CompactString;
use std::fmt;

/// A path to a place in a document, outermost level first: `dieu:5/khoan:2/diem:đ`.
///
/// A range stays one path, on its last level: `dieu:10..15`. `this` is kept as written (`dieu:this/khoan:2`).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Provision(CompactString);

impl Provision {
    pub(crate) fn from_levels<'a>(levels: impl IntoIterator<Item = (Unit, &'a str)>) -> Self {
        // most paths are so short that they need no memory of their own
        let mut path = CompactString::default();
        for (unit, label) in levels {
            if !path.is_empty() {
                path.push_str("/");
            }
            path.push_str(unit.code());
            path.push_str(":");
            path.push_str(label);
        }
        Self(path)
    }

    /// A path that was written by [`Self::as_str`], taken as it is.
    #[cfg(feature = "store")]
    pub(crate) fn from_path(path: &str) -> Self {
        Self(path.into())
    }

    /// The path as it stands on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads a path such as `dieu:5/khoan:2`. `None` when a level is unknown, empty or out of order.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        let mut last = None;
        for level in path.split('/') {
            let (unit, label) = level.split_once(':')?;
            let unit = Unit::from_code(unit)?;
            if label.is_empty() || last.is_some_and(|last| last >= unit) {
                return None;
            }
            last = Some(unit);
        }
        Some(Self(path.into()))
    }

    /// The levels, outermost first, with their labels.
    pub fn levels(&self) -> impl Iterator<Item = (Unit, &str)> {
        self.0.split('/').filter_map(|level| {
            let (unit, label) = level.split_once(':')?;
            Some((Unit::from_code(unit)?, label))
        })
    }

    /// The label at `unit`, if the path names one.
    #[must_use]
    pub fn label(&self, unit: Unit) -> Option<&str> {
        self.levels().find(|(level, _)| *level == unit).map(|(_, label)| label)
    }

    /// The paths that hold this one, outermost first: `dieu:5` and `dieu:5/khoan:2` for `dieu:5/khoan:2/diem:đ`.
    pub fn outer(&self) -> impl Iterator<Item = Self> + '_ {
        self.0.match_indices('/').filter_map(|(end, _)| self.0.get(..end)).map(|path| Self(path.into()))
    }

    /// True when `self` is `other` or an outer level of it (`dieu:5` covers `dieu:5/khoan:2`, `dieu:3..7` too).
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        let mut inner = other.levels();
        self.levels().all(|(unit, label)| {
            inner.next().is_some_and(|(other_unit, other_label)| unit == other_unit && label_covers(label, other_label))
        })
    }
}

fn label_covers(label: &str, other: &str) -> bool {
    if label == other {
        return true;
    }
    let number = |text: &str| text.trim_end_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().ok();
    match label.split_once("..") {
        Some((from, to)) => match (number(from), number(to), number(other)) {
            (Some(from), Some(to), Some(n)) => from <= n && n <= to,
            _ => false,
        },
        None => false,
    }
}

impl fmt::Display for Provision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Provision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Provision, Unit};

    #[test]
    fn paths() {
        let path = Provision::parse("dieu:5/khoan:2/diem:đ").unwrap();
        assert_eq!(path.label(Unit::Point), Some("đ"));
        assert!(Provision::parse("dieu:5").unwrap().covers(&path));
        assert!(Provision::parse("dieu:3..7").unwrap().covers(&path));
        assert!(!Provision::parse("dieu:6").unwrap().covers(&path));
        let outer: Vec<String> = path.outer().map(|path| path.to_string()).collect();
        assert_eq!(outer, ["dieu:5", "dieu:5/khoan:2"]);
        assert_eq!(Provision::parse("khoan:2/dieu:5"), None);
        assert_eq!(Provision::parse("dieu:"), None);
    }
}
