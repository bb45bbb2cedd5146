//! Texts made to be slow, in doubling sizes: time must grow with size and no faster.

use crate::timed;
use viendan::Extractor;

/// Sizes in bytes: each twice the one before.
const SIZES: [usize; 5] = [1 << 16, 1 << 17, 1 << 18, 1 << 19, 1 << 20];

/// The best of so many rounds counts: other programs only take time away, and a little more or less at one end tilts the line.
const ROUNDS: usize = 5;

/// Texts are one pattern over and over; `#` is a running number.
const TEXTS: [(&str, &str); 20] = [
    ("slashes and codes", "A/"),
    ("slashes only", "/"),
    ("number before codes", "1/A/A/A "),
    ("list of symbols", "12/2013/NĐ-CP, "),
    ("dates", "ngày 12/12/2012 "),
    ("capitals after của", "của Đ"),
    ("numbers with slashes", "số 1/ "),
    ("digits", "1"),
    ("spaces", " "),
    ("opening quotation marks", "“"),
    ("law words", "luật "),
    ("law names side by side", "các Luật Đất đai, Nhà ở, Đấu thầu, "),
    ("articles in a row", "Điều 1, 2, 3, khoản 4, "),
    ("quotation never closed", "Quy chế “Nghị định số #/2020/NĐ-CP "),
    ("one line of citations", "Nghị định số #/2020/NĐ-CP của Chính phủ "),
    ("references back", "Nghị định này, Nghị định nêu trên và Luật này "),
    ("same document, many times", "Luật Đất đai số 45/2013/QH13; "),
    ("combining marks", "\u{301}"),
    ("decomposed words", "Nghi\u{323} đi\u{323}nh số #/2020/NĐ-CP. "),
    ("verbs without end", "sửa đổi, bổ sung, thay thế, bãi bỏ, hướng dẫn thi hành "),
];

/// One line for each text; `dense` is what a byte of dense text takes, in nanoseconds.
pub(crate) fn run(extractor: &Extractor, dense: f64) {
    println!(
        "\nadversarial: nanoseconds a byte at 1 MiB, beside ordinary text; exponent of size over {} sizes",
        SIZES.len()
    );
    println!("{:<28}{:>10}{:>12}{:>12}", "", "ns/byte", "x ordinary", "exponent");
    let (mut worst, mut steepest) = (0.0_f64, 0.0_f64);
    for (name, pattern) in TEXTS {
        let mut points = Vec::new();
        for size in SIZES {
            let mut text = String::with_capacity(size + 64);
            let mut number = 0;
            while text.len() < size {
                number += 1;
                text.push_str(&pattern.replace('#', &number.to_string()));
            }
            let times = (0..ROUNDS).map(|_| timed(|| extractor.extract(&text).unwrap().citations.len()).0);
            points.push((text.len() as f64, times.fold(f64::INFINITY, f64::min)));
        }
        let per_byte = points.last().map_or(0.0, |(size, time)| time * 1e9 / size);
        let exponent = slope(&points);
        (worst, steepest) = (worst.max(per_byte), steepest.max(exponent));
        println!("{name:<28}{per_byte:>10.1}{:>12.2}{exponent:>12.3}", per_byte / dense);
    }
    println!("{:<28}{worst:>10.1}{:>12.2}{steepest:>12.3}", "worst", worst / dense);
}

/// The slope of the line through the logarithms: the exponent of size in time.
fn slope(points: &[(f64, f64)]) -> f64 {
    let logs: Vec<(f64, f64)> = points.iter().map(|(size, time)| (size.ln(), time.ln())).collect();
    let count = logs.len() as f64;
    let (x, y) = logs.iter().fold((0.0, 0.0), |(x, y), point| (x + point.0 / count, y + point.1 / count));
    let (over, under) = logs.iter().fold((0.0, 0.0), |(over, under), point| {
        (over + (point.0 - x) * (point.1 - y), under + (point.0 - x) * (point.0 - x))
    });
    over / under
}
