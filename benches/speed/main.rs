//! Extraction beside other readers of the same texts, in one run: ratios that a machine and its load change little.
//! `scripts/bench` runs it and prints one table; see `benches/README.md`.
#![expect(clippy::print_stdout, reason = "a benchmark says what it measured")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark that cannot measure stops")]
#![expect(clippy::cast_precision_loss, reason = "figures for people")]

mod adversarial;
mod inputs;
#[path = "../support/memory.rs"]
mod memory;
mod rivals;

use inputs::Input;
use rivals::Rivals;
use std::time::{Duration, Instant};
use viendan::Extractor;

fn main() {
    let inputs = inputs::all();
    let rivals = Rivals::new();
    let extractor = Extractor::new();
    // first, while nothing else has been given back to be used again
    if let Some(input) = inputs.first() {
        kept(input, &extractor);
    }
    let mut dense = f64::NAN;
    for input in &inputs {
        // the last input is the dense one, where there is one
        dense = compare(input, &rivals, &extractor);
    }
    for input in inputs.iter().filter(|input| input.name == "law") {
        threads(input, &extractor);
    }
    adversarial::run(&extractor, dense);
}

/// The processor time that `work` takes, and what it counts.
fn timed(work: impl FnOnce() -> usize) -> (f64, usize) {
    let start = cpu_time::ProcessTime::now();
    let count = work();
    (start.elapsed().as_secs_f64(), count)
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// A name, and what counts the results of one round.
type Case<'a> = (&'static str, Box<dyn Fn() -> usize + 'a>);

/// One table for one input: every case in turn, rotated, round after round. Gives the nanoseconds a byte of extraction.
fn compare(input: &Input, rivals: &Rivals, extractor: &Extractor) -> f64 {
    let texts = &input.texts;
    let cases: Vec<Case<'_>> = vec![
        ("validate", Box::new(|| texts.iter().filter(|text| rivals::is_valid(text)).count())),
        ("regex", Box::new(|| texts.iter().map(|text| rivals.regex(text)).sum())),
        ("aho-corasick", Box::new(|| texts.iter().map(|text| rivals.type_words(text)).sum())),
        ("extract", Box::new(|| texts.iter().map(|text| extractor.extract(text).unwrap().citations.len()).sum())),
        ("skim", Box::new(|| texts.iter().map(|text| extractor.skim(text).unwrap().len()).sum())),
    ];
    let rounds: usize = if input.bytes > 20_000_000 { 5 } else { 15 };
    let mut times = vec![Vec::new(); cases.len()];
    let mut counts = vec![None; cases.len()];
    for round in 0..rounds {
        for turn in 0..cases.len() {
            let index = (turn + round) % cases.len();
            let (time, count) = timed(&cases[index].1);
            times[index].push(time);
            // a faster answer that is another answer stops the run
            let first = *counts[index].get_or_insert(count);
            assert_eq!(first, count, "{}: the figures of two different answers cannot be compared", cases[index].0);
        }
    }
    println!("\n{}: {} texts, {} bytes, {rounds} rounds", input.name, texts.len(), input.bytes);
    println!("{:<14}{:>10}{:>10}{:>12}{:>12}{:>12}", "", "results", "MB/s", "x validate", "x regex", "x aho");
    let ratio = |of: usize, to: usize| {
        let mut ratios: Vec<f64> = times[to].iter().zip(&times[of]).map(|(to, of)| to / of).collect();
        median(&mut ratios)
    };
    for (index, (name, _)) in cases.iter().enumerate() {
        let count = counts[index].unwrap_or(0);
        input.check(name, count);
        let speed = input.bytes as f64 / median(&mut times[index].clone()) / 1e6;
        let [validate, regex, aho] = [0, 1, 2].map(|to| ratio(index, to));
        println!("{name:<14}{count:>10}{speed:>10.1}{validate:>12.4}{regex:>12.3}{aho:>12.3}");
    }
    median(&mut times[3]) * 1e9 / input.bytes as f64
}

/// What extractions take that are kept, all of them at once, for each mention in them. The texts themselves are not counted.
fn kept(input: &Input, extractor: &Extractor) {
    let read = || input.texts.iter().map(|text| extractor.extract(text).unwrap()).collect::<Vec<_>>();
    let (all, grown) = memory::grown(read);
    let mentions: usize = all.iter().map(|found| found.citations.len() + found.provisions.len()).sum();
    let relations: usize = all.iter().map(|found| found.relations.len()).sum();
    match grown {
        Some(bytes) => println!(
            "memory of {}: {mentions} mentions of documents and provisions, {relations} relations, {:.0} bytes in memory for each mention",
            input.name,
            bytes as f64 / mentions.max(1) as f64
        ),
        None => println!("memory of {}: this system does not tell how much memory is used", input.name),
    }
}

/// The same work by one thread and by two, by the clock.
fn threads(input: &Input, extractor: &Extractor) {
    let work = |from: usize, step: usize| -> usize {
        input.texts.iter().skip(from).step_by(step).map(|text| extractor.extract(text).unwrap().citations.len()).sum()
    };
    let clock = |threads: usize| {
        let start = Instant::now();
        // so often that a job takes at least a second
        let mut counts = vec![0_usize; threads];
        let mut jobs = 0_usize;
        while jobs == 0 || start.elapsed() < Duration::from_millis(500) {
            std::thread::scope(|scope| {
                for (index, count) in counts.iter_mut().enumerate() {
                    scope.spawn(move || *count += work(index, threads));
                }
            });
            jobs += 1;
        }
        (start.elapsed().as_secs_f64() / jobs as f64, counts.iter().sum::<usize>() / jobs)
    };
    let mut ratios = Vec::new();
    for _ in 0..5 {
        let (one, count_of_one) = clock(1);
        let (two, count_of_two) = clock(2);
        assert_eq!(count_of_one, count_of_two, "two threads find something else");
        ratios.push(one / two);
    }
    let best = ratios.iter().copied().fold(0.0, f64::max);
    println!(
        "\ntwo threads: {:.2} times the speed of one (median of {}; best {best:.2})",
        median(&mut ratios),
        ratios.len()
    );
}
