//! From when the document is in force, in its own words.

use super::Work;
use crate::lexicon::Role;
use crate::parse::{Grammar, Identifier, after_space, tail};

/// `Thông tư này có hiệu lực kể từ ngày …`: the date of effect, once the own date is known.
pub(crate) fn effect(work: &mut Work<'_>) {
    if work.own.effective.is_some() {
        return;
    }
    let g = Grammar { lexicon: work.lexicon };
    let mut found = None;
    for item in &work.items {
        if !matches!(item.m.identifier, Identifier::This) || item.means != super::Means::Own {
            continue;
        }
        let at = after_space(tail(work.bytes, item.end));
        let Some(rest) = g.role(at, &[Role::Effective]) else { continue };
        if let Some(date) = item.effective {
            found = Some(date);
            break;
        }
        let next = after_space(rest);
        if g.role(at, &[Role::Signing]).is_some() || g.role(next, &[Role::Signing]).is_some() {
            found = work.own.date.filter(|date| date.is_full());
            break;
        }
        if let Some(days) = after_days(&g, next) {
            found = work.own.date.and_then(|date| date.plus_days(days));
            break;
        }
    }
    work.own.effective = found;
}

/// "sau" , number , "ngày" , [ "," ] , "kể từ ngày ký"
fn after_days(g: &Grammar<'_>, i: &[u8]) -> Option<u32> {
    let at = after_space(g.role(i, &[Role::After])?);
    let count = at.iter().take(4).take_while(|b| b.is_ascii_digit()).count();
    let days: u32 = std::str::from_utf8(at.get(..count)?).ok()?.parse().ok()?;
    let mut rest = after_space(tail(at, count));
    // the number again in words: `45 (bốn mươi lăm) ngày`
    if rest.first() == Some(&b'(') {
        let close = rest.iter().take(60).position(|b| *b == b')')?;
        rest = after_space(tail(rest, close + 1));
    }
    let rest = after_space(g.role(rest, &[Role::Date])?);
    let rest = if rest.first() == Some(&b',') { after_space(tail(rest, 1)) } else { rest };
    g.role(rest, &[Role::Signing]).map(|_| days)
}
