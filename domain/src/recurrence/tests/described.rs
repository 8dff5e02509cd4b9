//! Rules in plain English.

use super::*;

#[test]
fn rules_are_said_as_people_say_them() {
    for (rule, sentence) in [
        ("FREQ=DAILY", "Every day"),
        ("FREQ=DAILY;INTERVAL=2", "Every other day"),
        ("FREQ=DAILY;INTERVAL=10", "Every 10 days"),
        ("FREQ=DAILY;COUNT=10", "Every day, 10 times"),
        ("FREQ=DAILY;COUNT=1", "Every day, once more"),
        ("FREQ=DAILY;UNTIL=20261205", "Every day, until 5 December 2026"),
        ("FREQ=DAILY;BYHOUR=9,21;BYMINUTE=0", "Every day at 09:00 and 21:00"),
        ("FREQ=WEEKLY", "Every week"),
        ("FREQ=WEEKLY;BYDAY=FR", "Every Friday"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "Every Monday, Wednesday and Friday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every weekday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "Every other Monday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR", "Every other week on weekdays"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,FR;WKST=SU", "Every 3 weeks on Monday and Friday"),
        ("FREQ=MONTHLY", "Every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=20", "Every month on the 20th"),
        ("FREQ=MONTHLY;BYMONTHDAY=2,15,-1", "Every month on the 2nd, the 15th and the last day"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "Every month on the last day"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
            "Every month on the 31st, or the last day of a shorter month",
        ),
        ("FREQ=MONTHLY;BYDAY=MO", "Every month on every Monday"),
        ("FREQ=MONTHLY;BYDAY=3FR", "Every month on the 3rd Friday"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "Every month on the last Friday"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "Every month on the 13th if it is Friday"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "Every month on the last workday"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=15", "Every month on the 15th workday"),
        (
            "FREQ=MONTHLY;INTERVAL=3;BYDAY=SA,SU;BYSETPOS=1",
            "Every 3 months on Saturday and Sunday, only the 1st of them",
        ),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", "Every year on 31 December"),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
            "Every year on 29 February, or the day before if there is none",
        ),
        ("FREQ=YEARLY;BYMONTH=1,7;BYDAY=1WE", "Every year on the 1st Wednesday in January and July"),
        ("FREQ=YEARLY;BYWEEKNO=20,-1;BYDAY=MO", "Every year on Monday in week 20 and the last week"),
        ("FREQ=YEARLY;BYYEARDAY=100,-2", "Every year on the 100th day of the year and the 2nd last day of the year"),
        ("FREQ=HOURLY", "Every hour"),
        ("FREQ=HOURLY;INTERVAL=12", "Every 12 hours"),
        ("FREQ=HOURLY;BYMINUTE=0,30;BYHOUR=9", "Every hour at minute 0 and 30 in the hours of 9"),
        ("FREQ=MINUTELY;INTERVAL=15", "Every 15 minutes"),
        (
            "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=14;COUNT=5\nFREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15;COUNT=5",
            "Every year on 14 January, and every year on 15 June, 5 times",
        ),
    ] {
        assert_eq!(describe(&rules(rule)), sentence, "{rule}");
    }
}
