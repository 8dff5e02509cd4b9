//! Tells the dates of rules for `scripts/recurrence_differences.py` and for measuring. Each line of the input has, with
//! tabs between, a start, a date to stop after, how many dates to tell at most, and the rules with `|` between; each line
//! of the output has the dates, or `!` and the code of the fault, or with `time` as argument how long it took.

use domain::{
    calendar::{ClockTime, Date, parse_date},
    recurrence::{Floating, Occurrence, RuleSet},
};
use std::{
    io::{self, BufRead, Write},
    time::Instant,
};

fn main() -> io::Result<()> {
    let shows_time = std::env::args().any(|argument| argument == "time");
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let started = Instant::now();
        let answer = line.map(|line| answer(&line).unwrap_or_else(|| format!("cannot be read: {line}")))?;
        if shows_time {
            let (nanoseconds, dates) = (started.elapsed().as_nanos(), answer.split_whitespace().count());
            writeln!(out, "{nanoseconds} ns for {dates} dates")?;
        } else {
            writeln!(out, "{answer}")?;
        }
    }
    out.flush()
}

fn answer(line: &str) -> Option<String> {
    let mut fields = line.split('\t');
    let (start, stop) = (start(fields.next()?)?, parse_date(fields.next()?)?);
    let most = fields.next()?.parse().ok()?;
    Some(match RuleSet::parse(&fields.next()?.replace('|', "\n")) {
        Err(error) => format!("! {}", error.code()),
        Ok(rules) => dates(&rules, start, stop, most).join(" "),
    })
}

fn start(text: &str) -> Option<Occurrence> {
    let (date, clock) = text.split_once('T').map_or((text, None), |(date, clock)| (date, Some(clock)));
    let date: Date = parse_date(date)?;
    match clock {
        None => Some(Occurrence::all_day(date)),
        Some(clock) => clock.parse::<ClockTime>().ok().map(|clock| Occurrence::at(date, clock)),
    }
}

fn dates(rules: &RuleSet, start: Occurrence, stop: Date, most: usize) -> Vec<String> {
    let occurrences = rules.occurrences(start, &Floating).take_while(|next| next.date <= stop).take(most);
    occurrences.map(|next| next.to_string()).collect()
}
