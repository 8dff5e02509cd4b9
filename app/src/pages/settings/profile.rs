//! The form of the profile: name, time zone, look, and how dates and new tasks are read.

use super::unsaved;
use crate::{
    components::{Button, Content, Field, Select, Summary},
    forms::failure,
    islands::theme::ThemePreview,
};
use backend::zones;
use domain::accounts::{Clock, DateOrder, Density, DisplayName, QuickAddProfile, Theme, User, WeekStart};
use leptos::prelude::*;

#[component]
pub(super) fn ProfileForm(user: User) -> impl IntoView {
    let failure = failure("update_profile");
    let failure = failure.as_ref();
    let name = user.name.as_ref().map_or("", DisplayName::as_str);
    let settings = user.settings;
    let zone = settings.time_zone.as_str();
    let content = |field: &str, stored: &str| Content::of(failure, field, stored);
    let theme = content("theme", settings.theme.as_str());
    let themes = choices(Theme::ALL, |theme| theme.as_str(), theme_label);

    view! {
        <form class="card stack" method="post" action=unsaved() novalidate>
            <input type="hidden" name="do" value="update_profile" />
            <Summary action="update_profile" />
            <Field name="name" label="Name" autocomplete="name" content=content("name", name) />
            <Select name="time_zone" label="Time zone" content=content("time_zone", zone) choices=zone_choices(zone) />
            <ThemePreview>
                <Select name="theme" label="Theme" content=theme choices=themes />
            </ThemePreview>
            <Select
                name="density"
                label="Density"
                content=content("density", settings.density.as_str())
                choices=choices(Density::ALL, |density| density.as_str(), density_label)
            />
            <Select
                name="week_start"
                label="First day of the week"
                content=content("week_start", settings.week_start.as_str())
                choices=choices(WeekStart::ALL, |day| day.as_str(), week_start_label)
            />
            <Select
                name="date_order"
                label="Dates as numbers"
                content=content("date_order", settings.date_order.as_str())
                choices=choices(DateOrder::ALL, |order| order.as_str(), date_order_label)
            />
            <Select
                name="clock"
                label="Clock"
                content=content("clock", settings.clock.as_str())
                choices=choices(Clock::ALL, |clock| clock.as_str(), clock_label)
            />
            <Select
                name="quick_add_profile"
                label="Signs in new tasks"
                content=content("quick_add_profile", settings.quick_add_profile.as_str())
                choices=choices(QuickAddProfile::ALL, |profile| profile.as_str(), quick_add_label)
            />
            <div class="form-actions">
                <Button>"Save profile"</Button>
            </div>
        </form>
    }
    .into_any()
}

fn choices<T: Copy>(
    all: &[T],
    value: impl Fn(&T) -> &'static str,
    label: impl Fn(T) -> &'static str,
) -> Vec<(String, String)> {
    all.iter().map(|choice| (value(choice).to_owned(), label(*choice).to_owned())).collect()
}

const fn theme_label(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "System",
        Theme::Light => "Light",
        Theme::Dark => "Dark",
    }
}

const fn density_label(density: Density) -> &'static str {
    match density {
        Density::Comfortable => "Comfortable",
        Density::Compact => "Compact",
    }
}

const fn week_start_label(week_start: WeekStart) -> &'static str {
    match week_start {
        WeekStart::Monday => "Monday",
        WeekStart::Sunday => "Sunday",
        WeekStart::Saturday => "Saturday",
    }
}

const fn date_order_label(date_order: DateOrder) -> &'static str {
    match date_order {
        DateOrder::DayFirst => "Day first: 24/12/2026",
        DateOrder::MonthFirst => "Month first: 12/24/2026",
        DateOrder::YearFirst => "Year first: 2026/12/24",
    }
}

const fn clock_label(clock: Clock) -> &'static str {
    match clock {
        Clock::TwentyFour => "24 hours: “at 5” is in the morning",
        Clock::Twelve => "12 hours: “at 5” is in the afternoon",
    }
}

const fn quick_add_label(profile: QuickAddProfile) -> &'static str {
    match profile {
        QuickAddProfile::Default => "Tickbox: #tag +project !high",
        QuickAddProfile::Todoist => "Todoist: @tag #project p1",
        QuickAddProfile::Vikunja => "Vikunja: *tag +project !3",
        QuickAddProfile::TodoTxt => "todo.txt: @tag +project (A)",
    }
}

/// Every zone that people look for, and the one that is set, should it be none of them.
fn zone_choices(current: &str) -> Vec<(String, String)> {
    let mut names = zones::names();
    if !names.contains(&current) {
        names.insert(0, current);
    }
    names.into_iter().map(|name| (name.to_owned(), name.replace('_', " "))).collect()
}
