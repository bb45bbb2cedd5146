//! What was read and what failed; progress on a terminal.

use crate::status::Done;
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use viendan::{Error, ErrorKind};

/// Counts texts, bytes and failures.
pub(crate) struct Tally {
    bar: ProgressBar,
    start: Instant,
    texts: usize,
    bytes: usize,
    failed: usize,
    passed_over: usize,
    /// How many failed for which reason.
    reasons: BTreeMap<String, usize>,
}

impl Tally {
    pub(crate) fn new() -> Self {
        let bar = if std::io::stderr().is_terminal() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar, start: Instant::now(), texts: 0, bytes: 0, failed: 0, passed_over: 0, reasons: BTreeMap::new() }
    }

    /// Whether there is anybody to see the progress.
    pub(crate) fn is_shown(&self) -> bool {
        !self.bar.is_hidden()
    }

    /// The inputs have so many bytes as they lie on the disk: now there is a remaining time to show.
    pub(crate) fn expect(&self, total: Option<u64>) {
        let style = ProgressStyle::with_template("{bar:20} {percent}% {msg} {eta} left");
        if let (Some(total), Ok(style)) = (total.filter(|total| *total > 0), style) {
            self.bar.set_length(total);
            self.bar.set_style(style);
        }
    }

    pub(crate) fn fail(&mut self, error: &Error) {
        if error.kind() == ErrorKind::PassedOver {
            self.passed_over += 1;
            return;
        }
        self.failed += 1;
        *self.reasons.entry(error.reason().to_owned()).or_default() += 1;
        self.bar.suspend(|| anstream::eprintln!("viendan: {error}"));
    }

    /// These were taken; `watch` tells how far the inputs have been read.
    pub(crate) fn advance(&mut self, texts: usize, bytes: usize, watch: &AtomicU64) {
        self.texts += texts;
        self.bytes += bytes;
        if self.is_shown() {
            self.bar.set_position(watch.load(Ordering::Relaxed));
            self.bar.set_message(rate(self.texts, self.bytes, self.start.elapsed()));
        }
    }

    pub(crate) fn finish(self) -> Done {
        self.bar.finish_and_clear();
        if self.passed_over > 0 {
            let (files, hold) = if self.passed_over == 1 { ("file", "holds") } else { ("files", "hold") };
            anstream::eprintln!(
                "viendan: passed over {} {files} in folders that {hold} extractions, not texts",
                self.passed_over
            );
        }
        if self.failed == 0 {
            return Done::All;
        }
        let inputs = self.texts - self.passed_over;
        if inputs > 1 {
            anstream::eprintln!("viendan: {} of {inputs} inputs failed: {}", self.failed, reasons(&self.reasons));
        }
        Done::Some
    }
}

/// The most frequent reason first.
fn reasons(counts: &BTreeMap<String, usize>) -> String {
    let mut counts: Vec<_> = counts.iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let parts: Vec<String> = counts.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
    parts.join("; ")
}

fn rate(texts: usize, bytes: usize, time: Duration) -> String {
    let seconds = time.as_secs_f64().max(0.001);
    #[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
    let (megabytes, texts_a_second) = (bytes as f64 / 1e6, texts as f64 / seconds);
    format!("{texts} texts, {megabytes:.1} MB ({:.1} MB/s, {texts_a_second:.0} texts/s)", megabytes / seconds)
}

#[cfg(test)]
mod tests {
    use super::{rate, reasons};
    use std::collections::BTreeMap;
    use std::time::Duration;

    #[test]
    fn reasons_and_rates_in_words() {
        let counts = BTreeMap::from([("cut off".to_owned(), 1), ("damaged".to_owned(), 1), ("empty".to_owned(), 3)]);
        assert_eq!(reasons(&counts), "3 empty; 1 cut off; 1 damaged");
        assert_eq!(rate(300, 4_500_000, Duration::from_secs(2)), "300 texts, 4.5 MB (2.2 MB/s, 150 texts/s)");
    }
}
