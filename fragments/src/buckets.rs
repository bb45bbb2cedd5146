//! Which patterns share a bucket: those that together let through the fewest texts that are none of them.

use crate::Pattern;

/// Buckets, one bit of a byte each.
const BUCKETS: usize = 8;

/// A bucket, and which of those before it is joined with it at the least cost.
struct Bucket {
    pattern: Pattern,
    breadth: u64,
    cost: u64,
    nearest: usize,
}

/// The patterns in at most [`BUCKETS`] buckets: again and again those two are joined that grow least.
pub(crate) fn sorted(patterns: &[Pattern]) -> Vec<Pattern> {
    let mut patterns = patterns.to_vec();
    patterns.sort_unstable();
    patterns.dedup();
    let mut buckets: Vec<Bucket> = Vec::with_capacity(patterns.len());
    for pattern in patterns {
        let breadth = pattern.breadth();
        let (cost, nearest) = nearest(&buckets, pattern, breadth);
        buckets.push(Bucket { pattern, breadth, cost, nearest });
    }
    while buckets.len() > BUCKETS {
        let costs = buckets.iter().enumerate();
        let Some((gone, _)) = costs.min_by_key(|(_, bucket)| bucket.cost) else { break };
        let bucket = buckets.remove(gone);
        join(&mut buckets, &bucket, gone);
    }
    buckets.into_iter().map(|bucket| bucket.pattern).collect()
}

/// Joins `bucket`, which stood at `gone`, with its nearest, and sets right what the others know of both.
fn join(buckets: &mut [Bucket], bucket: &Bucket, gone: usize) {
    let wider = bucket.nearest;
    if let Some(with) = buckets.get_mut(wider) {
        with.pattern = with.pattern.joined(bucket.pattern);
        with.breadth = with.pattern.breadth();
    }
    for index in wider..buckets.len() {
        let (before, rest) = buckets.split_at_mut(index);
        let Some(bucket) = rest.first_mut() else { break };
        let stale = index == wider || bucket.nearest == wider || bucket.nearest == gone;
        bucket.nearest -= usize::from(bucket.nearest > gone);
        if stale {
            (bucket.cost, bucket.nearest) = nearest(before, bucket.pattern, bucket.breadth);
        } else if let Some(cost) = before.get(wider).map(|wider| growth(wider, bucket.pattern, bucket.breadth))
            && cost < bucket.cost
        {
            (bucket.cost, bucket.nearest) = (cost, wider);
        }
    }
}

/// Which of `buckets` grows least by `pattern`, and by how much.
fn nearest(buckets: &[Bucket], pattern: Pattern, breadth: u64) -> (u64, usize) {
    let costs = buckets.iter().map(|bucket| growth(bucket, pattern, breadth)).zip(0..);
    costs.min_by_key(|(cost, _)| *cost).unwrap_or((u64::MAX, 0))
}

/// How many more texts the two let through together.
fn growth(bucket: &Bucket, pattern: Pattern, breadth: u64) -> u64 {
    // one may hold the other, so that less than the sum is let through
    bucket.pattern.joined(pattern).breadth().saturating_sub(bucket.breadth + breadth)
}
