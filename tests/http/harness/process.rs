//! The program itself, in a process of its own: for what shows nowhere else, its log and its memory.

use super::{Client, Ground, SECRET, site};
use serde_json::Value;
use std::{
    env,
    fs::{self, File},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// A server that runs for as long as this is kept.
pub(crate) struct Process {
    /// Where it listens.
    pub(crate) address: SocketAddr,
    child: Child,
    log: PathBuf,
}

/// The program that was built with these tests: it lies beside their folder.
pub(crate) fn program() -> PathBuf {
    let tests = env::current_exe().unwrap();
    let program = tests.parent().and_then(Path::parent).unwrap().join("tickbox");
    assert!(
        program.exists(),
        "{} is missing; build it with `cargo build`, or test the whole workspace",
        program.display()
    );
    program
}

impl Process {
    /// Starts the program on a database, with these settings besides.
    pub(crate) async fn start(ground: &Ground, settings: &[(&str, &str)]) -> Self {
        let log = ground.folder.join("log");
        let child = Command::new(program())
            .env_remove("TICKBOX_TEST_POSTGRES")
            .env("TICKBOX_ADDR", "127.0.0.1:0")
            .env("TICKBOX_DATA_DIR", &ground.folder)
            .env("TICKBOX_SITE_ROOT", site::build(&ground.folder))
            .env("TICKBOX_LOG", "info")
            .env("DATABASE_URL", &ground.url)
            .env("JWT_SECRET", SECRET)
            .envs(settings.iter().copied())
            .stdout(Stdio::null())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut process = Self { address: SocketAddr::from(([127, 0, 0, 1], 0)), child, log };
        process.address = process.listening().await;
        process
    }

    /// Waits until it says where it listens.
    async fn listening(&self) -> SocketAddr {
        for _ in 0..600 {
            let log = self.log();
            let mut lines = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
            if let Some(line) = lines.find(|line| line["message"] == "listening") {
                return line["address"].as_str().unwrap().parse().unwrap();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the server did not start: {}", self.log());
    }

    /// A program that talks to it.
    pub(crate) fn anonymous(&self) -> Client {
        Client::at(&format!("http://{}", self.address))
    }

    /// Everything that it has logged.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    /// The most memory that it ever held, in MiB.
    pub(crate) fn most_memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
