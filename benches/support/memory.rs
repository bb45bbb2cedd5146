//! How much memory this process holds.

/// Bytes that are in memory now; none where the system does not tell.
pub(crate) fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: usize = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes << 10)
}

/// What `make` makes, and how many bytes more are in memory afterwards.
pub(crate) fn grown<T>(make: impl FnOnce() -> T) -> (T, Option<usize>) {
    let before = resident();
    let made = make();
    (made, before.zip(resident()).map(|(before, after)| after.saturating_sub(before)))
}
