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
    let select = |name, label, stored: &str, choices| {
        view! { <Select name label content=Content::of(failure, name, stored) choices /> }
    };
    let themes = choices(Theme::ALL, Theme::as_str, theme_label);
    let theme = select("theme", "Theme", settings.theme.as_str(), themes);
    let densities = choices(Density::ALL, Density::as_str, density_label);
    let days = choices(WeekStart::ALL, WeekStart::as_str, week_start_label);
    let orders = choices(DateOrder::ALL, DateOrder::as_str, date_order_label);
    let clocks = choices(Clock::ALL, Clock::as_str, clock_label);
    let profiles = choices(QuickAddProfile::ALL, QuickAddProfile::as_str, quick_add_label);

    view! {
        <form class="card stack" method="post" action=unsaved() novalidate>
            <input type="hidden" name="do" value="update_profile" />
            <Summary action="update_profile" />
            <Field name="name" label="Name" autocomplete="name" content=Content::of(failure, "name", name) />
            {select("time_zone", "Time zone", zone, zone_choices(zone))}
            <ThemePreview>{theme}</ThemePreview>
            {select("density", "Density", settings.density.as_str(), densities)}
            {select("week_start", "First day of the week", settings.week_start.as_str(), days)}
            {select("date_order", "Dates as numbers", settings.date_order.as_str(), orders)}
            {select("clock", "Clock", settings.clock.as_str(), clocks)}
            {select("quick_add_profile", "Signs in new tasks", settings.quick_add_profile.as_str(), profiles)}
            <div class="form-actions">
                <Button>"Save profile"</Button>
            </div>
        </form>
    }
    .into_any()
}

/// Every choice of a kind, as its value and what people read.
fn choices<T: Copy>(all: &[T], value: fn(T) -> &'static str, label: fn(T) -> &'static str) -> Vec<(String, String)> {
    all.iter().map(|choice| (value(*choice).to_owned(), label(*choice).to_owned())).collect()
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
