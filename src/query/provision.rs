//! Whether a provision that a clause names has to do with one that is asked for.

use crate::model::{Provision, Unit};

/// True when one lies in the other: `dieu:5` and `dieu:5/khoan:2`, `dieu:3..7` and `dieu:5`.
///
/// Articles are numbered through a whole document, so parts and chapters above them do not matter where both paths
/// name an article of the same annex.
pub(super) fn touches(one: &Provision, other: &Provision) -> bool {
    let both = one.label(Unit::Article).is_some() && other.label(Unit::Article).is_some();
    if both && one.label(Unit::Appendix) == other.label(Unit::Appendix) {
        let (one, other) = (from_article(one), from_article(other));
        return one.covers(&other) || other.covers(&one);
    }
    one.covers(other) || other.covers(one)
}

fn from_article(path: &Provision) -> Provision {
    Provision::from_levels(path.levels().skip_while(|(unit, _)| *unit < Unit::Article))
}

#[cfg(test)]
mod tests {
    use super::touches;
    use crate::model::Provision;

    #[test]
    fn inner_outer_and_ranges() {
        let touching = |one: &str, other: &str| {
            let path = |text: &str| Provision::parse(text).unwrap();
            let forth = touches(&path(one), &path(other));
            assert_eq!(forth, touches(&path(other), &path(one)), "{one} {other}");
            forth
        };
        assert!(touching("dieu:5", "dieu:5"));
        assert!(touching("dieu:5", "dieu:5/khoan:2/diem:đ"));
        assert!(touching("dieu:3..7", "dieu:5"));
        assert!(touching("chuong:II/dieu:5", "dieu:5/khoan:1"));
        assert!(touching("phuluc:I", "phuluc:I/dieu:5"));
        assert!(!touching("dieu:5", "dieu:50"));
        assert!(!touching("dieu:5/khoan:1", "dieu:5/khoan:2"));
        assert!(!touching("phuluc:I/dieu:5", "dieu:5"));
        assert!(!touching("phuluc:I/dieu:5", "phuluc:II/dieu:5"));
        assert!(!touching("chuong:II", "dieu:5"), "which articles a chapter has is not known");
    }
}
