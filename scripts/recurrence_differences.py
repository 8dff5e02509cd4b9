#!/usr/bin/env python3
"""Compares the dates of random rules with those of python-dateutil, and prints each difference.

    pip install python-dateutil
    cargo build --release --package domain --example occurrences
    scripts/recurrence_differences.py [--rules 100000] [--seed 1] [--program PATH]

Where the two mean different things on purpose, the rule is put to dateutil in the words that mean what Tickbox means:

- UNTIL is a day that still counts: dateutil is given the last second of that day.
- COUNT counts the dates of all rules of a task together: dateutil gets no COUNT, and its dates are cut.
- BYWEEKNO without a day is the weekday of the start (RFC 5545: what is left open comes from DTSTART); dateutil would take
  all seven days, so it is told the weekday.
- WEEKLY with BYSETPOS: dateutil counts the positions of the first week from the start on and not from the first day of
  the week, unlike those of a month or a year. It is given the first day of that week as its start, and what lies
  before the real start is dropped.
- BYDAY with and without ordinals together (SU,2MO): RFC 5545 lists days that count, dateutil wants a day to be in both
  lists, so that there is none. It is given 1SU,2SU,3SU,4SU,5SU,2MO, or as many as there are in a year.

One class of differences is a fault of dateutil and is listed as explained, if a third reckoning, day by day from the
definition of a week's number, agrees with Tickbox:

- BYWEEKNO at the turn of the year. dateutil tells how many weeks the last year had from the length of this year and
  the first week of this year, and it does not know week 1 of the next year when it is counted from the end
  (-52, -53).

Exits with 1 if a difference is left unexplained.
"""

import argparse
import datetime
import heapq
import itertools
import pathlib
import random
import subprocess
import sys
import time
import types

from dateutil import rrule

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
FREQUENCIES = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY"]
LISTS = ["BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY", "BYHOUR", "BYMINUTE", "BYSETPOS"]
YEARS_OF_SEARCH = {"YEARLY": 12, "MONTHLY": 12, "WEEKLY": 8, "DAILY": 4, "HOURLY": 1, "MINUTELY": 1}
MOST_DATES = 12


def last_year_of_search(year):
    """dateutil looks for a date until the year 9999, which takes minutes: let it stop earlier."""
    rrule.datetime = types.SimpleNamespace(**{**vars(datetime), "MAXYEAR": min(year, datetime.MAXYEAR)})


def some(chance, values, most):
    if random.random() >= chance:
        return []
    return random.sample(values, random.randint(1, min(most, len(values))))


def signed(limit):
    return [number for number in range(-limit, limit + 1) if number]


def random_days(rule):
    if random.random() >= 0.4:
        return []
    days = some(1, DAYS, 4)
    if rule["FREQ"] in ("MONTHLY", "YEARLY") and not rule.get("BYWEEKNO") and random.random() < 0.5:
        # dateutil stops with an IndexError at the 53rd Monday of a month.
        limit = 5 if rule["FREQ"] == "MONTHLY" or rule["BYMONTH"] or random.random() < 0.5 else 53
        days = [f"{random.choice(signed(limit))}{day}" if random.random() < 0.7 else day for day in days]
    return days


def random_rule(is_timed):
    frequency = random.choice(FREQUENCIES if is_timed else FREQUENCIES[:4])
    smallest = 5 if frequency == "MINUTELY" else 1
    interval = random.choice([smallest, smallest, smallest + 1, random.randint(smallest, 12), random.randint(smallest, 100)])
    if frequency == "YEARLY":
        interval = min(interval, 12)
    rule = {"FREQ": frequency}
    if interval > 1:
        rule["INTERVAL"] = interval
    rule["BYMONTH"] = some(0.25, range(1, 13), 4)
    if frequency == "YEARLY":
        rule["BYWEEKNO"] = some(0.25, signed(53), 5)
    if frequency in ("YEARLY", "HOURLY", "MINUTELY"):
        rule["BYYEARDAY"] = some(0.2, signed(366), random.choice([4, 100]))
    if frequency != "WEEKLY":
        rule["BYMONTHDAY"] = some(0.25, signed(31), random.choice([4, 20]))
    rule["BYDAY"] = random_days(rule)
    if is_timed:
        rule["BYHOUR"] = some(0.25, range(24), 5)
        rule["BYMINUTE"] = some(0.25, range(0, 60, 5), 5)
    if any(rule.get(name) for name in LISTS):
        rule["BYSETPOS"] = some(0.25, signed(random.choice([3, 31, 366])), 3)
    if random.random() < 0.3:
        rule["WKST"] = random.choice(DAYS)
    return {name: value for name, value in rule.items() if value}


