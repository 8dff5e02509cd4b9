//! How long quick add takes to read a line: each line of the tables, many times, and the quickest of them counts, since
//! everything else on the machine can only make it slower. A line shall take under 50 µs.

#![allow(clippy::print_stdout, reason = "what it finds is printed")]

use domain::{
    calendar::{ClockTime, LocalTime, parse_date},
    quick_add::{Names, Settings, parse},
};
use serde_json::Value;
use std::{
    error::Error,
    hint::black_box,
    time::{Duration, Instant},
};

const TIMES: usize = 200;

fn main() -> Result<(), Box<dyn Error>> {
    let date = parse_date("2026-11-20").ok_or("a date")?;
    let now = LocalTime { date, clock: ClockTime::from_minutes(600).ok_or("a time")? };
    let mut lines: Vec<String> = Vec::new();
    for table in [include_str!("../tests/quick_add/cases.json"), include_str!("../tests/quick_add/rules.json")] {
        let cases: Vec<Value> = serde_json::from_str(table)?;
        lines.extend(cases.iter().filter_map(|case| case["text"].as_str().map(str::to_owned)));
    }
    let mut times: Vec<(Duration, &String)> = lines.iter().map(|line| (quickest(line, now), line)).collect();
    times.sort();
    let sum: Duration = times.iter().map(|(time, _)| time).sum();
    let (slowest, line) = times.last().ok_or("a line")?;
    println!("lines    {}", times.len());
    println!("average  {:.1} µs", sum.as_secs_f64() * 1e6 / times.len() as f64);
    println!("slowest  {:.1} µs  {line}", slowest.as_secs_f64() * 1e6);
    Ok(())
}

fn quickest(line: &str, now: LocalTime) -> Duration {
    let (settings, names) = (Settings::default(), Names::default());
    let read = |_| {
        let started = Instant::now();
        black_box(parse(black_box(line), now, &settings, &names, &[]));
        started.elapsed()
    };
    (0..TIMES).map(read).min().unwrap_or_default()
}
