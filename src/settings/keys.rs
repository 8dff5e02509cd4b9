//! Every setting there is: its name, where it may be said and what it means. The parser, the command line and the
//! README's table are read off this one list.

/// One setting.
#[derive(Debug)]
pub(crate) struct Key {
    /// Its name in the TOML file; with dashes it is the flag.
    pub(crate) name: &'static str,
    /// The environment variables that say it; the first one counts.
    pub(crate) variables: &'static [&'static str],
    /// Whether it is masked when printed, and cannot be a flag (everybody on the machine sees those).
    pub(crate) is_secret: bool,
    /// What it means.
    pub(crate) help: &'static str,
}

impl Key {
    pub(crate) fn flag(&self) -> String {
        self.name.replace('_', "-")
    }
}

const fn open(name: &'static str, variables: &'static [&'static str], help: &'static str) -> Key {
    Key { name, variables, is_secret: false, help }
}

const fn secret(name: &'static str, variables: &'static [&'static str], help: &'static str) -> Key {
    Key { name, variables, is_secret: true, help }
}

/// Every setting, in the order they are printed.
pub(crate) const KEYS: [Key; 17] = [
    open("address", &["TICKBOX_ADDR", "LEPTOS_SITE_ADDR"], "The address and port to listen on"),
    open("base_url", &["TICKBOX_BASE_URL"], "The address that browsers use, such as https://tasks.example.org"),
    open("data_dir", &["TICKBOX_DATA_DIR"], "The folder of the database and the generated secret"),
    secret("database_url", &["DATABASE_URL"], "sqlite://path or postgres://user:password@host/name"),
    secret("jwt_secret", &["JWT_SECRET"], "What every key is derived from, at least 32 bytes"),
    secret("jwt_secret_previous", &["JWT_SECRET_PREVIOUS"], "The secret before it, still good for tokens made with it"),
    open(
        "trusted_proxies",
        &["TICKBOX_TRUSTED_PROXIES"],
        "Whose X-Forwarded-For is believed: addresses or networks, with commas between",
    ),
    open(
        "signup",
        &["TICKBOX_SIGNUP"],
        "Who may sign up: open, closed, first (until the first account) or invite; unset, an admin chooses",
    ),
    open(
        "signups_per_hour",
        &["TICKBOX_SIGNUPS_PER_HOUR"],
        "How many accounts may be made from one address in an hour",
    ),
    open(
        "hsts_subdomains",
        &["TICKBOX_HSTS_SUBDOMAINS"],
        "Whether browsers shall ask for https below the host as well: true or false",
    ),
    secret("smtp_url", &["SMTP_URL"], "The mail server: smtps://user:password@host or smtp://…?tls=required"),
    open("mail_from", &["TICKBOX_MAIL_FROM"], "Who mails come from, such as Tickbox <tickbox@example.org>"),
    open(
        "mail_ca_file",
        &["TICKBOX_MAIL_CA_FILE"],
        "A certificate in PEM to trust for the mail server, besides the public ones",
    ),
    open("password_min", &["TICKBOX_PASSWORD_MIN"], "The fewest characters of a password, 8 to 64"),
    open(
        "metrics_address",
        &["TICKBOX_METRICS_ADDR"],
        "Where to tell Prometheus of requests and queues, at /metrics; keep it from the public",
    ),
    open("log", &["TICKBOX_LOG"], "What is logged, such as info or tickbox=debug,warn"),
    open("site_root", &["TICKBOX_SITE_ROOT", "LEPTOS_SITE_ROOT"], "The folder of scripts, styles and pictures"),
];