def random_case():
    """A start, a date to stop after, and rules."""
    year = random.choice([random.randint(1900, 2400), random.randint(2020, 2040)])
    day = datetime.date(year, 1, 1) + datetime.timedelta(days=random.randint(0, 364))
    is_timed = random.random() < 0.6
    clock = datetime.time(random.randint(0, 23), random.choice([0, 30, random.randint(0, 59)])) if is_timed else datetime.time()
    start = datetime.datetime.combine(day, clock)
    rules = [random_rule(is_timed) for _ in range(random.choice([1, 1, 1, 1, 1, 1, 2, 3]))]
    # dateutil takes long where nothing fits.
    years = min(YEARS_OF_SEARCH[rule["FREQ"]] * rule.get("INTERVAL", 1) if rule["FREQ"] == "YEARLY"
                else YEARS_OF_SEARCH[rule["FREQ"]] for rule in rules)
    end = random.random()
    if end < 0.15:
        count = random.randint(1, 10)
        for rule in rules:
            rule["COUNT"] = count
    elif end < 0.3:
        for rule in rules:
            until = day + datetime.timedelta(days=random.choice([0, 10, 400, 4000]))
            rule["UNTIL"] = until.strftime("%Y%m%d")
    return start, is_timed, year + years, rules


def spelled(rule):
    """The rule as text, its parts in any order, in any case."""
    parts = [f"{name}={','.join(map(str, value)) if isinstance(value, list) else value}" for name, value in rule.items()]
    random.shuffle(parts)
    text = ";".join(parts)
    return random.choice([text, text.lower(), f"RRULE:{text}"])


def weekday(text):
    number = text[:-2]
    day = rrule.weekdays[DAYS.index(text[-2:])]
    return day(int(number)) if number else day


def names_a_day(rule):
    return any(rule.get(name) for name in ("BYYEARDAY", "BYMONTHDAY", "BYDAY"))


def with_ordinals(days, rule):
    if rule["FREQ"] not in ("MONTHLY", "YEARLY") or all(len(day) == 2 for day in days):
        return days
    most = 53 if rule["FREQ"] == "YEARLY" and not rule.get("BYMONTH") else 5
    return [f"{number}{day}" for day in days if len(day) == 2 for number in range(1, most + 1)] + [
        day for day in days if len(day) > 2]


def dateutil_rule(rule, start):
    days = with_ordinals(rule.get("BYDAY") or [], rule)
    if rule.get("BYWEEKNO") and not names_a_day(rule):
        days = [DAYS[start.weekday()]]
    week_start = DAYS.index(rule.get("WKST", "MO"))
    if rule["FREQ"] == "WEEKLY" and rule.get("BYSETPOS"):
        days = days or [DAYS[start.weekday()]]
        start -= datetime.timedelta(days=(start.weekday() - week_start) % 7)
    until = rule.get("UNTIL")
    try:
        yield from rrule.rrule(
            FREQUENCIES.index(rule["FREQ"]), start, interval=rule.get("INTERVAL", 1), wkst=week_start,
            until=until and datetime.datetime.strptime(until + "235959", "%Y%m%d%H%M%S"),
            bymonth=rule.get("BYMONTH"), byweekno=rule.get("BYWEEKNO"), byyearday=rule.get("BYYEARDAY"),
            bymonthday=rule.get("BYMONTHDAY"), byweekday=[weekday(day) for day in days] or None,
            byhour=rule.get("BYHOUR"), byminute=rule.get("BYMINUTE"), bysecond=0, bysetpos=rule.get("BYSETPOS"))
    except ValueError as error:
        # Its way to say that no hour or minute is ever met.
        if "empty" not in str(error):
            raise


def cut(dates, start, last_year, rules):
    count = min(rules[0].get("COUNT", MOST_DATES), MOST_DATES)
    dates = itertools.takewhile(lambda date: date.year <= last_year, (date for date in dates if date >= start))
    return list(itertools.islice(dates, count))


