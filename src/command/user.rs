//! The commands about accounts, for whoever runs the server.

use crate::{Settings, StartError, server::start_backend};
use backend::{Clock, accounts};
use clap::{Arg, ArgMatches, Command};
use std::io::Write;

/// `tickbox user …`
pub(super) fn commands() -> Command {
    let email = Arg::new("email").value_name("EMAIL").required(true).help("The account's address");
    Command::new("user").about("Look after accounts").subcommand_required(true).subcommand(
        Command::new("reset-password")
            .about("Print a link that sets a new password, once, within 30 minutes")
            .arg(email),
    )
}

/// Does what the command says.
pub(super) async fn carry_out(settings: &Settings, matches: &ArgMatches) -> Result<(), StartError> {
    match matches.subcommand() {
        Some(("reset-password", matches)) => {
            let email = matches.get_one::<String>("email").map(String::as_str).unwrap_or_default();
            reset_password(settings, email).await
        }
        // clap has refused everything else.
        _ => Ok(()),
    }
}

async fn reset_password(settings: &Settings, email: &str) -> Result<(), StartError> {
    let backend = start_backend(settings, &settings.base_url_for(settings.address), Clock::system()).await?;
    let link = accounts::make_reset_link(&backend, email).await;
    backend.close().await.map_err(StartError::Close)?;
    let link = link.map_err(StartError::Command)?;
    let link = link.ok_or_else(|| StartError::NoAccount(email.to_owned()))?;
    Ok(writeln!(std::io::stdout(), "{link}")?)
}
