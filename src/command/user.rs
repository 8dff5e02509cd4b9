//! The commands about accounts, for whoever runs the server. They work beside a running one: it sees at the next request
//! what they have changed.

use crate::{Settings, StartError, server::start_backend};
use backend::{
    Backend, Clock,
    accounts::operator::{self, MemberChange, Operator},
};
use clap::{Arg, ArgAction, ArgMatches, Command};
use domain::{
    Error, Timestamp,
    accounts::{Email, Member, Password},
    ids::UserId,
    json::{Complaint, FromText},
};
use std::io::{Write, stdin, stdout};

const OPERATOR: Operator = Operator::Machine;

/// `tickbox user …`
pub(super) fn commands() -> Command {
    let email = || Arg::new("email").value_name("EMAIL").required(true).help("The account's address");
    let about_one = |name: &'static str, about: &'static str| Command::new(name).about(about).arg(email());
    let switch =
        |name: &'static str, help: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
    Command::new("user")
        .about("Look after accounts")
        .subcommand_required(true)
        .subcommand(
            about_one(
                "add",
                "Make an account; without --password-stdin its password is made by chance and printed once",
            )
            .arg(switch("admin", "Let it run the server"))
            .arg(switch("password-stdin", "Read the password from the first line of standard input")),
        )
        .subcommand(Command::new("list").about("Print every account, the newest first"))
        .subcommand(about_one("disable", "Keep somebody out: the sessions and API tokens end at once"))
        .subcommand(about_one("enable", "Let somebody in again"))
        .subcommand(about_one("reset-password", "Print a link that sets a new password, once, within 30 minutes"))
        .subcommand(about_one("end-sessions", "Sign somebody out everywhere"))
}

/// Does what the command says.
pub(super) async fn carry_out(settings: &Settings, matches: &ArgMatches) -> Result<(), StartError> {
    let backend = start_backend(settings, &settings.base_url_for(settings.address), Clock::system()).await?;
    let done = run(&backend, matches).await;
    backend.close().await.map_err(StartError::Close)?;
    match done {
        Ok(words) => Ok(writeln!(stdout(), "{words}")?),
        Err(backend::Error::Refused(Error::NotFound)) => Err(StartError::NoAccount(email_in(matches).to_owned())),
        Err(error) => Err(StartError::Command(error)),
    }
}

/// The address that a command is about.
fn email_in(matches: &ArgMatches) -> &str {
    let email = matches.subcommand().and_then(|(_, matches)| matches.try_get_one::<String>("email").ok().flatten());
    email.map(String::as_str).unwrap_or_default()
}

/// Runs a command and tells what came of it.
async fn run(backend: &Backend, matches: &ArgMatches) -> backend::Result<String> {
    let email = email_in(matches);
    let Some((name, matches)) = matches.subcommand() else { return Ok(String::new()) };
    if name == "list" {
        return list(backend).await;
    }
    if name == "add" {
        return add(backend, matches, email).await;
    }
    let member = operator::find_member(backend, &OPERATOR, email).await?;
    let change = |is_active| MemberChange { is_active: Some(is_active), is_admin: None };
    match name {
        "disable" => {
            operator::change_member(backend, &OPERATOR, member.id, change(false)).await?;
            Ok(format!("{} is kept out; sessions and API tokens have ended.", member.email))
        }
        "enable" => {
            operator::change_member(backend, &OPERATOR, member.id, change(true)).await?;
            Ok(format!("{} may sign in again.", member.email))
        }
        "reset-password" => operator::make_reset_link(backend, &OPERATOR, member.id).await,
        _ => {
            operator::end_sessions(backend, &OPERATOR, member.id).await?;
            Ok(format!("{} is signed out everywhere.", member.email))
        }
    }
}

async fn add(backend: &Backend, matches: &ArgMatches, email: &str) -> backend::Result<String> {
    let about = |field: &'static str| move |complaint: Complaint| Error::Invalid(vec![complaint.about(field)]);
    let email = Email::from_text(email).map_err(about("email"))?;
    let typed = matches.get_flag("password-stdin").then(first_line).transpose()?;
    let password = match &typed {
        Some(line) => Password::parse(line, backend.least_password()).map_err(about("password"))?,
        None => operator::password_by_chance(backend)?,
    };
    let is_admin = matches.get_flag("admin");
    let member = operator::add_member(backend, &OPERATOR, &email, &password, is_admin).await?;
    let role = if member.is_admin { "an admin" } else { "an account" };
    Ok(match typed {
        Some(_) => format!("{} is {role}.", member.email),
        None => format!("{} is {role}. The password, which is not shown again:\n{}", member.email, password.expose()),
    })
}

fn first_line() -> Result<String, Error> {
    let mut line = String::new();
    let read = stdin().read_line(&mut line);
    read.map_err(|_| Error::Malformed("The password could not be read from standard input".to_owned()))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// One line to an account, in columns that tabs divide.
async fn list(backend: &Backend) -> backend::Result<String> {
    let (mut lines, mut before) = (vec!["EMAIL\tROLE\tSTATE\tSESSIONS\tMADE\tLAST SEEN".to_owned()], None::<UserId>);
    loop {
        let page = operator::members(backend, &OPERATOR, "", before).await?;
        lines.extend(page.items.iter().map(line));
        before = page.next_before;
        if before.is_none() {
            return Ok(lines.join("\n"));
        }
    }
}

fn line(member: &Member) -> String {
    let role = if member.is_admin { "admin" } else { "user" };
    let state = if member.is_active { "active" } else { "disabled" };
    let seen = member.last_seen_at.as_ref().map_or_else(|| "never".to_owned(), Timestamp::to_string);
    format!("{}\t{role}\t{state}\t{}\t{}\t{seen}", member.email, member.sessions, member.created_at)
}