def by_dateutil(start, last_year, rules):
    last_year_of_search(last_year)
    dates = heapq.merge(*(dateutil_rule(rule, start) for rule in rules))
    return cut((date for date, _ in itertools.groupby(dates)), start, last_year, rules)


def weeks_from_both_ends(date, week_start):
    """The number of a date's week in the year that has most of that week, and the same from the end of the year."""
    def middle(date):
        return date + datetime.timedelta(days=3 - (date.weekday() - week_start) % 7)
    def number(date):
        return (middle(date).timetuple().tm_yday - 1) // 7 + 1
    from_start = number(date)
    return from_start, from_start - number(datetime.date(middle(date).year, 12, 28)) - 1


def weeks_by_definition(rule, start, last_year):
    """The dates of a yearly rule with BYWEEKNO: dateutil's without it, where each day's week is asked for."""
    week_start = DAYS.index(rule.get("WKST", "MO"))
    without = {name: value for name, value in rule.items() if name not in ("BYWEEKNO", "BYSETPOS")}
    if not names_a_day(rule):
        without["BYDAY"] = [DAYS[start.weekday()]]
    year_start = start.replace(month=1, day=1)
    rounds = itertools.groupby(dateutil_rule(without, year_start), key=lambda date: date.year)
    for _, dates in rounds:
        dates = [date for date in dates if set(weeks_from_both_ends(date.date(), week_start)) & set(rule["BYWEEKNO"])]
        positions = rule.get("BYSETPOS")
        if positions:
            places = {position - 1 if position > 0 else len(dates) + position for position in positions}
            dates = [date for place, date in enumerate(dates) if place in places]
        yield from dates


def by_definition(start, last_year, rules):
    last_year_of_search(last_year)
    dates = set()
    for rule in rules:
        found = weeks_by_definition(rule, start, last_year) if rule.get("BYWEEKNO") else dateutil_rule(rule, start)
        dates.update(itertools.islice((date for date in found if date >= start), MOST_DATES))
    return cut(sorted(dates), start, last_year, rules)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rules", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--program", default="target/release/examples/occurrences")
    arguments = parser.parse_args()
    random.seed(arguments.seed)
    cases, expected = [], []
    started = time.monotonic()
    rules_made = 0
    while rules_made < arguments.rules:
        start, is_timed, last_year, rules = random_case()
        rules_made += len(rules)
        form = "%Y-%m-%dT%H:%M" if is_timed else "%Y-%m-%d"
        text = "|".join(spelled(rule) for rule in rules)
        cases.append((start, last_year, rules, form, f"{start.strftime(form)}\t{last_year}-12-31\t{MOST_DATES}\t{text}"))
        expected.append(by_dateutil(start, last_year, rules))
    program = subprocess.run(
        [pathlib.Path(arguments.program)], input="\n".join(case[-1] for case in cases), capture_output=True, text=True, check=True)
    found = program.stdout.split("\n")[:len(cases)]
    explained = unexplained = empty = dates = 0
    frequencies = {name: 0 for name in FREQUENCIES}
    for (start, last_year, rules, form, text), theirs, ours in zip(cases, expected, found, strict=True):
        for rule in rules:
            frequencies[rule["FREQ"]] += 1
        dates += len(theirs)
        empty += not theirs
        if ours == " ".join(date.strftime(form) for date in theirs):
            continue
        if any(rule.get("BYWEEKNO") for rule in rules):
            if ours == " ".join(date.strftime(form) for date in by_definition(start, last_year, rules)):
                explained += 1
                continue
        unexplained += 1
        print(f"{text}\n  dateutil {' '.join(date.strftime(form) for date in theirs)}\n  tickbox  {ours}")
    print(f"seed {arguments.seed}: {rules_made} rules in {len(cases)} sets, {dates} dates, {empty} sets without any")
    print("; ".join(f"{name} {number}" for name, number in frequencies.items()))
    print(f"{unexplained} unexplained differences, {explained} explained (BYWEEKNO at the turn of the year)")
    print(f"{time.monotonic() - started:.0f} s")
    sys.exit(1 if unexplained else 0)


if __name__ == "__main__":
    main()
