//! The commands of the binary: `serve` (what happens without one), `migrate`, `config`, and `user` for accounts.

mod user;

use crate::{
    Server, Settings, StartError,
    settings::{Flags, KEYS},
};
use backend::Clock;
use clap::{Arg, ArgMatches, Command};
use std::{
    io::{IsTerminal, Write},
    process::ExitCode,
};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// Reads the command line and the settings and does what they ask.
pub async fn run() -> ExitCode {
    let matches = command_line().get_matches();
    match carry_out(&matches).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to be told if even this cannot be written.
            let _ = writeln!(std::io::stderr(), "tickbox: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn carry_out(matches: &ArgMatches) -> Result<(), StartError> {
    let flags = matches.subcommand().map_or(matches, |(_, matches)| matches);
    let settings = Settings::load(&read_flags(flags))?;
    match matches.subcommand() {
        Some(("config", _)) => Ok(writeln!(std::io::stdout(), "{}", settings.in_force())?),
        Some(("migrate", _)) => migrate(&settings).await,
        Some(("user", matches)) => user::carry_out(&settings, matches).await,
        _ => serve(settings).await,
    }
}

fn command_line() -> Command {
    let settings = || {
        let config =
            Arg::new("config").long("config").value_name("FILE").global(true).help("Read settings from a TOML file");
        let keys = KEYS.iter().filter(|key| !key.is_secret).map(|key| {
            Arg::new(key.name)
                .long(key.flag())
                .value_name("VALUE")
                .global(true)
                .help(format!("{} [{}]", key.help, key.variables[0]))
        });
        std::iter::once(config).chain(keys)
    };
    Command::new("tickbox")
        .about("A self-hosted, multi-user task manager")
        .version(env!("CARGO_PKG_VERSION"))
        .args(settings())
        .subcommand(Command::new("serve").about("Serve pages and API (what happens without a command)"))
        .subcommand(Command::new("migrate").about("Bring the database to the schema of this version, and stop"))
        .subcommand(user::commands())
        .subcommand(Command::new("config").about("Print the settings in force, secrets masked, and stop"))
}

fn read_flags(matches: &ArgMatches) -> Flags {
    let names = std::iter::once("config").chain(KEYS.iter().filter(|key| !key.is_secret).map(|key| key.name));
    names.filter_map(|name| Some((name.to_owned(), matches.get_one::<String>(name)?.clone()))).collect()
}

async fn migrate(settings: &Settings) -> Result<(), StartError> {
    write_log(settings);
    let backend =
        crate::server::start_backend(settings, &settings.base_url_for(settings.address), Clock::system()).await?;
    backend.close().await.map_err(StartError::Close)?;
    Ok(writeln!(std::io::stdout(), "The database has the schema of this version.")?)
}

async fn serve(settings: Settings) -> Result<(), StartError> {
    write_log(&settings);
    let server = Server::bind(settings, Clock::system()).await?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    server
        .run(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        })
        .await
}

/// People at a terminal get lines, programs get JSON; both on standard error.
fn write_log(settings: &Settings) {
    let filter = EnvFilter::new(&settings.log);
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        log.init();
    } else {
        log.json().flatten_event(true).with_span_list(false).init();
    }
}
